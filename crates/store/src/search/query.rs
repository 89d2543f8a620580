//! What a person typed, as words to look for.

use std::collections::BTreeSet;

use super::words::{fold, words};

/// What is looked for: all of its parts must be in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    parts: Vec<Part>,
}

/// A part of what is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// Words beside each other; mostly one.
    Phrase(Vec<String>),
    /// The beginning of a word.
    Prefix(String),
}

impl Query {
    /// Reads what a person typed: words in any form, `"words in order"`, and `begin*`. `None` when there is no word.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        let mut parts = Vec::new();
        for (at, piece) in typed.split('"').enumerate() {
            if at % 2 == 1 {
                parts.push(Part::Phrase(words(piece).map(|word| word.stem).collect()));
            } else {
                parts.extend(piece.split_whitespace().map(single));
            }
        }
        parts.retain(|part| !matches!(part, Part::Phrase(stems) if stems.is_empty()));
        (!parts.is_empty()).then_some(Self { parts })
    }

    /// Whether a word with this stem is one of those looked for.
    pub(super) fn marks(&self, stem: &str, folded: &str) -> bool {
        self.parts.iter().any(|part| match part {
            Part::Phrase(stems) => stems.iter().any(|one| one == stem),
            Part::Prefix(prefix) => folded.starts_with(prefix) || stem.starts_with(prefix),
        })
    }

    /// The query in the language of SQLite's FTS5. Parts hold letters and digits only.
    pub(super) fn fts5(&self) -> String {
        let parts = self.parts.iter().map(|part| match part {
            Part::Phrase(stems) => format!("\"{}\"", stems.join(" ")),
            Part::Prefix(prefix) => format!("\"{prefix}\" *"),
        });
        unique(parts).join(" AND ")
    }

    /// The query in the language of PostgreSQL's `tsquery`.
    pub(super) fn tsquery(&self) -> String {
        let parts = self.parts.iter().map(|part| match part {
            Part::Phrase(stems) => {
                let quoted: Vec<String> = stems.iter().map(|stem| format!("'{stem}'")).collect();
                format!("({})", quoted.join(" <-> "))
            }
            Part::Prefix(prefix) => format!("'{prefix}':*"),
        });
        unique(parts).join(" & ")
    }
}

fn unique(parts: impl Iterator<Item = String>) -> Vec<String> {
    parts.collect::<BTreeSet<_>>().into_iter().collect()
}

/// `effusion`, `begin*`, or a number with a point in it, which is two words beside each other.
fn single(piece: &str) -> Part {
    let stems = |piece: &str| words(piece).map(|word| word.stem).collect();
    match piece.strip_suffix('*') {
        Some(begin) if words(begin).count() == 1 => Part::Prefix(fold(begin).into_owned()),
        _ => Part::Phrase(stems(piece)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_said_in_both_languages() {
        let query = Query::read("Effusions \"chest pain\" pneum* 3.4 '; drop").expect("it has words");
        assert_eq!(query.fts5(), "\"3 4\" AND \"chest pain\" AND \"drop\" AND \"effus\" AND \"pneum\" *");
        assert_eq!(
            query.tsquery(),
            "'pneum':* & ('3' <-> '4') & ('chest' <-> 'pain') & ('drop') & ('effus')"
        );
        assert_eq!(Query::read(" \"\" -- * "), None);
    }
}
