//! The department's document types: what each is called, where it stands in the chart and how long it is kept.
//!
//! Read from `data/record/document-type.tsv`; further LOINC codes for the same types stand in
//! `data/record/document-loinc.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

static TYPES: &str = include_str!("../../../data/record/document-type.tsv");
static FURTHER: &str = include_str!("../../../data/record/document-loinc.tsv");

/// A type of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentType {
    /// Its key: `discharge-summary`.
    pub key: &'static str,
    /// Its LOINC document code, where one is known.
    pub loinc: Option<&'static str>,
    /// What it is called.
    pub title: &'static str,
    /// The group of the chart it stands in: `history`, `orders`. Groups and types are listed in the chart's order of
    /// assembly.
    pub group: &'static str,
    /// Whether it is part of the legal health record.
    pub legal_health_record: bool,
    /// What coders may read in it.
    pub codable: Codable,
    /// How long it is kept.
    pub keeps: Keeps,
}

/// What a document may contribute to coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Codable {
    /// A provider's own diagnostic statement: codes may rest on it.
    Codable,
    /// Evidence that may found a query, but no code by itself.
    Caution,
    /// Never read for codes.
    Ignored,
}

/// How long a document is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Keeps {
    /// For good.
    Permanent,
    /// As long as the record.
    Record,
}

/// The table of document types.
#[derive(Debug)]
pub struct DocumentTypes {
    rows: Vec<DocumentType>,
    by_loinc: HashMap<&'static str, usize>,
}

/// The table in force.
pub fn document_types() -> &'static DocumentTypes {
    static TABLE: LazyLock<DocumentTypes> = LazyLock::new(DocumentTypes::open);
    &TABLE
}

impl DocumentTypes {
    fn open() -> Self {
        let rows: Vec<DocumentType> = lines(TYPES).filter_map(|row| document_type(&row)).collect();
        let own = rows.iter().enumerate().filter_map(|(at, row)| Some((row.loinc?, at)));
        let further = lines(FURTHER).filter_map(|row| {
            let at = rows.iter().position(|one| one.key == row[1])?;
            Some((row[0], at))
        });
        let mut by_loinc = HashMap::new();
        // Where two types share a code, the first is meant: the code alone cannot tell them apart.
        for (loinc, at) in own.chain(further) {
            by_loinc.entry(loinc).or_insert(at);
        }
        Self { rows, by_loinc }
    }

    /// Every type, in the chart's order of assembly.
    #[must_use]
    pub fn all(&self) -> &[DocumentType] {
        &self.rows
    }

    /// The type with this key.
    #[must_use]
    pub fn by_key(&self, key: &str) -> Option<&DocumentType> {
        self.rows.iter().find(|one| one.key == key)
    }

    /// The type a LOINC document code stands for.
    #[must_use]
    pub fn of_loinc(&self, code: &str) -> Option<&DocumentType> {
        self.by_loinc.get(code).map(|at| &self.rows[*at])
    }
}

/// The rows of a table, without its source line and its heading.
fn lines(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split('\t').collect())
}

fn document_type(row: &[&'static str]) -> Option<DocumentType> {
    let [key, loinc, title, group, legal, codable, keeps] = *row else { return None };
    let codable = match codable {
        "codable" => Codable::Codable,
        "caution" => Codable::Caution,
        "ignored" => Codable::Ignored,
        _ => return None,
    };
    let keeps = match keeps {
        "permanent" => Keeps::Permanent,
        "record" => Keeps::Record,
        _ => return None,
    };
    let loinc = (loinc != "-").then_some(loinc);
    Some(DocumentType { key, loinc, title, group, legal_health_record: legal == "yes", codable, keeps })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood_and_every_key_is_once() {
        let types = document_types();
        assert_eq!(types.all().len(), lines(TYPES).count());
        for one in types.all() {
            assert_eq!(types.by_key(one.key), Some(one), "{} twice", one.key);
        }
        for row in lines(FURTHER) {
            assert!(types.by_key(row[1]).is_some(), "{}: no document type {}", row[0], row[1]);
        }
    }

    #[test]
    fn a_loinc_code_finds_its_type() {
        let key = |code| document_types().of_loinc(code).map(|one| one.key);
        assert_eq!(key("18842-5"), Some("discharge-summary"));
        assert_eq!(key("34105-7"), Some("discharge-summary"));
        assert_eq!(key("34117-2"), Some("history-and-physical"));
        assert_eq!(key("0-0"), None);
    }
}
