//! The codes that a note names: `I10`, `E08.-`, `A00-A09`, `T36-T50 with fifth or sixth character 5`.

use std::fmt;

use codeset::Code;
use serde::{Deserialize, Serialize};

/// A code or range that a note names, with all that lies under it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reference {
    /// The code, or the first of the range.
    pub first: Code,
    /// The last of the range; the same as `first` where a single code is named.
    pub last: Code,
    /// Only codes with one of these characters at this place, where the note says so.
    pub only: Option<Only>,
}

/// A condition on one character: *with fifth or sixth character 1-4*, *with 7th character B*.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Only {
    /// The place from 1. For *fifth or sixth* it is 6, and the fifth counts where the sixth is the placeholder X:
    /// that is where codes of drugs carry the intent.
    pub place: u8,
    /// The characters.
    pub characters: String,
}

/// Ordinals of characters as notes write them.
const ORDINALS: [(&str, u8); 8] = [
    ("fifth or six", 6),
    ("fifth", 5),
    ("5th", 5),
    ("sixth", 6),
    ("6th", 6),
    ("seventh", 7),
    ("7th", 7),
    ("fourth", 4),
];

impl Reference {
    /// Everything under one code.
    pub const fn of(code: Code) -> Self {
        Self { first: code, last: code, only: None }
    }

    /// Whether `code` is named: it is one of the codes, or lies under one.
    pub fn covers(&self, code: Code) -> bool {
        let text = code.to_string();
        let cut = |to: Code| Code::parse(text.get(..to.to_string().len()).unwrap_or(&text));
        let (Ok(low), Ok(high)) = (cut(self.first), cut(self.last)) else { return false };
        low >= self.first && high <= self.last && self.only.as_ref().is_none_or(|only| only.holds(&text))
    }

    /// Whether the reference and `code` have codes in common: it covers the code, or names something under it.
    pub fn touches(&self, code: Code) -> bool {
        self.covers(code) || self.first.starts_with(code)
    }
}

impl Only {
    fn holds(&self, code: &str) -> bool {
        let at = |place: u8| code.chars().nth(usize::from(place) - 1);
        let said = if self.place == 6 && at(6) == Some('X') { at(5) } else { at(self.place) };
        said.is_some_and(|said| self.characters.contains(said))
    }
}

/// The codes and ranges that `text` names, in order.
pub(crate) fn references(text: &str) -> Vec<Reference> {
    let mut found: Vec<Reference> = Vec::new();
    let mut rest = text;
    let mut follows_word = false;
    while let Some(next) = rest.chars().next() {
        let before = &text[..text.len() - rest.len()];
        if !follows_word
            && !before.ends_with("vitamin ")
            && let Some((first, after)) = code_at(rest)
        {
            let (last, after) = range_end(after).unwrap_or((first, after));
            found.push(Reference { first, last: last.max(first), only: None });
            rest = after;
        } else {
            follows_word = next.is_ascii_alphanumeric() || next == '-';
            rest = &rest[next.len_utf8()..];
            continue;
        }
        follows_word = false;
        if let Some(only) = condition(rest) {
            for reference in found.iter_mut().rev().take_while(|reference| reference.only.is_none()) {
                reference.only = Some(only.clone());
            }
        }
    }
    found
}

/// The code that `text` begins with, and what follows it and its dashes (`E08.-`, `S06.0X-`).
fn code_at(text: &str) -> Option<(Code, &str)> {
    let bytes = text.as_bytes();
    let category =
        bytes.len() >= 3 && bytes[0].is_ascii_uppercase() && bytes[1].is_ascii_digit() && is_part(bytes[2]);
    if !category {
        return None;
    }
    let mut end = 3;
    if bytes.get(3) == Some(&b'.') {
        end = 4 + bytes[4..].iter().take(4).take_while(|byte| is_part(**byte)).count();
    }
    if bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    let code = Code::parse(&text[..end]).ok()?;
    let rest = &text[end..];
    // A dash before a letter is the sign of a range and stays; any other says that characters are to follow.
    let rest = match rest.strip_prefix('-') {
        Some(after) if !after.starts_with(|c: char| c.is_ascii_uppercase()) => after,
        _ => rest,
    };
    Some((code, rest))
}

fn range_end(text: &str) -> Option<(Code, &str)> {
    code_at(text.strip_prefix('-')?)
}

const fn is_part(byte: u8) -> bool {
    byte.is_ascii_digit() || byte.is_ascii_uppercase()
}

/// The condition that directly follows a code, up to the closing bracket or the next code.
fn condition(after: &str) -> Option<Only> {
    let said = after.trim_start_matches([',', ')', ' ']).strip_prefix("with ")?;
    let (rest, place) = ORDINALS.iter().find_map(|(word, place)| Some((said.strip_prefix(word)?, *place)))?;
    let (_, listed) = rest.split_once("character ")?;
    let listed = listed.split([')', ',', ';']).next().unwrap_or_default();
    let characters = characters(listed);
    (!characters.is_empty()).then_some(Only { place, characters })
}

/// `1-4 or 6` as `12346`, `B or C` as `BC`.
fn characters(listed: &str) -> String {
    let mut out = String::new();
    for word in listed.split_whitespace().filter(|word| *word != "or") {
        match word.as_bytes() {
            [one] => out.push(char::from(*one)),
            [first, b'-', last] => out.extend((*first..=*last).map(char::from)),
            _ => return String::new(),
        }
    }
    out
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first.dotted())?;
        if self.last != self.first {
            write!(f, "-{}", self.last.dotted())?;
        }
        match &self.only {
            Some(Only { place, characters }) => write!(f, " (character {place}: {characters})"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        references(text).iter().map(ToString::to_string).collect()
    }

    fn covers(text: &str, code: &str) -> bool {
        references(text).iter().any(|reference| reference.covers(Code::parse(code).unwrap()))
    }

    #[test]
    fn codes_ranges_and_dashes_are_read() {
        assert_eq!(read("heart failure (I50.-, I51.1)"), ["I50", "I51.1"]);
        assert_eq!(read("azoospermia NOS (N46.0-N46.1)"), ["N46.0-N46.1"]);
        assert_eq!(read("concussion (S06.0X-)"), ["S06.0X"]);
        assert_eq!(read("episode (F33-)"), ["F33"]);
        assert_eq!(read("vitamin B12 deficiency; HLA-B27; SARS-CoV2"), Vec::<String>::new());
    }

    #[test]
    fn what_lies_under_is_covered() {
        assert!(covers("(A00-A09)", "A090") && covers("(A00-A09)", "A00") && !covers("(A00-A09)", "A15"));
        assert!(covers("(E08.-)", "E0821") && !covers("(E08.2-)", "E08"));
        assert!(references("(E08.2-)")[0].touches(Code::parse("E08").unwrap()));
    }

    #[test]
    fn a_condition_on_a_character_is_kept() {
        let adverse = "adverse effect (T36-T50 with fifth or sixth character 5)";
        assert!(covers(adverse, "T360X5A") && covers(adverse, "T3695XA") && !covers(adverse, "T360X1A"));
        assert!(covers("(T36-T65 with fifth or sixth character 1-4 or 6)", "T360X6A"));
        assert!(covers("fracture (S42.- with 7th character B or C)", "S42001C"));
        assert!(!covers("fracture (S42.- with 7th character B or C)", "S42001A"));
    }
}
