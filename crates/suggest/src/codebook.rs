//! The diagnosis codes of one day, as a suggestion needs them: nodes without seventh characters, their titles, and
//! the leaf that a bare category stands for.

use std::collections::{BTreeMap, BTreeSet};

use codeset::Code;
use codeset::manual::Entry;
use jiff::civil::Date;

/// Characters of a code whose last is the seventh: encounter, fetus, stage.
const FULL_LEN: usize = 7;
/// Characters of a category.
const CATEGORY_LEN: usize = 3;
/// How the leaf that says nothing more ends, most usual first (Official Guidelines, I.A.9.b: "unspecified").
const UNSPECIFIED_ENDINGS: [&str; 7] = ["9", "0", "90", "99", "00", "09", "10"];

/// The codes of one day.
#[derive(Debug, Clone, Default)]
pub struct Codebook {
    nodes: BTreeMap<Code, Node>,
}

/// A code or header without its seventh character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its title.
    pub title: String,
    /// Whether a claim may carry it as it stands.
    pub billable: bool,
    /// Whether a claim must add a seventh character.
    pub needs_seventh: bool,
}

impl Codebook {
    /// The codes of `entries` (the diagnosis manual's) as they stand on `date`.
    pub fn of(entries: &[Entry], date: Date) -> Self {
        let mut nodes: BTreeMap<Code, Node> = BTreeMap::new();
        let mut sevenths: BTreeSet<Code> = BTreeSet::new();
        for entry in entries {
            let valid = entry.is_valid_on(date);
            if text_of(entry.code).len() >= FULL_LEN {
                if valid {
                    sevenths.insert(node_of(entry.code));
                }
            } else if valid || entry.is_header() || has_later_header(entry, entries) {
                let title = entry.title_on(date).map(|title| title.text.clone()).unwrap_or_default();
                nodes.insert(entry.code, Node { title, billable: valid, needs_seventh: false });
            }
        }
        for code in sevenths {
            if let Some(node) = nodes.get_mut(&code) {
                node.needs_seventh = true;
            }
        }
        Self { nodes }
    }

    /// The node of `code`.
    pub fn node(&self, code: Code) -> Option<&Node> {
        self.nodes.get(&code)
    }

    /// The title of `code`; empty if the book has none.
    pub fn title(&self, code: Code) -> &str {
        self.node(code).map_or("", |node| &node.title)
    }

    /// Every node, in order of code.
    pub fn nodes(&self) -> impl Iterator<Item = (Code, &Node)> {
        self.nodes.iter().map(|(code, node)| (*code, node))
    }

    /// What lies under `header`, in order of code.
    pub fn under(&self, header: Code) -> impl Iterator<Item = (Code, &Node)> {
        let below = self.nodes.range(header..).take_while(move |(code, _)| code.starts_with(header));
        below.filter(move |(code, _)| **code != header).map(|(code, node)| (*code, node))
    }

    /// The header directly over `code`.
    pub fn parent(&self, code: Code) -> Option<Code> {
        let text = text_of(code);
        let shorter = (CATEGORY_LEN..text.len()).rev().filter_map(|len| Code::parse(text.get(..len)?).ok());
        shorter.into_iter().find(|shorter| self.nodes.contains_key(shorter))
    }

    /// The code to propose where a source says `code`: itself if a claim may carry it or only a seventh character
    /// is missing, otherwise the leaf under it that says nothing more, otherwise the header. `None` if the book of
    /// that day has neither the code nor its header.
    pub fn resolve(&self, code: Code) -> Option<Code> {
        let code = node_of(code);
        let node = self.nodes.get(&code)?;
        if node.billable || node.needs_seventh {
            return Some(code);
        }
        Some(self.default_leaf(code).unwrap_or(code))
    }

    /// The leaf under `header` that says nothing more than it.
    fn default_leaf(&self, header: Code) -> Option<Code> {
        let is_leaf = |code: &Code| self.node(*code).is_some_and(|node| node.billable || node.needs_seventh);
        let ending = |ending: &str| Code::parse(&format!("{header}{ending}")).ok().filter(is_leaf);
        UNSPECIFIED_ENDINGS.iter().find_map(|text| ending(text)).or_else(|| {
            let says_unspecified = |(_, node): &(Code, &Node)| node.title.contains("nspecified");
            let leaves = self.under(header).filter(|(code, _)| is_leaf(code)).filter(says_unspecified);
            leaves.map(|(code, _)| code).min_by_key(|code| (text_of(*code).len(), *code))
        })
    }
}

/// A code that was split later is a header now, and its entry carries the dates of its time as a code.
fn has_later_header(entry: &Entry, entries: &[Entry]) -> bool {
    let next = entries.partition_point(|other| other.code <= entry.code);
    entries.get(next).is_some_and(|other| other.code.starts_with(entry.code))
}

/// The code without its seventh character and without placeholders: `S72.001A` is `S72.001`, `W19.XXXA` is `W19`.
pub fn node_of(code: Code) -> Code {
    let text = text_of(code);
    let six = text.get(..text.len().min(FULL_LEN - 1)).unwrap_or(&text);
    let stem = six.trim_end_matches('X');
    let kept = if stem.len() < CATEGORY_LEN { six } else { stem };
    Code::parse(kept).unwrap_or(code)
}

/// The first three characters.
pub fn category_of(code: Code) -> Code {
    text_of(code).get(..CATEGORY_LEN).and_then(|text| Code::parse(text).ok()).unwrap_or(code)
}

fn text_of(code: Code) -> String {
    code.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Code {
        Code::parse(text).unwrap()
    }

    fn book(rows: &[(&str, &str, bool)]) -> Codebook {
        let node = |title: &str, billable| Node { title: title.to_owned(), billable, needs_seventh: false };
        Codebook {
            nodes: rows.iter().map(|(c, title, billable)| (code(c), node(title, *billable))).collect(),
        }
    }

    #[test]
    fn seventh_characters_and_placeholders_are_left_away() {
        assert_eq!(node_of(code("S72001A")), code("S72001"));
        assert_eq!(node_of(code("W19XXXA")), code("W19"));
        assert_eq!(node_of(code("M8448X")), code("M8448"));
        assert_eq!(node_of(code("I10")), code("I10"));
    }

    #[test]
    fn a_category_stands_for_its_unspecified_leaf() {
        let book = book(&[
            ("J18", "Pneumonia, unspecified organism", false),
            ("J180", "Bronchopneumonia, unspecified organism", true),
            ("J189", "Pneumonia, unspecified organism", true),
            ("X01", "No such leaf", false),
            ("X014", "One kind", true),
            ("X02", "By title", false),
            ("X024", "Unspecified kind", true),
        ]);
        assert_eq!(book.resolve(code("J18")), Some(code("J189")));
        assert_eq!(book.resolve(code("X01")), Some(code("X01")));
        assert_eq!(book.resolve(code("X02")), Some(code("X024")));
        assert_eq!(book.resolve(code("Z99")), None);
    }

    #[test]
    fn the_parent_is_the_nearest_header() {
        let book = book(&[("J18", "", false), ("J189", "", true)]);
        assert_eq!(book.parent(code("J189")), Some(code("J18")));
        assert_eq!(book.parent(code("J18")), None);
    }
}
