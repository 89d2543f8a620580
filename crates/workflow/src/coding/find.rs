//! Codes by words, as one types.

use codeset::manual::Classification;
use encoder::search::Question;
use jiff::civil::Date;
use serde::Serialize;

use super::Books;

/// A code that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// The code as the manual prints it.
    pub code: String,
    /// Its title.
    pub title: String,
    /// The phrase that matched.
    pub matched: String,
    /// Where that phrase was read, and what the words were taken to mean, if something else.
    pub why: String,
    /// In which manual.
    pub of: Classification,
    /// Whether a claim may report it as it stands.
    pub is_code: bool,
    /// The seventh characters it needs to be reported; empty when it needs none.
    pub seventh: String,
}

/// Codes shown at most.
const MOST: usize = 12;
/// Characters of a query that are read.
const LONGEST: usize = 200;

/// The codes that these words may mean on a day; the last word may be unfinished.
#[must_use]
pub fn find(books: &Books, of: Classification, words: &str, day: Date) -> Vec<Found> {
    let text: String = words.chars().take(LONGEST).collect();
    if text.trim().is_empty() {
        return Vec::new();
    }
    let question = Question { text: &text, date: day, limit: MOST, is_typing: true };
    let hits = books.search(of, &question);
    let found = |hit: encoder::search::Hit| Found {
        code: of.print(hit.code),
        why: why(of, &hit),
        of,
        title: hit.title,
        matched: hit.matched,
        is_code: hit.is_code,
        seventh: hit.seventh,
    };
    hits.into_iter().map(found).collect()
}

fn why(of: Classification, hit: &encoder::search::Hit) -> String {
    let at = (hit.stands_at != hit.code).then(|| format!(" of {}", of.print(hit.stands_at)));
    let meant = hit.taken_as.as_ref().map(|meant| format!("; {meant}"));
    format!("{}{}{}", hit.source.describe(), at.unwrap_or_default(), meant.unwrap_or_default())
}
