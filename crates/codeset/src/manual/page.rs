//! Pages of a manual: how dated rows become entries, and entries become sections of a pack.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Classification;
use crate::Code;
use crate::rows::{CodeRow, Interval, Title, TitleRow};

/// A code or header with everything dated that is said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The code or header.
    pub code: Code,
    /// When it may be reported; empty for a header.
    pub valid: Vec<Interval>,
    /// Its titles by date; empty where no title is at hand.
    pub titles: Vec<Title>,
}

impl Entry {
    /// Whether the code may be reported on `date`.
    pub fn is_valid_on(&self, date: Date) -> bool {
        self.valid.iter().any(|interval| interval.holds(date))
    }

    /// Whether this is a header that no claim may report.
    pub fn is_header(&self) -> bool {
        self.valid.is_empty()
    }

    /// The title on `date`: the latest that had begun, otherwise the earliest at hand.
    pub fn title_on(&self, date: Date) -> Option<&Title> {
        let begun = |title: &&Title| title.first.is_none_or(|first| first <= date);
        self.titles.iter().rfind(begun).or(self.titles.first())
    }
}

/// The sections that hold the entries of one manual, made from its dated rows.
pub fn pages(of: Classification, codes: &[CodeRow], titles: &[TitleRow]) -> BTreeMap<String, Vec<Entry>> {
    let mut entries: BTreeMap<Code, Entry> = BTreeMap::new();
    for row in codes {
        entry(&mut entries, row.code).valid.push(row.valid);
    }
    for row in titles {
        entry(&mut entries, row.code).titles.push(row.title.clone());
    }
    let mut pages: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for (code, entry) in entries {
        pages.entry(section_name(of, code)).or_default().push(entry);
    }
    pages
}

fn entry(entries: &mut BTreeMap<Code, Entry>, code: Code) -> &mut Entry {
    entries.entry(code).or_insert_with(|| Entry { code, valid: Vec::new(), titles: Vec::new() })
}

/// The section of the page on which `code` stands: its first two characters.
pub(super) fn section_name(of: Classification, code: Code) -> String {
    let text = code.to_string();
    let shared = text.get(..2).unwrap_or(&text);
    format!("{}{shared}.bin", section_prefix(of))
}

/// What the names of all pages of a manual begin with.
pub(super) fn section_prefix(of: Classification) -> String {
    format!("{}/page/", of.folder())
}
