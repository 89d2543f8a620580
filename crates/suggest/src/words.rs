//! Text as words: where each begins and ends, how it is written, and its stem.
//!
//! Accents and case are folded, so that *Sjögren* and *sjogren* are one word. Words that name nothing (articles,
//! prepositions, auxiliaries) are kept for the reading of context and skipped where phrases are looked for.

use std::collections::HashMap;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that name nothing; a phrase may be split by any number of them.
const EMPTY_WORDS: [&str; 38] = [
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "due", "for", "from", "had", "has", "have",
    "he", "her", "his", "in", "is", "it", "its", "of", "on", "or", "patient", "she", "that", "the", "their",
    "they", "this", "to", "was", "were", "which", "who", "with",
];

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Byte where it begins.
    pub start: usize,
    /// Byte after its last.
    pub end: usize,
    /// Folded: lower case, no accents.
    pub folded: String,
    /// Whether it is written in capitals, as abbreviations are.
    pub capitals: bool,
}

impl Word {
    /// Whether it names nothing.
    pub(crate) fn is_empty_word(&self) -> bool {
        EMPTY_WORDS.contains(&self.folded.as_str())
    }
}

/// The words of `text[start..end]`, with byte places in the whole `text`.
pub(crate) fn words(text: &str, start: usize, end: usize) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open: Option<Word> = None;
    let part = text.get(start..end).unwrap_or_default();
    for (at, letter) in part.char_indices() {
        let at = start + at;
        if letter.is_alphanumeric() {
            let word = open.get_or_insert_with(|| Word {
                start: at,
                end: at,
                folded: String::new(),
                capitals: true,
            });
            word.folded.extend(fold(letter));
            word.end = at + letter.len_utf8();
            word.capitals &= !letter.is_lowercase();
        } else if !is_combining_mark(letter) {
            words.extend(open.take());
        }
    }
    words.extend(open);
    words.retain(|word| !is_possessive(text, word));
    words
}

/// The `s` of *patient's*.
fn is_possessive(text: &str, word: &Word) -> bool {
    word.folded == "s" && text[..word.start].ends_with(['\'', '’'])
}

/// A letter in lower case and without its accent; a ligature may become several.
fn fold(letter: char) -> Vec<char> {
    if letter.is_ascii() {
        return vec![letter.to_ascii_lowercase()];
    }
    letter.nfkd().filter(|part| !is_combining_mark(*part)).flat_map(char::to_lowercase).collect()
}

/// Stems, each computed once: the manuals repeat some ten thousand words a million times.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stems {
    known: HashMap<String, String>,
}

impl Stems {
    /// The stem of a folded word.
    pub(crate) fn of(&mut self, folded: &str) -> &str {
        if !self.known.contains_key(folded) {
            self.known.insert(folded.to_owned(), stem(folded));
        }
        &self.known[folded]
    }
}

/// The stem of a folded word (Snowball, English).
pub(crate) fn stem(folded: &str) -> String {
    Stemmer::create(Algorithm::English).stem(folded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text, 0, text.len()).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn accents_case_and_possessives_are_folded() {
        assert_eq!(folded("Sjögren's SYNDROME, left-sided"), ["sjogren", "syndrome", "left", "sided"]);
    }

    #[test]
    fn places_are_bytes_of_the_whole_text() {
        let text = "é: café";
        let found = words(text, 4, text.len());
        assert_eq!(&text[found[0].start..found[0].end], "café");
    }

    #[test]
    fn capitals_are_noticed() {
        let found = words("COPD Copd", 0, 9);
        assert!(found[0].capitals && !found[1].capitals);
    }

    #[test]
    fn inflections_share_a_stem() {
        assert_eq!(stem("fractures"), stem("fractured"));
    }
}
