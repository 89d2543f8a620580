//! Names of people, taken apart: what is a name, what only stands beside one.

use super::text::words;
use super::vocabulary::{Beside, Vocabulary};

/// A name in the form it is compared in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// All its words as one: `VAN DER BERG` and `VANDERBERG` are the same.
    whole: String,
    /// Its words.
    parts: Vec<String>,
    /// Those by which a double name may be matched: no particles, nothing shorter than [`SHORTEST_TELLING`].
    telling: Vec<String>,
}

/// Letters of the shortest part that says something on its own.
const SHORTEST_TELLING: usize = 3;

impl Name {
    /// The whole name, upper case, without spaces.
    pub fn whole(&self) -> &str {
        &self.whole
    }

    /// Its words.
    pub fn parts(&self) -> &[String] {
        &self.parts
    }

    /// Whether it is a single letter.
    pub(super) fn is_initial(&self) -> bool {
        self.whole.chars().nth(1).is_none()
    }

    /// Whether one is a double name and the two have a part in common.
    pub(super) fn shares_part(&self, other: &Self) -> bool {
        self.parts.len() + other.parts.len() > 2
            && self.telling.iter().any(|part| other.telling.contains(part))
    }

    /// Its parts that may be matched by.
    pub(super) fn telling(&self) -> &[String] {
        &self.telling
    }

    fn from_words(parts: Vec<String>, vocabulary: &Vocabulary) -> Option<Self> {
        let tells = |part: &&String| part.len() >= SHORTEST_TELLING && vocabulary.beside_name(part).is_none();
        let telling = parts.iter().filter(tells).cloned().collect();
        (!parts.is_empty()).then(|| Self { whole: parts.concat(), parts, telling })
    }
}

/// What a name field held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Read {
    /// The name, unless it was blank or a placeholder.
    pub(super) name: Option<Name>,
    /// Jr, III, … found beside it, counted from 1 (Sr).
    pub(super) generation: Option<u8>,
    /// The place in a multiple birth that a newborn's placeholder gave (`BABY BOY B`), from 1.
    pub(super) birth_order: Option<u8>,
}

/// Reads a name field.
pub(super) fn read(text: &str, vocabulary: &Vocabulary) -> Read {
    let mut parts = words(text);
    if is_newborn(&parts, vocabulary) {
        let birth_order = parts.last().and_then(|word| place_in_birth(word));
        return Read { birth_order, ..Read::default() };
    }
    for word in &mut parts {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        // Digits after a name mark test people or a second registration; digits alone are dropped below.
        word.truncate(if letters == 0 { word.len() } else { letters });
    }
    parts.retain(|word| vocabulary.beside_name(word).is_some() || !says_nothing(word, vocabulary));
    let generation = strip_company(&mut parts, vocabulary);
    if is_newborn(&parts, vocabulary) || says_nothing(&parts.concat(), vocabulary) {
        parts.clear();
    }
    Read { name: Name::from_words(parts, vocabulary), generation, birth_order: None }
}

/// The generation a suffix field names, such as `Jr.` or `III`.
pub(super) fn generation(text: &str, vocabulary: &Vocabulary) -> Option<u8> {
    words(text).iter().find_map(|word| as_generation(word, vocabulary))
}

/// A name that begins as a newborn's placeholder does says nothing of the child's name.
fn is_newborn(parts: &[String], vocabulary: &Vocabulary) -> bool {
    parts.first().is_some_and(|word| vocabulary.is_placeholder("newborn", word))
}

/// `A`, `1` → 1; `B`, `2` → 2; up to nine.
fn place_in_birth(word: &str) -> Option<u8> {
    match word.as_bytes() {
        [letter @ b'A'..=b'I'] => Some(letter - b'A' + 1),
        [digit @ b'1'..=b'9'] => Some(digit - b'0'),
        _ => None,
    }
}

/// Drops titles before and after, and generations after, but never the last word left: it may be a name. Gives
/// the generation that stood nearest to the name.
fn strip_company(parts: &mut Vec<String>, vocabulary: &Vocabulary) -> Option<u8> {
    let mut generation = None;
    while parts.len() > 1 {
        match parts.last().and_then(|word| vocabulary.beside_name(word)) {
            Some(Beside::Generation(number)) => generation = Some(number),
            Some(Beside::Title) => {}
            _ => break,
        }
        parts.pop();
    }
    while parts.len() > 1 && vocabulary.beside_name(&parts[0]) == Some(Beside::Title) {
        parts.remove(0);
    }
    generation
}

fn as_generation(word: &str, vocabulary: &Vocabulary) -> Option<u8> {
    match vocabulary.beside_name(word)? {
        Beside::Generation(number) => Some(number),
        Beside::Title | Beside::Particle => None,
    }
}

/// What people type instead of a name.
fn says_nothing(word: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.is_placeholder("name", word) || is_filler(word)
}

/// Only digits, or one letter three times and more: nobody's name.
fn is_filler(word: &str) -> bool {
    let first = word.chars().next();
    let repeats = word.chars().nth(2).is_some() && word.chars().all(|c| Some(c) == first);
    repeats || word.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, whole: Option<&str>, generation: Option<u8>, birth_order: Option<u8>) {
        let read = read(text, Vocabulary::shipped());
        let name = read.name.map(|name| name.whole);
        assert_eq!(
            (name.as_deref(), read.generation, read.birth_order),
            (whole, generation, birth_order),
            "{text}"
        );
    }

    #[test]
    fn what_a_name_field_holds() {
        check("Van der Berg", Some("VANDERBERG"), None, None);
        check("Garcia-López", Some("GARCIALOPEZ"), None, None);
        check("Smith, Jr.", Some("SMITH"), Some(2), None);
        check("King III", Some("KING"), Some(3), None);
        check("Dr. Maria", Some("MARIA"), None, None);
        check("Dr", Some("DR"), None, None);
        check("Unknown", None, None, None);
        check("No Name", None, None, None);
        check("XXXX", None, None, None);
        check("12345", None, None, None);
        check("Abbott509", Some("ABBOTT"), None, None);
        check("King 3rd", Some("KING"), Some(3), None);
        check("", None, None, None);
    }

    #[test]
    fn a_newborn_has_no_name_yet_but_may_have_a_place() {
        check("BABY BOY", None, None, None);
        check("Baby Girl B", None, None, Some(2));
        check("BabyBoy-1", None, None, Some(1));
        check("Twin A", None, None, Some(1));
    }
}
