//! The places of a text that matched, with some words around, marked.

use std::ops::Range;

use super::query::Query;
use super::words::{fold, words};

/// A piece of text with the words that were looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked {
    /// The piece.
    pub text: String,
    /// Where the words stand in it, in bytes, in order.
    pub marks: Vec<Range<usize>>,
}

/// Words before the first that matched.
const WORDS_BEFORE: usize = 8;
/// Words in a piece.
const WORDS: usize = 36;

/// The whole text, marked.
pub(super) fn whole(text: &str, query: &Query) -> Marked {
    let marks = words(text).filter(|word| matched(text, word, query)).map(|word| word.place).collect();
    Marked { text: text.to_owned(), marks }
}

/// At most `most` pieces of the text with what was looked for.
pub(super) fn pieces(text: &str, query: &Query, most: usize) -> Vec<Marked> {
    let all: Vec<(Range<usize>, bool)> =
        words(text).map(|word| (word.place.clone(), matched(text, &word, query))).collect();
    let mut pieces = Vec::new();
    let mut from = 0;
    while pieces.len() < most {
        let Some(hit) = all[from..].iter().position(|(_, hit)| *hit) else { break };
        let start = (from + hit).saturating_sub(WORDS_BEFORE).max(from);
        let end = (start + WORDS).min(all.len());
        pieces.push(piece(text, &all[start..end]));
        from = end;
    }
    pieces
}

fn matched(text: &str, word: &super::words::Word, query: &Query) -> bool {
    query.marks(&word.stem, &fold(&text[word.place.clone()]))
}

fn piece(text: &str, words: &[(Range<usize>, bool)]) -> Marked {
    let (Some((first, _)), Some((last, _))) = (words.first(), words.last()) else { return Marked::default() };
    let marks = words
        .iter()
        .filter(|(_, hit)| *hit)
        .map(|(place, _)| place.start - first.start..place.end - first.start);
    Marked { text: text[first.start..last.end].to_owned(), marks: marks.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_hold_what_was_looked_for() {
        let filler = "word ".repeat(60);
        let text = format!("{filler}small pleural effusions on the left. {filler}The effusion is gone.");
        let query = Query::read("effusion").expect("a word");
        let pieces = pieces(&text, &query, 5);
        let marked: Vec<&str> = pieces
            .iter()
            .flat_map(|piece| piece.marks.iter().map(|mark| &piece.text[mark.clone()]))
            .collect();
        assert_eq!(marked, ["effusions", "effusion"]);
        assert!(pieces[0].text.contains("pleural effusions on the left"), "{pieces:?}");
        assert_eq!(whole("No effusion", &query).marks.first(), Some(&(3..11)));
    }
}
