//! The paths of the official indexes as phrases, where a hospital has imported them.

use codeset::Code;

use super::{CompileError, Files};
use crate::alphabetic::{Book, Index};
use crate::search::Phrase;

/// The search holds codes without their seventh character.
const STEM_LEN: usize = 6;

/// The paths that lead to a code, of every index among `files`.
pub(super) fn phrases(files: &Files) -> Result<Vec<Phrase>, CompileError> {
    let mut phrases = Vec::new();
    for book in Book::INDEXES {
        if let Some(text) = files.get(book.file()) {
            phrases.extend(Index::parse(book.file(), text)?.phrases().map(at_stem));
        }
    }
    Ok(phrases)
}

/// The phrase at the code as the search writes it: an index that names a whole code means the code and its encounter.
fn at_stem(phrase: Phrase) -> Phrase {
    let text = phrase.code.to_string();
    let stem = text.get(..STEM_LEN).filter(|_| text.len() > STEM_LEN).map(|stem| stem.trim_end_matches('X'));
    let code = stem.and_then(|stem| Code::parse(stem).ok()).unwrap_or(phrase.code);
    Phrase { code, ..phrase }
}
