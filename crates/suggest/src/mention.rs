//! Reading a document: every phrase that stands in it, where, and what the words around say of it.

use std::collections::BTreeMap;

use crate::context::{Cues, Scope};
use crate::lexicon::{Lexicon, PhraseId, StemId};
use crate::section::{Headings, Sentence};
use crate::suggestion::Status;
use crate::words::{Word, words};

/// How many words that name something may stand between the two words of a pair.
const PAIR_GAP: usize = 2;
/// How many such words may stand among those of a longer phrase.
const LONG_GAP: usize = 2;

/// A phrase in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    pub phrase: PhraseId,
    /// Byte where its first word begins.
    pub start: usize,
    /// Byte after its last word.
    pub end: usize,
    /// The sentence's number.
    pub sentence: usize,
    pub status: Status,
    /// What gave it its status: a cue, or a section.
    pub because: Option<String>,
    /// Whether all its words are in capitals.
    pub capitals: bool,
}

/// A document, read.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    pub sentences: Vec<Sentence>,
    pub by_phrase: BTreeMap<PhraseId, Vec<Mention>>,
}

/// A word that names something, in the text and in the lexicon.
struct Named<'w> {
    word: &'w Word,
    /// Its place among all words of the sentence.
    at: usize,
    stem: Option<StemId>,
}

/// Reads `text`.
pub(crate) fn read(lexicon: &Lexicon, headings: &Headings, cues: &Cues, text: &str) -> Reading {
    let sentences = headings.sentences(text);
    let mut by_phrase: BTreeMap<PhraseId, Vec<Mention>> = BTreeMap::new();
    for (number, sentence) in sentences.iter().enumerate() {
        let words = words(text, sentence.start, sentence.end);
        let scopes = cues.scopes(&words);
        let named = named(lexicon, &words);
        for (phrase, from, to) in found(lexicon, &named) {
            let (said, because) = status(&scopes, sentence, named[from].at);
            // Words of which one is denied and the other is not are no phrase: *no chills but fever*.
            if status(&scopes, sentence, named[to].at).0 != said {
                continue;
            }
            by_phrase.entry(phrase).or_default().push(Mention {
                phrase,
                start: named[from].word.start,
                end: named[to].word.end,
                sentence: number,
                status: said,
                because,
                capitals: named[from..=to].iter().all(|named| named.word.capitals),
            });
        }
    }
    Reading { sentences, by_phrase }
}

fn named<'w>(lexicon: &Lexicon, words: &'w [Word]) -> Vec<Named<'w>> {
    let says = words.iter().enumerate().filter(|(_, word)| !word.is_empty_word());
    says.map(|(at, word)| Named { word, at, stem: lexicon.stem_id(&word.folded) }).collect()
}

/// The phrases among `named`, each with its first and last word.
fn found(lexicon: &Lexicon, named: &[Named<'_>]) -> Vec<(PhraseId, usize, usize)> {
    let mut found = Vec::new();
    for (at, word) in named.iter().enumerate() {
        let Some(stem) = word.stem else { continue };
        found.extend(lexicon.find(&[stem]).map(|phrase| (phrase, at, at)));
        found.extend(pairs(lexicon, named, at, stem));
        for phrase in lexicon.long_phrases(stem) {
            let window = window(&lexicon.get(*phrase).stems, named, at);
            found.extend(window.map(|(from, to)| (*phrase, from, to)));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The pairs whose first word in the text is `named[at]`.
fn pairs(lexicon: &Lexicon, named: &[Named<'_>], at: usize, stem: StemId) -> Vec<(PhraseId, usize, usize)> {
    let last = named.len().min(at + PAIR_GAP + 2);
    let pair = |to: usize| {
        let other = named[to].stem.filter(|other| *other != stem)?;
        let phrase = lexicon.find(&[stem.min(other), stem.max(other)])?;
        Some((phrase, at, to))
    };
    (at + 1..last).filter_map(pair).collect()
}

/// The narrowest run of words around `at` that holds all `stems` with few words between.
fn window(stems: &[StemId], named: &[Named<'_>], at: usize) -> Option<(usize, usize)> {
    let width = stems.len() + LONG_GAP;
    let holds = |from: usize, to: usize| {
        stems.iter().all(|stem| named[from..=to].iter().any(|named| named.stem == Some(*stem)))
    };
    let first = at.saturating_sub(width - 1);
    let last = named.len().min(at + width);
    (stems.len()..=width).find_map(|width| {
        let starts = (first..=at).filter(|from| from + width > at && from + width <= last);
        starts.map(|from| (from, from + width - 1)).find(|(from, to)| holds(*from, *to))
    })
}

/// The strongest of what the section and the cues say of the word `at`.
fn status(scopes: &[Scope], sentence: &Sentence, at: usize) -> (Status, Option<String>) {
    let section = sentence.section.as_ref().map(|name| format!("under the heading '{name}'"));
    let by_section = (sentence.status, section.filter(|_| sentence.status != Status::Asserted));
    let ruling = scopes.iter().filter(|scope| (scope.from..scope.to).contains(&at));
    let by_cue =
        ruling.map(|scope| (scope.status, Some(format!("after or before the words '{}'", scope.cue))));
    by_cue.chain([by_section]).max_by_key(|(status, _)| *status).unwrap_or((Status::Asserted, None))
}
