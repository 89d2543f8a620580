//! Scoring phrases and leading headers to the codes under them.

use std::collections::HashMap;

use super::build::IMPACT_UNIT;
use super::packed::Packed;
use super::query::Wording;
use super::texts::take;

/// How the parts of a score count; measured by `cargo xtask bench search`.
#[derive(Debug, Clone, Copy)]
pub struct Tuning {
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
            phrase_share: 0.35,
            query_share: 0.3,
            same: 0.5,
            unasked: 0.88,
            default_leaf: 0.97,
            other_leaf: 0.75,
            most_leaves: 40,
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

/// The phrases that hold words of `wording`, best first.
pub(super) fn phrases(index: &Packed, wording: &Wording, number: usize, tuning: &Tuning) -> Vec<Scored> {
    let mut scores = vec![0.0_f32; index.phrases.len()];
    let mut counted = vec![(u8::MAX, 0.0_f32); index.phrases.len()];
    let mut touched = Vec::new();
    for (at, word) in wording.words.iter().enumerate().take(usize::from(u8::MAX)) {
        let at = at as u8;
        for stand in &word.stands {
            let unit = stand.weight * index.rarity[stand.term as usize] / IMPACT_UNIT;
            let mut list = index.postings.get(stand.term as usize);
            let mut phrase = 0;
            while let Some(delta) = take(&mut list)
                && let Some((impact, rest)) = list.split_first()
            {
                list = rest;
                phrase += delta as usize;
                let part = unit * f32::from(*impact);
                let (by, held) = &mut counted[phrase];
                if *by == at {
                    let more = (part - *held).max(0.0);
                    scores[phrase] += more;
                    *held += more;
                } else {
                    if *by == u8::MAX {
                        touched.push(phrase as u32);
                    }
                    (*by, *held) = (at, part);
                    scores[phrase] += part;
                }
            }
        }
    }
    let score = |phrase: u32| Scored { phrase, score: scores[phrase as usize], wording: number };
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
    let mut best: HashMap<u32, Ranked> = HashMap::new();
    let mut offer = |node: u32, by: Scored, score: f32| {
        if !index.nodes[node as usize].is_valid_on(day) {
            return;
        }
        let ranked = best.entry(node).or_insert(Ranked { node, by, score });
        if score > ranked.score {
            *ranked = Ranked { node, by, score };
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
    let mut ranked: Vec<Ranked> = best.into_values().collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.node.cmp(&b.node)));
    ranked
}
