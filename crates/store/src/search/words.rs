//! Words as they are indexed: lower case, without accents, and stemmed, so that "effusions" finds "effusion".
//!
//! Both databases get the words from here and only keep them, so that both find the same.

use std::borrow::Cow;
use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are cut: they are numbers of devices and the like.
const LONGEST_WORD_CHARS: usize = 48;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// What it is indexed by.
    pub(super) stem: String,
    /// Where it stands in the text, in bytes.
    pub(super) place: Range<usize>,
}

/// The words of a text, in order.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word> {
    let stemmer = Stemmer::create(Algorithm::English);
    places(text).map(move |place| {
        let folded = fold(&text[place.clone()]);
        let stem = stemmer.stem(&folded).into_owned();
        Word { stem, place }
    })
}

/// The letters and digits of a word in lower case, without accents.
pub(super) fn fold(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        && word.len() <= LONGEST_WORD_CHARS
    {
        return Cow::Borrowed(word);
    }
    let plain = word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    Cow::Owned(plain.filter(|c| c.is_alphanumeric()).take(LONGEST_WORD_CHARS).collect())
}

/// Where the runs of letters and digits stand.
fn places(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let inside = |c: char| c.is_alphanumeric() || is_combining_mark(c);
        let (start, _) = rest.find(|(_, c)| c.is_alphanumeric())?;
        while rest.next_if(|(_, c)| inside(*c)).is_some() {}
        let end = rest.peek().map_or(text.len(), |(at, _)| *at);
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str) -> Vec<String> {
        words(text).map(|word| word.stem).collect()
    }

    #[test]
    fn words_are_found_whatever_their_form() {
        assert_eq!(
            stems("Pleural effusions, Sjögren's; K+ 3.4"),
            ["pleural", "effus", "sjogren", "s", "k", "3", "4"]
        );
        assert_eq!(stems("effusion"), stems("EFFUSIONS"));
        assert_eq!(stems(""), Vec::<String>::new());
    }

    #[test]
    fn places_are_where_the_words_stand() {
        let text = "no é́dema: none";
        let found: Vec<&str> = words(text).map(|word| &text[word.place]).collect();
        assert_eq!(found, ["no", "é́dema", "none"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_words_of_letters_and_digits(text in "\\PC*") {
            for word in words(&text) {
                proptest::prop_assert!(text.get(word.place.clone()).is_some());
                proptest::prop_assert!(word.stem.chars().all(char::is_alphanumeric), "{:?}", word.stem);
            }
        }
    }
}
