//! Compiling phrases into the search index. Runs when a pack is built or an index is imported, never in a search.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use codeset::Code;
use fst::MapBuilder;

use super::packed::{Node, Packed, PhraseAt, Thesaurus};
use super::phrase::{Findable, Phrase, Source};
use super::related;
use super::texts::{Lists, Texts, put};
use super::words::{content_words, is_stop, joined_words, sides, stem};

/// BM25: how soon more of the same stops counting, and how much a long phrase loses. The phrases are short, so the
/// length counts less than in prose.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.5;
/// How much a word counts that stands in a title above, or in the title of an inclusion term's node.
const CONTEXT: f32 = 0.3;
/// An impact of 1 in a posting.
pub(super) const IMPACT_UNIT: f32 = 100.0;

/// What an index is made of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Material {
    /// The nodes in order of code.
    pub nodes: Vec<Findable>,
    /// What names them beside their titles.
    pub phrases: Vec<Phrase>,
    /// Other words for words.
    pub thesaurus: Thesaurus,
    /// Words that set a code apart from its siblings.
    pub apart: Vec<String>,
}

/// A phrase being indexed.
struct Draft {
    at: PhraseAt,
    text: String,
    /// Whether the text is the node's title, which is kept with the node.
    is_own_title: bool,
    terms: Vec<u32>,
    context: Vec<u32>,
}

/// Compiles the index.
pub(crate) fn build(material: &Material) -> Packed {
    let mut terms = Terms::default();
    let nodes = place(&material.nodes);
    let drafts = drafts(material, &nodes, &mut terms);
    let (postings, rarity) = postings(&drafts, terms.stems.len());
    let related = related::related(&pairs(&drafts), &terms.stems, &rarity);
    let apart = apart(&material.apart, &terms);
    let mut packed = Packed {
        nodes,
        titles: Texts::default(),
        seventh: Texts::default(),
        phrases: Vec::new(),
        phrase_texts: Texts::default(),
        phrase_terms: Lists::default(),
        vocabulary: terms.vocabulary(),
        postings,
        rarity,
        related,
        thesaurus: material.thesaurus.clone(),
        apart,
        mean_len: mean_len(&drafts),
    };
    for node in &material.nodes {
        packed.titles.push(&node.title);
        packed.seventh.push(&node.seventh);
    }
    for draft in drafts {
        packed.phrases.push(draft.at);
        packed.phrase_texts.push(if draft.is_own_title { "" } else { &draft.text });
        packed.phrase_terms.push(|bytes| draft.terms.iter().for_each(|term| put(bytes, *term)));
    }
    packed
}

/// The terms of the words that set a code apart, in order.
fn apart(words: &[String], terms: &Terms) -> Vec<u32> {
    let mut apart: Vec<u32> = words.iter().filter_map(|word| terms.words.get(word).copied()).collect();
    apart.sort_unstable();
    apart.dedup();
    apart
}

/// Words and their stems, numbered as they come.
#[derive(Default)]
struct Terms {
    numbers: HashMap<String, u32>,
    stems: Vec<String>,
    words: BTreeMap<String, u32>,
}

impl Terms {
    fn of_text(&mut self, text: &str) -> Vec<u32> {
        content_words(text).into_iter().map(|word| self.number(word)).collect()
    }

    /// The terms that are not words of `text` but say how they stand together.
    fn together(&mut self, text: &str) -> Vec<u32> {
        let joined = joined_words(text).into_iter().map(|word| self.number(word)).collect::<Vec<_>>();
        let sides = sides(&content_words(text)).into_iter().map(|side| self.enter(side));
        joined.into_iter().chain(sides).collect()
    }

    /// A term that is no word and has no stem.
    fn enter(&mut self, text: String) -> u32 {
        if let Some(number) = self.words.get(&text) {
            return *number;
        }
        let number = u32::try_from(self.stems.len()).unwrap_or(u32::MAX);
        self.stems.push(text.clone());
        self.words.insert(text, number);
        number
    }

    fn number(&mut self, word: String) -> u32 {
        if let Some(number) = self.words.get(&word) {
            return *number;
        }
        let stem = stem(&word);
        let next = u32::try_from(self.stems.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(stem.clone()).or_insert_with(|| {
            self.stems.push(stem.clone());
            next
        });
        self.words.insert(word, number);
        number
    }

    /// Every word and every stem leads to its term.
    fn vocabulary(mut self) -> Vec<u8> {
        for (number, stem) in self.stems.iter().enumerate() {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            self.words.entry(stem.clone()).or_insert(number);
        }
        let mut map = MapBuilder::memory();
        for (word, number) in &self.words {
            // The words come in order, the only thing a map demands.
            let _ = map.insert(word, u64::from(*number));
        }
        map.into_inner().unwrap_or_default()
    }
}

/// Numbers the nodes, with what lies under each and its default leaf.
fn place(findable: &[Findable]) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::with_capacity(findable.len());
    for (number, node) in findable.iter().enumerate() {
        let under =
            findable[number + 1..].iter().take_while(|below| below.code.starts_with(node.code)).count();
        let end = number + 1 + under;
        let leaf = default_leaf(findable, number, end);
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        nodes.push(node.node(number(end), number(leaf)));
    }
    nodes
}

/// The leaf that says nothing beyond the header: the *unspecified* one, by custom with a 9 in the fourth place.
fn default_leaf(nodes: &[Findable], header: usize, end: usize) -> usize {
    let said: BTreeSet<String> = content_words(&nodes[header].title).into_iter().collect();
    let is_leaf = |at: &usize| nodes.get(at + 1).is_none_or(|next| !next.code.starts_with(nodes[*at].code));
    let score = |at: usize| {
        let code = nodes[at].code.to_string();
        // What is said to be absent does not make a code more particular.
        let (present, absent) = nodes[at].title.split_once(" without ").unwrap_or((&nodes[at].title, ""));
        let words = content_words(present);
        let unspecified = words.iter().filter(|word| is_unspecified(word)).count().min(2) as i64;
        let more = words.iter().filter(|word| !said.contains(*word) && !is_unspecified(word)).count() as i64;
        let is = |what: bool| i64::from(what);
        let (ninth, other) = (code.get(3..4) == Some("9"), present.starts_with("Other"));
        5 * is(ninth) + 3 * unspecified + is(!absent.is_empty()) - more - 3 * is(other)
    };
    let leaves = (header..end).filter(is_leaf);
    leaves.max_by_key(|at| (score(*at), std::cmp::Reverse(*at))).unwrap_or(header)
}

fn is_unspecified(word: &str) -> bool {
    matches!(word, "unspecified" | "nos")
}

/// The phrases: each node's title, with the titles above as context; then the others, with the title they stand for.
fn drafts(material: &Material, nodes: &[Node], terms: &mut Terms) -> Vec<Draft> {
    let titles: Vec<Vec<u32>> =
        material.nodes.iter().map(|node| terms.of_text(&said(&node.title).0)).collect();
    let above = contexts(nodes, &titles);
    let mut drafts = Vec::with_capacity(nodes.len() + material.phrases.len());
    for (number, node) in material.nodes.iter().enumerate() {
        let at = PhraseAt { node: u32::try_from(number).unwrap_or(u32::MAX), source: Source::Title };
        let may_be_said = terms.of_text(&said(&node.title).1);
        let together = terms.together(&node.title);
        let around = may_be_said.into_iter().chain(together);
        let context = around.chain(above[number].iter().copied()).collect();
        let terms = titles[number].clone();
        drafts.push(Draft { at, text: node.title.clone(), is_own_title: true, terms, context });
    }
    let by_code: HashMap<Code, usize> = nodes.iter().enumerate().map(|(at, node)| (node.code, at)).collect();
    for phrase in &material.phrases {
        let Some(&number) = by_code.get(&phrase.code) else { continue };
        let at = PhraseAt { node: u32::try_from(number).unwrap_or(u32::MAX), source: phrase.source };
        let (text, may_be_said) = said(&phrase.text);
        let around = titles[number].iter().chain(&above[number]).copied();
        let together = terms.together(&phrase.text);
        let context = terms.of_text(&may_be_said).into_iter().chain(together).chain(around).collect();
        let terms = terms.of_text(&text);
        drafts.push(Draft { at, text: phrase.text.clone(), is_own_title: false, terms, context });
    }
    drafts
}

/// The words of a text, and those in round brackets: by the manual's convention they may be said or not and change
/// nothing. A text that is all in brackets is taken as it is.
pub(super) fn said(text: &str) -> (String, String) {
    let (mut outside, mut inside, mut depth) = (String::new(), String::new(), 0_usize);
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => inside.push(c),
            _ => outside.push(c),
        }
        if matches!(c, '(' | ')') {
            outside.push(' ');
            inside.push(' ');
        }
    }
    if outside.trim().is_empty() { (inside, outside) } else { (outside, inside) }
}

/// For each node the terms of the titles above it.
fn contexts(nodes: &[Node], titles: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut open: Vec<usize> = Vec::new();
    let mut contexts = Vec::with_capacity(nodes.len());
    for number in 0..nodes.len() {
        open.retain(|above| nodes[*above].end as usize > number);
        contexts.push(open.iter().flat_map(|above| titles[*above].iter().copied()).collect());
        open.push(number);
    }
    contexts
}

/// What says the same in different words: a phrase and the titles it stands for.
fn pairs(drafts: &[Draft]) -> Vec<related::Pair<'_>> {
    let phrases = drafts.iter().filter(|draft| draft.at.source != Source::Title);
    phrases.map(|draft| (&*draft.terms, &*draft.context)).collect()
}

/// How much a term counts in a phrase of `len` terms, where the mean is `mean` (BM25, in hundredths).
pub(super) fn impact(count: f32, len: usize, mean: f32, source: Source) -> u8 {
    let length = 1.0 - LENGTH + LENGTH * len as f32 / mean;
    let impact = count * (SATURATION + 1.0) / (count + SATURATION * length);
    (impact * source.weight() * IMPACT_UNIT).clamp(1.0, 255.0) as u8
}

/// The mean number of terms of a phrase.
fn mean_len(drafts: &[Draft]) -> f32 {
    drafts.iter().map(|draft| draft.terms.len()).sum::<usize>() as f32 / drafts.len().max(1) as f32
}

/// For each term its postings, and how rare it is.
fn postings(drafts: &[Draft], term_count: usize) -> (Lists, Vec<f32>) {
    let mean =
        drafts.iter().map(|draft| draft.terms.len()).sum::<usize>() as f32 / drafts.len().max(1) as f32;
    let mut by_term: Vec<Vec<(u32, u8)>> = vec![Vec::new(); term_count];
    let mut held: Vec<u32> = vec![0; term_count];
    for (number, draft) in drafts.iter().enumerate() {
        for (term, count, in_phrase) in counts(draft) {
            let impact = impact(count, draft.terms.len(), mean, draft.at.source);
            by_term[term as usize].push((u32::try_from(number).unwrap_or(u32::MAX), impact));
            held[term as usize] += u32::from(in_phrase);
        }
    }
    let total = drafts.len() as f32;
    let rarity = held.iter().map(|held| (1.0 + (total - *held as f32 + 0.5) / (*held as f32 + 0.5)).ln());
    let rarity = rarity.collect();
    let mut postings = Lists::default();
    for list in by_term {
        postings.push(|bytes| {
            let mut before = 0;
            for (phrase, impact) in list {
                put(bytes, phrase - before);
                bytes.push(impact);
                before = phrase;
            }
        });
    }
    (postings, rarity)
}

/// The terms of a phrase and its context: how much each counts, and whether the phrase itself holds it.
fn counts(draft: &Draft) -> Vec<(u32, f32, bool)> {
    let mut counts: BTreeMap<u32, (f32, bool)> = BTreeMap::new();
    for term in &draft.terms {
        counts.insert(*term, (1.0, true));
    }
    for term in &draft.context {
        counts.entry(*term).or_insert((CONTEXT, false));
    }
    counts.into_iter().map(|(term, (count, in_phrase))| (term, count, in_phrase)).collect()
}

/// A thesaurus of the rows of our tables.
impl Thesaurus {
    /// Enters a phrase and what it stands for.
    pub(crate) fn insert_phrase(&mut self, phrase: &str, stands_for: &str, source: Source) {
        let words = super::words::words(phrase);
        if words.is_empty() {
            return;
        }
        self.longest = self.longest.max(words.len());
        self.phrases.entry(words.join(" ")).or_default().push((stands_for.to_owned(), source));
    }

    /// Enters words that stand for each other.
    pub(crate) fn insert_words(&mut self, row: &[&str]) {
        let words: Vec<String> = row.iter().flat_map(|word| super::words::words(word)).collect();
        for word in words.iter().filter(|word| !is_stop(word)) {
            let others = words.iter().filter(|other| *other != word).cloned();
            self.words.entry(word.clone()).or_default().extend(others);
        }
    }
}
