//! A postal address in the form it is compared in.

use super::text::{digits, joined, words};
use super::vocabulary::Vocabulary;

/// A street line taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct StreetLine {
    /// The house number, or the number of a post office box.
    pub(super) house_number: Option<String>,
    /// Street name with its words abbreviated, without direction and unit.
    pub(super) street: Option<String>,
}

/// Takes a street line apart. `house_number` is that of senders who keep it apart.
pub(super) fn street_line(house_number: &str, street: &str, vocabulary: &Vocabulary) -> StreetLine {
    // What follows `#` is the flat.
    let mut parts = words(street.split('#').next().unwrap_or(street));
    if let Some(number) = post_office_box(&parts) {
        return StreetLine { house_number: Some(number), street: Some("PO BOX".to_owned()) };
    }
    let apart = words(house_number).concat();
    let number = if apart.is_empty() { take_number(&mut parts) } else { Some(apart) };
    drop_unit(&mut parts, vocabulary);
    abbreviate(&mut parts, vocabulary);
    let is_known = !parts.is_empty() && !vocabulary.is_placeholder("place", &parts.concat());
    let street = is_known.then(|| parts.join(" "));
    StreetLine { house_number: number, street }
}

/// A city's name without spaces, its common words abbreviated.
pub(super) fn city(text: &str, vocabulary: &Vocabulary) -> Option<String> {
    let short = |word: String| vocabulary.short("city", &word).map_or(word, str::to_owned);
    let name: String = words(text).into_iter().map(short).collect();
    (!name.is_empty() && !vocabulary.is_placeholder("place", &name)).then_some(name)
}

/// A state's postal abbreviation; other words stay as they are.
pub(super) fn state(text: &str, vocabulary: &Vocabulary) -> Option<String> {
    let name = joined(text);
    let known = !name.is_empty() && !vocabulary.is_placeholder("place", &name);
    known.then(|| vocabulary.short("state", &name).map_or(name, str::to_owned))
}

/// The first five digits of a ZIP code; a postal code of another country as it is. One digit throughout is unknown.
pub(super) fn zip(text: &str) -> Option<String> {
    let code = joined(text);
    let first = code.chars().next()?;
    if code.len() < 3 || code.chars().all(|c| c == first) {
        return None;
    }
    let numbers = digits(&code);
    let is_zip = numbers.len() == code.len() && matches!(code.len(), 5 | 9);
    Some(if is_zip { code[..5].to_owned() } else { code })
}

/// `PO BOX 12`, `P O BOX 12`, `BOX 12`.
fn post_office_box(parts: &[String]) -> Option<String> {
    let at = parts.iter().position(|word| matches!(word.as_str(), "BOX" | "POBOX"))?;
    let before = parts[..at].concat();
    let number = parts.get(at + 1)?;
    matches!(before.as_str(), "" | "PO" | "POST" | "POSTOFFICE").then(|| number.clone())
}

/// Takes the first word off where it is a house number (`12`, `12B`, not `5TH`) and more follows.
fn take_number(parts: &mut Vec<String>) -> Option<String> {
    let first = parts.first()?;
    let letters = first.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = parts.len() > 1 && letters.len() < first.len() && letters.len() < 2;
    is_number.then(|| parts.remove(0))
}

/// Cuts the line at the word for a flat or suite, unless the line begins with it.
fn drop_unit(parts: &mut Vec<String>, vocabulary: &Vocabulary) {
    let is_unit = |word: &String| vocabulary.short("unit", word).is_some();
    if let Some(at) = parts.iter().skip(1).position(is_unit) {
        parts.truncate(at + 1);
    }
}

/// Shortens the last word where it names the type of street, and drops directions before and after the name.
fn abbreviate(parts: &mut Vec<String>, vocabulary: &Vocabulary) {
    let is_direction =
        |word: Option<&String>| word.is_some_and(|w| vocabulary.short("direction", w).is_some());
    while parts.len() > 2 && is_direction(parts.last()) {
        parts.pop();
    }
    while parts.len() > 2 && is_direction(parts.first()) {
        parts.remove(0);
    }
    if parts.len() > 1
        && let Some(last) = parts.last_mut()
        && let Some(short) = vocabulary.short("street", last)
    {
        *last = short.to_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn street_lines() {
        for (written, number, street) in [
            ("123 North Main Street, Apt. 4B", Some("123"), Some("MAIN ST")),
            ("123 N Main St #4B", Some("123"), Some("MAIN ST")),
            ("77 Sunset Boulevard West", Some("77"), Some("SUNSET BLVD")),
            ("P.O. Box 1200", Some("1200"), Some("PO BOX")),
            ("12 North Street", Some("12"), Some("NORTH ST")),
            ("Wallaby Place", None, Some("WALLABY PL")),
            ("5th Avenue", None, Some("5TH AVE")),
            ("12B Oak Ln", Some("12B"), Some("OAK LN")),
            ("HOMELESS", None, None),
            ("", None, None),
        ] {
            let read = street_line("", written, Vocabulary::shipped());
            assert_eq!((read.house_number.as_deref(), read.street.as_deref()), (number, street), "{written}");
        }
    }

    #[test]
    fn places() {
        let words = Vocabulary::shipped();
        assert_eq!(city("St. Paul", words), city("Saint Paul", words));
        assert_eq!(state("new york", words).as_deref(), Some("NY"));
        assert_eq!(state("nsw", words).as_deref(), Some("NSW"));
        assert_eq!(zip("98101-2345").as_deref(), Some("98101"));
        assert_eq!(zip("K1A 0B1").as_deref(), Some("K1A0B1"));
        assert_eq!(zip("00000"), None);
    }
}
