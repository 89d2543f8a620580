//! What the classification before this one called a condition. Where the General Equivalence Mappings lead an ICD-9-CM
//! code to one place of ICD-10-CM, its title names that place: old records and older physicians speak so.

use std::collections::{BTreeMap, BTreeSet};

use codeset::{Code, Table};

use super::{CompileError, Files, text};
use crate::search::{Phrase, Source};

/// A common beginning shorter than this is a chapter's letter, no place.
const LEAST_PLACE: usize = 3;
/// The flag of an entry that is only part of a combination, by its place among the five.
const COMBINATION: usize = 2;

/// The titles of ICD-9-CM as phrases of ICD-10-CM.
pub(super) fn phrases(files: &Files, known: &BTreeSet<Code>) -> Result<Vec<Phrase>, CompileError> {
    let titles = Table::parse(TITLES, text(files, TITLES)?)?;
    titles.expect_columns(&["code", "title"])?;
    let places = places(files, known)?;
    let phrase = |row: codeset::Row<'_>| {
        let code = *places.get(row.field(0))?;
        Some(Phrase { code, source: Source::Former, text: row.field(1).to_owned() })
    };
    Ok(titles.rows().filter_map(phrase).collect())
}

const TITLES: &str = "icd9cm/titles.tsv";
const FORWARD: &str = "icd9cm/gem_forward.tsv";

/// For each ICD-9-CM code the one place that all its equivalents share.
fn places(files: &Files, known: &BTreeSet<Code>) -> Result<BTreeMap<String, Code>, CompileError> {
    let mut targets: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let table = Table::parse(FORWARD, text(files, FORWARD)?)?;
    table.expect_columns(&["from", "to", "flags"])?;
    for row in table.rows() {
        let (from, to, flags) = (row.field(0), row.field(1), row.field(2));
        if to.is_empty() || flags.as_bytes().get(COMBINATION) == Some(&b'1') {
            continue;
        }
        let to = Code::parse(to).map_err(|_| row.error(format!("'{to}' is no code of ICD-10-CM")))?;
        targets.entry(from.to_owned()).or_default().push(to.to_string());
    }
    let placed = targets.into_iter().filter_map(|(from, to)| Some((from, place(&to, known)?)));
    Ok(placed.collect())
}

/// The longest beginning that all codes of `to` share and that is a known place.
fn place(to: &[String], known: &BTreeSet<Code>) -> Option<Code> {
    let first = to.first()?;
    let shared = |len: &usize| to.iter().all(|code| code.get(..*len) == first.get(..*len));
    let lengths = (LEAST_PLACE..=first.len()).rev().filter(shared);
    lengths.filter_map(|len| Code::parse(first.get(..len)?).ok()).find(|code| known.contains(code))
}
