//! Scoring phrases and leading headers to the codes under them.

use std::collections::HashMap;

use super::build::IMPACT_UNIT;
use super::packed::Packed;
use super::query::Wording;
use super::texts::take;

/// How the parts of a score count; measured by `examples/recall`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tuning {
    /// Phrases that are looked at closely.
    pub close: usize,
    /// How much it counts that the phrase's words are all asked for.
    pub phrase_share: f32,
    /// How much it counts that the query's words are all found.
    pub query_share: f32,
    /// Added where phrase and query are the same words.
    pub same: f32,
    /// A word of the phrase that sets its code apart and was not asked for.
    pub unasked: f32,
    /// The part of a header's score that its default leaf has.
    pub default_leaf: f32,
    /// The part that its other leaves have.
    pub other_leaf: f32,
    /// The most leaves that a header leads to.
    pub most_leaves: usize,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            close: 300,
            phrase_share: 0.5,
            query_share: 0.6,
            same: 0.5,
            unasked: 0.88,
            default_leaf: 0.97,
            other_leaf: 0.6,
            most_leaves: 8,
        }
    }
}

/// A phrase with its score.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scored {
    pub phrase: u32,
    pub score: f32,
    /// Which wording of the query found it.
    pub wording: usize,
}

/// A node with its score and the phrase that found it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ranked {
    pub node: u32,
    pub by: Scored,
    pub score: f32,
}

/// What a phrase has scored so far.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    score: f32,
    /// What the word counted last has given, and its number from 1.
    held: f32,
    by: u8,
}

impl Tally {
    /// Counts `part` for the word numbered `at`: of several terms that stand for one word, the best.
    #[inline]
    fn count(&mut self, at: u8, part: f32) {
        let more = if self.by == at { (part - self.held).max(0.0) } else { part };
        self.held = if self.by == at { self.held + more } else { part };
        self.by = at;
        self.score += more;
    }
}

/// The phrases that hold words of `wording`, best first.
pub(super) fn phrases(index: &Packed, wording: &Wording, number: usize, tuning: &Tuning) -> Vec<Scored> {
    let mut tallies = vec![Tally::default(); index.phrases.len()];
    let mut touched = Vec::new();
    for (at, word) in (1..=u8::MAX).zip(&wording.words) {
        for stand in &word.stands {
            let unit = stand.weight * index.rarity[stand.term as usize] / IMPACT_UNIT;
            let mut list = index.postings.get(stand.term as usize);
            let mut phrase = 0;
            while let Some(delta) = take(&mut list)
                && let Some((impact, rest)) = list.split_first()
            {
                list = rest;
                phrase += delta;
                let tally = &mut tallies[phrase as usize];
                if tally.by == 0 {
                    touched.push(phrase);
                }
                tally.count(at, unit * f32::from(*impact));
            }
        }
    }
    let score = |phrase: u32| Scored { phrase, score: tallies[phrase as usize].score, wording: number };
    let mut best: Vec<Scored> = touched.into_iter().map(score).collect();
    if best.len() > tuning.close {
        best.select_nth_unstable_by(tuning.close, |a, b| b.score.total_cmp(&a.score));
        best.truncate(tuning.close);
    }
    look_closely(index, wording, tuning, &mut best);
    best
}

/// Weighs each phrase by how much of it was asked for and how much of the query it answers.
fn look_closely(index: &Packed, wording: &Wording, tuning: &Tuning, best: &mut [Scored]) {
    let mut stands: HashMap<u32, Vec<(usize, f32)>> = HashMap::new();
    for (at, word) in wording.words.iter().enumerate() {
        for stand in &word.stands {
            stands.entry(stand.term).or_default().push((at, stand.weight));
        }
    }
    let rarest = |at: usize| {
        let word = &wording.words[at];
        if word.is_side {
            return 0.0;
        }
        word.stands.first().map_or(UNKNOWN, |stand| index.rarity[stand.term as usize])
    };
    let asked: Vec<f32> = (0..wording.words.len()).map(rarest).collect();
    let total: f32 = asked.iter().sum();
    let mut found = vec![0.0_f32; asked.len()];
    for scored in best {
        found.fill(0.0);
        let (mut own, mut own_found, mut unasked) = (0.0, 0.0, 0);
        let mut terms = index.phrase_terms.get(scored.phrase as usize);
        while let Some(term) = take(&mut terms) {
            let rarity = index.rarity[term as usize];
            own += rarity;
            match stands.get(&term) {
                Some(by) => {
                    own_found += rarity * by.iter().map(|(_, weight)| *weight).fold(0.0, f32::max);
                    by.iter().for_each(|(at, weight)| found[*at] = found[*at].max(*weight));
                }
                None => unasked += usize::from(index.sets_apart(term)),
            }
        }
        let answered: f32 = found.iter().zip(&asked).map(|(weight, rarity)| weight * rarity).sum();
        let (phrase_share, query_share) =
            (own_found / own.max(f32::EPSILON), answered / total.max(f32::EPSILON));
        let shares = tuning.phrase_share * phrase_share + tuning.query_share * query_share;
        scored.score *= 1.0 + shares + if phrase_share.min(query_share) > SAME { tuning.same } else { 0.0 };
        scored.score *= tuning.unasked.powi(i32::try_from(unasked).unwrap_or(0)) * wording.weight;
    }
}

/// How rare a word is taken to be that no phrase holds.
const UNKNOWN: f32 = 9.0;
/// Shares above this are all.
const SAME: f32 = 0.97;

impl Packed {
    /// Whether a term is one of those that set a code apart from its siblings.
    fn sets_apart(&self, term: u32) -> bool {
        self.apart.binary_search(&term).is_ok()
    }
}

/// The nodes that the phrases lead to on `day`, best first: leaves, for a header only gathers them.
pub(super) fn nodes(index: &Packed, scored: &[Scored], day: u32, tuning: &Tuning) -> Vec<Ranked> {
    let mut slots = vec![0_u32; index.nodes.len()];
    let mut ranked: Vec<Ranked> = Vec::new();
    let mut offer = |node: u32, by: Scored, score: f32| {
        if !index.nodes[node as usize].is_valid_on(day) {
            return;
        }
        let slot = &mut slots[node as usize];
        match slot.checked_sub(1) {
            None => {
                ranked.push(Ranked { node, by, score });
                *slot = u32::try_from(ranked.len()).unwrap_or(u32::MAX);
            }
            Some(at) if ranked[at as usize].score < score => ranked[at as usize] = Ranked { node, by, score },
            Some(_) => {}
        }
    };
    for by in scored {
        let number = index.phrases[by.phrase as usize].node;
        let node = &index.nodes[number as usize];
        if node.end == number + 1 {
            offer(number, *by, by.score);
            continue;
        }
        offer(node.default_leaf, *by, by.score * tuning.default_leaf);
        let leaves = (number + 1..node.end).filter(|at| index.nodes[*at as usize].end == at + 1);
        leaves.take(tuning.most_leaves).for_each(|leaf| offer(leaf, *by, by.score * tuning.other_leaf));
    }
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.node.cmp(&b.node)));
    ranked
}
