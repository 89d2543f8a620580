//! The notes of the tabular list that speak of other codes, and the codes they name.

use codeset::Code;
use serde::{Deserialize, Serialize};

use crate::days::Days;
use crate::span::{Span, character};
use crate::word::FoundWord;

/// The kinds of note that are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    /// Not coded here: the two cannot occur together.
    Excludes1,
    /// The cause comes first.
    CodeFirst,
    /// A further code says more, after this one.
    UseAdditional,
    /// A further code may be needed, in any order.
    CodeAlso,
}

/// A note at a place of the tabular list. It governs all that lies under the place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Note {
    /// The place as the table writes it: a code without its point, a block, a chapter.
    pub(crate) node: String,
    /// The codes it governs.
    pub(crate) governs: Span,
    pub(crate) kind: NoteKind,
    pub(crate) days: Days,
    pub(crate) text: String,
    /// The codes it names; empty where it names none.
    pub(crate) targets: Vec<Target>,
    /// The words in it that say whether its code is needed; found when the pack is opened.
    #[serde(skip)]
    pub(crate) words: Vec<FoundWord>,
}

/// Codes that a note names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Target {
    span: Span,
    /// `with fifth or sixth character 5`.
    with: Option<Characters>,
}

/// One of the characters at `places` (counted from 0, both tried) lies between `first` and `last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Characters {
    places: (u8, u8),
    first: u8,
    last: u8,
}

impl NoteKind {
    /// The kind as the table of notes writes it; `None` for kinds that name no other code to be checked.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "excludes1" => Self::Excludes1,
            "code-first" => Self::CodeFirst,
            "use-additional" => Self::UseAdditional,
            "code-also" => Self::CodeAlso,
            _ => return None,
        })
    }

    /// The kind as the manual prints it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Excludes1 => "Excludes1",
            Self::CodeFirst => "Code first",
            Self::UseAdditional => "Use additional code",
            Self::CodeAlso => "Code also",
        }
    }
}

impl Note {
    /// Whether its words leave it open if its code is needed.
    pub(crate) fn leaves_open(&self, day: u32) -> bool {
        let holds =
            |is_firm: bool| self.words.iter().any(|word| word.is_firm == is_firm && word.days.hold(day));
        holds(false) && !holds(true)
    }
}

impl Target {
    /// The places of the codes that the note means, of codes in order with their places.
    pub(crate) fn places_in<'s>(&'s self, sorted: &'s [(Code, usize)]) -> impl Iterator<Item = usize> + 's {
        let from = self.span.places_in(sorted);
        from.filter(|&place| {
            let meant = |with: Characters| sorted.iter().any(|&(code, at)| at == place && with.are_in(code));
            self.with.is_none_or(meant)
        })
    }
}

impl Characters {
    fn are_in(self, code: Code) -> bool {
        let at = |place: u8| character(code, usize::from(place));
        let lies = |found: Option<u8>| found.is_some_and(|found| (self.first..=self.last).contains(&found));
        lies(at(self.places.0)) || lies(at(self.places.1))
    }

    /// Reads `fifth or sixth character 1-4`, `5th character 2`, `seventh character S`.
    fn parse(text: &str) -> Option<Self> {
        let (ordinal, value) = text.replace('-', " ").split_once(" character").map(|(ordinal, rest)| {
            (ordinal.to_owned(), rest.trim_start_matches('s').trim().trim_start_matches('.').to_owned())
        })?;
        let places = match ordinal.trim() {
            "fifth or sixth" | "fifth or six" => (4, 5),
            "fifth" | "5th" => (4, 4),
            "sixth" | "6th" => (5, 5),
            "seventh" | "7th" => (6, 6),
            _ => return None,
        };
        let mut values = value.split(' ').map(|value| match value.as_bytes() {
            [one] if one.is_ascii_alphanumeric() => Some(*one),
            _ => None,
        });
        let first = values.next()??;
        let last = values.next().unwrap_or(Some(first))?;
        Some(Self { places, first, last })
    }
}

/// The codes a note names, between parentheses: `(A40.-, A41.-)`, `(J12-J18)`, `(E08-E13 with .51-.52)`,
/// `(T36-T50 with fifth or sixth character 5)`. A parenthesis that holds other words names none.
pub(crate) fn targets(text: &str) -> Vec<Target> {
    let groups = text.split(['(', '[']).skip(1).filter_map(|rest| rest.split([')', ']']).next());
    groups.flat_map(|group| group_targets(group).unwrap_or_default()).collect()
}

/// The targets of one parenthesis; `None` if something in it is no code.
fn group_targets(group: &str) -> Option<Vec<Target>> {
    let (codes, with) = group.split_once(" with ").unwrap_or((group, ""));
    let parts =
        codes.split([',', ';']).flat_map(|part| part.split(" and ")).filter(|part| !part.trim().is_empty());
    let spans: Vec<Span> = parts.map(span).collect::<Option<_>>()?;
    if with.trim_start().starts_with('.') {
        return ending(codes.trim(), with);
    }
    let with = if with.is_empty() { None } else { Some(Characters::parse(with)?) };
    Some(spans.into_iter().map(|span| Target { span, with }).collect())
}

/// `E08-E13 with .51-.52`: in each category of the range, the codes that go on so.
fn ending(categories: &str, endings: &str) -> Option<Vec<Target>> {
    let (first, last) = categories.split_once('-').unwrap_or((categories, categories));
    let (letter, from) = (first.get(..1)?, first.get(1..)?.parse::<u8>().ok()?);
    let to = last.strip_prefix(letter)?.parse::<u8>().ok()?;
    let mut targets = Vec::new();
    for category in from..=to {
        for ending in endings.split(',') {
            let (first, last) = ending.trim().split_once('-').unwrap_or((ending.trim(), ending.trim()));
            let code = |ending: &str| {
                Code::parse(&format!("{letter}{category:02}{}", ending.strip_prefix('.')?)).ok()
            };
            let last = if last.is_empty() { first } else { last };
            targets.push(Target { span: Span::between(code(first)?, code(last)?)?, with: None });
        }
    }
    Some(targets)
}

/// One code, header or range: `A41.9`, `O24.4-`, `A55-A56`, `P28.3- - P28.4-`, `M05.00 to M05.8A`.
fn span(text: &str) -> Option<Span> {
    let text = text.replace(" to ", "-").replace(' ', "");
    let is_range =
        |&(at, _): &(usize, &str)| text[at + 1..].starts_with(|next: char| next.is_ascii_uppercase());
    let (first, last) = match text.match_indices('-').find(is_range) {
        Some((at, _)) => (&text[..at], &text[at + 1..]),
        None => (text.as_str(), text.as_str()),
    };
    let header = |text: &str| code(text.trim_end_matches(['-', '.']));
    Span::between(header(first)?, header(last)?)
}

/// A text that has the form of an ICD-10-CM code or header.
fn code(text: &str) -> Option<Code> {
    let bytes = text.as_bytes();
    let (letter, digit, third) = (bytes.first()?, bytes.get(1)?, bytes.get(2)?);
    let has_form = letter.is_ascii_uppercase() && digit.is_ascii_digit() && third.is_ascii_alphanumeric();
    let has_point = bytes.get(3).is_none_or(|&byte| byte == b'.');
    (has_form && has_point).then(|| Code::parse(text).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn means(text: &str, codes: &str) -> Vec<bool> {
        let targets = targets(text);
        let sorted = |code| [(Code::parse(code).expect("a code"), 0)];
        let means = |code| targets.iter().any(|target| target.places_in(&sorted(code)).next().is_some());
        codes.split(' ').map(means).collect()
    }

    #[test]
    fn codes_ranges_and_endings_are_read_between_parentheses() {
        assert_eq!(means("sepsis (A40.-, A41.-)", "A409 A4151 A42"), [true, true, false]);
        assert_eq!(means("pneumonia (J12-J18)", "J189 J20"), [true, false]);
        assert_eq!(means("with history (O09.21-)", "O09211 O0922"), [true, false]);
        assert_eq!(means("angiopathy (E08-E13 with .51-.52)", "E1151 E1052 E1159"), [true, true, false]);
        let drug = "to identify drug (T36-T50 with fifth or sixth character 5)";
        assert_eq!(means(drug, "T360X5A T3695XA T360X1A S72"), [true, true, false, false]);
        assert_eq!(means("poisoning (T39.0-, with sixth character 1-4)", "T39014A T39015A"), [true, false]);
        assert_eq!(means("failure (J96. with 5th character 2)", "J9602 J9601"), [true, false]);
        assert_eq!(means("apnea (P28.3- - P28.4-)", "P2840 P285"), [true, false]);
    }

    #[test]
    fn words_between_parentheses_name_no_code() {
        for text in ["angiopathy (peripheral)", "anemia (B12 deficiency)", "code to injury", "(see also A00)"]
        {
            assert!(targets(text).is_empty(), "{text}");
        }
    }
}
