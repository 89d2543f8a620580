//! Keys by which candidates are found: two people are compared only if they have a key in common.
//!
//! Each key forgives other errors, and their union misses few pairs. A key is a short text with its kind in front, for
//! an ordinary database index; `docs/identity.md` has what was measured.

use std::fmt;

use rphonetic::{Encoder, Soundex};
use serde::{Deserialize, Serialize};

use super::birth::BirthDate;
use super::name::Name;
use super::traits::Traits;

/// One key. Text order keeps keys of one beginning together, so that a half-known person can be found by a range.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BlockKey(String);

impl BlockKey {
    /// Its text, at most about 40 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn new(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for BlockKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Letters of a name in a key, and digits of a telephone number without its area code.
const FIRST_LETTERS: usize = 4;
const LOCAL_DIGITS: usize = 7;

/// The keys of a person, sorted, without repeats. Somebody of whom nothing is known has none.
pub fn blocks(traits: &Traits) -> Vec<BlockKey> {
    let mut keys = Vec::with_capacity(24);
    numbers(traits, &mut keys);
    names(traits, &mut keys);
    address(traits, &mut keys);
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// `n` Social Security number, `l` its last four with the birth year, `p` telephone, `r` record number.
fn numbers(traits: &Traits, keys: &mut Vec<BlockKey>) {
    let year = traits.birth_date.map(|date| date.year());
    if let Some(ssn) = &traits.ssn {
        let last_four = &ssn[ssn.len() - 4..];
        keys.extend(year.map(|year| BlockKey(format!("l:{last_four}:{year}"))));
        if ssn.len() > 4 {
            keys.push(BlockKey(format!("n:{ssn}")));
        }
    }
    keys.extend(traits.phones.iter().map(|phone| telephone(phone)));
    keys.extend(traits.record_numbers.iter().map(|n| BlockKey(format!("r:{}:{}", n.value, n.issuer))));
}

/// The key of a telephone number, area code or not.
pub(super) fn telephone(phone: &str) -> BlockKey {
    BlockKey(format!("p:{}", &phone[phone.len().saturating_sub(LOCAL_DIGITS)..]))
}

/// `b` birth date with the sound of any name, `y` beginning of the surname with the birth year, `g` the sounds of both
/// names with the ZIP code or the day of birth. Given names and surnames give keys of one kind, so that swapped names
/// meet.
///
/// The sounds of two names alone would bring hundreds of strangers to every John Smith of a large index.
fn names(traits: &Traits, keys: &mut Vec<BlockKey>) {
    let surnames: Vec<&str> = surnames(traits).collect();
    let year = traits.birth_date.map_or_else(String::new, |date| date.year().to_string());
    keys.extend(surnames.iter().map(|name| BlockKey(format!("y:{}:{year}", beginning(name)))));
    let surnames = sounds(surnames.into_iter());
    let given = sounds(traits.formal_given.iter().map(String::as_str));
    if let Some(date) = traits.birth_date.and_then(birth_date) {
        let all = surnames.iter().chain(&given);
        keys.extend(all.map(|sound| BlockKey(format!("b:{date}:{sound}"))));
    }
    let anchors = anchors(traits);
    let pairs = surnames
        .iter()
        .flat_map(|surname| given.iter().flat_map(move |given| [(surname, given), (given, surname)]));
    keys.extend(pairs.flat_map(|(first, second)| {
        anchors.iter().map(move |anchor| BlockKey(format!("g:{first}:{second}:{anchor}")))
    }));
}

/// What narrows a pair of names: the ZIP code, and the day of birth without its year; nothing, where neither is known.
fn anchors(traits: &Traits) -> Vec<String> {
    let day = traits.birth_date.and_then(birth_date).map(|date| date[4..].to_owned());
    let anchors: Vec<String> = traits.zip.iter().cloned().chain(day).collect();
    if anchors.is_empty() { vec![String::new()] } else { anchors }
}

/// The sounds of some names, each once.
fn sounds<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut sounds: Vec<String> = names.map(sound).collect();
    sounds.sort_unstable();
    sounds.dedup();
    sounds
}

/// `z` ZIP code with house number, `s` beginning of the street with house number.
fn address(traits: &Traits, keys: &mut Vec<BlockKey>) {
    let Some(number) = &traits.house_number else {
        return;
    };
    keys.extend(traits.zip.iter().map(|zip| BlockKey(format!("z:{zip}:{number}"))));
    keys.extend(traits.street.iter().map(|street| BlockKey(format!("s:{}:{number}", beginning(street)))));
}

/// The surname, the parts of a double surname, and former surnames.
fn surnames(traits: &Traits) -> impl Iterator<Item = &str> {
    let all = traits.surname.iter().chain(&traits.former_surnames);
    all.flat_map(|name: &Name| {
        let parts = if name.parts().len() > 1 { name.telling() } else { &[] };
        std::iter::once(name.whole()).chain(parts.iter().map(String::as_str))
    })
}

/// A birth date that stays the same when day and month change places; `None` where it is not known whole.
pub(super) fn birth_date(date: BirthDate) -> Option<String> {
    let (month, day) = date.month_day()?;
    Some(format!("{}{:02}{:02}", date.year(), month.min(day), month.max(day)))
}

/// The Soundex code of a name in Latin letters, the beginning of any other.
pub(super) fn sound(name: &str) -> String {
    if name.bytes().all(|b| b.is_ascii_alphabetic()) {
        Soundex::default().encode(name)
    } else {
        beginning(name).to_owned()
    }
}

/// The first four letters.
pub(super) fn beginning(name: &str) -> &str {
    name.char_indices().nth(FIRST_LETTERS).map_or(name, |(end, _)| &name[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::{Raw, RecordNumber, Vocabulary};

    #[test]
    fn the_keys_of_a_person() {
        let raw = Raw {
            surname: "Smith-Garcia".into(),
            given: "Bob".into(),
            birth_date: "1956-09-04".into(),
            ssn: "536-21-9874".into(),
            phones: vec!["206-342-8631".into()],
            street: "12 Oak Ave".into(),
            zip: "98101".into(),
            record_numbers: vec![RecordNumber { issuer: "MERCY".into(), value: "0042".into() }],
            ..Raw::default()
        };
        let keys = blocks(&Traits::normalise(&raw, Vocabulary::shipped()));
        let kind = |kind: &str| {
            keys.iter()
                .map(BlockKey::as_str)
                .filter(|key| key.starts_with(kind))
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(
            kind("b:"),
            "b:19560409:B100 b:19560409:G620 b:19560409:R163 b:19560409:S530 b:19560409:S532"
        );
        assert_eq!(kind("y:"), "y:GARC:1956 y:SMIT:1956");
        assert!(kind("g:").contains("g:S530:R163:98101") && kind("g:").contains("g:R163:S530:0409"));
        assert_eq!(kind("n:") + &kind("l:"), "n:536219874l:9874:1956");
        assert_eq!(kind("p:") + &kind("r:"), "p:3428631r:42:MERCY");
        assert_eq!(kind("z:") + &kind("s:"), "z:98101:12s:OAK :12");
    }

    #[test]
    fn nobody_has_no_keys() {
        assert_eq!(blocks(&Traits::default()), []);
    }
}
