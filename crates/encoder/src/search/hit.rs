//! A hit, with its reason.

use codeset::Code;
use serde::Serialize;

use super::packed::Packed;
use super::phrase::Source;
use super::query::Wording;
use super::rank::Ranked;
use super::texts::take;
use super::word::{How, Word};

/// A code that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The code, header or table prefix.
    pub code: Code,
    /// Its title.
    pub title: String,
    /// Whether a claim may report it as it stands.
    pub is_code: bool,
    /// The seventh characters it needs to be reported.
    pub seventh: String,
    /// The phrase that matched, as its source writes it.
    pub matched: String,
    /// Where the phrase was read.
    pub source: Source,
    /// The code at which the phrase stands: the hit itself, or a header above it.
    pub stands_at: Code,
    /// What became of each word of the query.
    pub words: Vec<Matched>,
    /// The words of the query that were taken to mean others: `heart attack = myocardial infarction (lay term)`.
    pub taken_as: Option<String>,
    /// Its score; only the order of the hits of one query means anything.
    pub score: f32,
}

/// What became of one word of a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Matched {
    /// The word.
    pub word: String,
    /// How the phrase answers it: `same`, `begins`, `amended`, `related`, or `not found`.
    pub how: &'static str,
}

pub(super) fn hit(index: &Packed, wordings: &[Wording], ranked: &Ranked) -> Hit {
    let node = &index.nodes[ranked.node as usize];
    let phrase = &index.phrases[ranked.by.phrase as usize];
    let wording = &wordings[ranked.by.wording];
    let stands_at = phrase.node as usize;
    let text = index.phrase_texts.get(ranked.by.phrase as usize);
    let matched = if text.is_empty() { index.titles.get(stands_at) } else { text };
    let replaced = wording.replaced.as_ref();
    Hit {
        code: node.code,
        title: index.titles.get(ranked.node as usize).to_owned(),
        is_code: node.is_code,
        seventh: index.seventh.get(ranked.node as usize).to_owned(),
        matched: matched.to_owned(),
        source: phrase.source,
        stands_at: index.nodes[stands_at].code,
        words: matches(index, wording, ranked.by.phrase),
        taken_as: replaced.map(|(phrase, by, source)| format!("{phrase} = {by} ({})", source.describe())),
        score: ranked.score,
    }
}

/// The hit of a node whose code was typed.
pub(super) fn by_code(index: &Packed, at: usize) -> Hit {
    let node = &index.nodes[at];
    Hit {
        code: node.code,
        title: index.titles.get(at).to_owned(),
        is_code: node.is_code,
        seventh: index.seventh.get(at).to_owned(),
        matched: node.code.to_string(),
        source: Source::Code,
        stands_at: node.code,
        words: Vec::new(),
        taken_as: None,
        score: 1.0,
    }
}

fn matches(index: &Packed, wording: &Wording, phrase: u32) -> Vec<Matched> {
    let mut held = Vec::new();
    let mut terms = index.phrase_terms.get(phrase as usize);
    while let Some(term) = take(&mut terms) {
        held.push(term);
    }
    let how = |how: How| match how {
        How::Same => "same",
        How::Begins => "begins",
        How::Amended => "amended",
        How::Related => "related",
    };
    let matched = |word: &Word| {
        let stand = word.stands.iter().find(|stand| held.contains(&stand.term));
        Matched { word: word.text.clone(), how: stand.map_or("not found", |stand| how(stand.how)) }
    };
    wording.words.iter().filter(|word| !word.is_side).map(matched).collect()
}
