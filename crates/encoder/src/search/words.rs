//! From text to words: letters without accents, one spelling for British and American, stems.

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that say nothing by themselves. *NOS* and *NEC* say that nothing more is known.
const STOP: [&str; 33] = [
    "a",
    "an",
    "and",
    "any",
    "as",
    "at",
    "be",
    "by",
    "can",
    "classifiable",
    "due",
    "for",
    "from",
    "had",
    "in",
    "into",
    "is",
    "it",
    "my",
    "nec",
    "nos",
    "of",
    "on",
    "or",
    "other",
    "part",
    "s",
    "such",
    "the",
    "this",
    "to",
    "was",
    "with",
];

/// The words of `text` in lower case, without accents, in one spelling. A prefix *non* and the word it negates are one
/// word, as the manual writes them.
pub fn words(text: &str) -> Vec<String> {
    let plain: String = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let mut words: Vec<String> = Vec::new();
    let mut negated = false;
    for word in plain.replace("'s", "").replace('\u{2019}', "").split(|c: char| !c.is_ascii_alphanumeric()) {
        if word.is_empty() {
            continue;
        }
        if word == "non" {
            negated = true;
            continue;
        }
        words.push(spell(&if negated { format!("non{word}") } else { word.to_owned() }));
        negated = false;
    }
    words
}

/// The words of `text` that count in a search.
pub(crate) fn content_words(text: &str) -> Vec<String> {
    let mut words = words(text);
    words.retain(|word| !is_stop(word));
    words
}

/// The words of `text` that are written with a hyphen, put together: *pick-up* is also *pickup*.
pub(crate) fn joined_words(text: &str) -> Vec<String> {
    let hyphened = text.split_whitespace().filter(|word| word.contains('-'));
    let bare = hyphened.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).replace('-', ""));
    bare.filter(|word| word.chars().all(char::is_alphabetic)).flat_map(|word| words(&word)).collect()
}

/// Who met with what: for each of `words`, whether it stands before or after the *collision* among them. An occupant
/// of a car that met a cycle is another code than a cyclist who met a car, in the same words.
pub(crate) fn sides(words: &[String]) -> Vec<String> {
    let Some(middle) = words.iter().position(|word| word == MEETING) else { return Vec::new() };
    let (before, after) = (&words[..middle], &words[middle + 1..]);
    let before = before.iter().map(|word| format!("{} {MEETING}", stem(word)));
    before.chain(after.iter().map(|word| format!("{MEETING} {}", stem(word)))).collect()
}

/// The word that parts the one who is hurt from what they met with.
const MEETING: &str = "collision";

/// Whether a word says nothing by itself.
pub(crate) fn is_stop(word: &str) -> bool {
    STOP.contains(&word)
}

/// The American spelling, so that *oedema*, *haemorrhage* and *tumour* meet *edema*, *hemorrhage* and *tumor*.
fn spell(word: &str) -> String {
    /// Shorter words have a vowel pair of their own: *toe*, *shoe*.
    const MIN_LEN: usize = 6;
    if word.len() < MIN_LEN {
        return word.to_owned();
    }
    let spelled = word.replace("ae", "e").replace("oe", "e");
    let american = [("our", "or"), ("ours", "ors")];
    let american =
        american.iter().find_map(|(british, ending)| Some((spelled.strip_suffix(british)?, ending)));
    american.map(|(stem, ending)| format!("{stem}{ending}")).unwrap_or(spelled)
}

/// The stem of a word.
pub(crate) fn stem(word: &str) -> String {
    if word.bytes().any(|byte| byte.is_ascii_digit()) {
        return word.to_owned();
    }
    Stemmer::create(Algorithm::English).stem(word).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_and_no_accents() {
        assert_eq!(words("Ménière's disease"), ["meniere", "disease"]);
        assert_eq!(words("Diarrhoea, oedema; tumours"), ["diarrhea", "edema", "tumors"]);
        assert_eq!(words("non-traumatic nontraumatic"), ["nontraumatic", "nontraumatic"]);
        assert_eq!(content_words("fracture of the toe"), ["fracture", "toe"]);
        assert_eq!(joined_words("a pick-up truck, non-B12"), ["pickup"]);
        let words = content_words("car occupant in collision with cycles");
        assert_eq!(sides(&words), ["car collision", "occup collision", "collision cycl"]);
        assert_eq!((stem("fractures"), stem("b12")), ("fractur".to_owned(), "b12".to_owned()));
    }
}
