//! ICD-9-CM and the General Equivalence Mappings: what an old record's code is today, and what a code of today was.
//!
//! The mappings were published for the last time for fiscal year 2018: codes of later years have no entry.

use std::collections::BTreeMap;

use codeset::{Pack, Table, TableError};
use serde::Serialize;

use crate::EncoderError;
use crate::search::words::words;

const TITLES: &str = "icd9cm/titles.tsv";
const FORWARD: &str = "icd9cm/gem_forward.tsv";
const BACKWARD: &str = "icd9cm/gem_backward.tsv";

/// A category of ICD-9-CM has three characters; one of external causes, which begins with E, has four.
const CATEGORY_LEN: usize = 3;

/// ICD-9-CM of its last year, with the mappings to and from ICD-10-CM.
#[derive(Debug, Clone)]
pub struct Former {
    titles: BTreeMap<String, String>,
    forward: BTreeMap<String, Vec<Equivalent>>,
    backward: BTreeMap<String, Vec<Equivalent>>,
}

/// What a code is in the other classification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Equivalent {
    /// The other code, without its point; `None` where the mappings give none.
    pub code: Option<String>,
    /// Whether the two only come near each other in meaning.
    pub is_approximate: bool,
    /// Where several codes together say the same: which of the ways it belongs to, from 1, and which of the lists of
    /// that way, from 1. One code of each list of a way makes the whole.
    pub part: Option<(u8, u8)>,
}

/// A code of ICD-9-CM with what it is today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormerCode {
    /// As ICD-9-CM prints it: `410.71`.
    pub code: String,
    /// Its title.
    pub title: String,
    /// What it is in ICD-10-CM.
    pub today: Vec<Equivalent>,
}

impl Former {
    /// Opens the tables of `pack`.
    pub fn open(pack: &Pack) -> Result<Self, EncoderError> {
        let titles = pack.text(TITLES)?;
        let titles = Table::parse(TITLES, &titles)?;
        titles.expect_columns(&["code", "title"])?;
        Ok(Self {
            titles: titles.rows().map(|row| (row.field(0).to_owned(), row.field(1).to_owned())).collect(),
            forward: mappings(FORWARD, &pack.text(FORWARD)?)?,
            backward: mappings(BACKWARD, &pack.text(BACKWARD)?)?,
        })
    }

    /// The code `text`, with its point or without; `None` if ICD-9-CM has none.
    pub fn code(&self, text: &str) -> Option<FormerCode> {
        let code: String = text.trim().to_ascii_uppercase().chars().filter(|c| *c != '.').collect();
        self.titles.get(&code).map(|title| self.found(&code, title))
    }

    /// The codes that begin with `text`, or whose titles have all its words, each perhaps only begun; the first `limit`.
    pub fn find(&self, text: &str, limit: usize) -> Vec<FormerCode> {
        let begins: String = text.trim().to_ascii_uppercase().chars().filter(|c| *c != '.').collect();
        let asked = words(text);
        if begins.is_empty() {
            return Vec::new();
        }
        let is_meant = |code: &str, title: &str| {
            let held = words(title);
            let has = |word: &String| held.iter().any(|held| held.starts_with(word.as_str()));
            code.starts_with(&begins) || (!asked.is_empty() && asked.iter().all(has))
        };
        let meant = self.titles.iter().filter(|(code, title)| is_meant(code, title));
        meant.take(limit).map(|(code, title)| self.found(code, title)).collect()
    }

    /// What `code` of ICD-10-CM, without its point, was in ICD-9-CM, with the titles; empty where the mappings have no
    /// such code.
    pub fn was(&self, code: &str) -> Vec<(Equivalent, &str)> {
        let was = self.backward.get(code).into_iter().flatten();
        let title = |one: &Equivalent| one.code.as_ref().and_then(|code| self.titles.get(code));
        was.map(|one| (one.clone(), title(one).map_or("", String::as_str))).collect()
    }

    fn found(&self, code: &str, title: &str) -> FormerCode {
        let today = self.forward.get(code).cloned().unwrap_or_default();
        FormerCode { code: pointed(code), title: title.to_owned(), today }
    }
}

impl Equivalent {
    /// What is to be known of it, for people; empty where it is exact and whole.
    pub fn remark(&self) -> String {
        let near = if self.is_approximate && self.code.is_some() { "comes near" } else { "" };
        let part = self.part.map(|(way, list)| format!("way {way}, one of list {list}"));
        let remarks = [near.to_owned(), part.unwrap_or_default()];
        remarks.into_iter().filter(|remark| !remark.is_empty()).collect::<Vec<_>>().join("; ")
    }
}

/// The code as ICD-9-CM prints it.
pub fn pointed(code: &str) -> String {
    let len = if code.starts_with('E') { CATEGORY_LEN + 1 } else { CATEGORY_LEN };
    match code.split_at_checked(len) {
        Some((category, rest)) if !rest.is_empty() => format!("{category}.{rest}"),
        _ => code.to_owned(),
    }
}

/// The mappings of one direction. The five flags: approximate, no map, combination, way, list.
fn mappings(file: &str, text: &str) -> Result<BTreeMap<String, Vec<Equivalent>>, TableError> {
    let table = Table::parse(file, text)?;
    table.expect_columns(&["from", "to", "flags"])?;
    let mut mappings: BTreeMap<String, Vec<Equivalent>> = BTreeMap::new();
    for row in table.rows() {
        let [approximate, _, combination, way, list] = row.field(2).as_bytes() else {
            return Err(row.error(format!("'{}' is not five flags", row.field(2))));
        };
        let number = |flag: &u8| flag.saturating_sub(b'0');
        mappings.entry(row.field(0).to_owned()).or_default().push(Equivalent {
            code: Some(row.field(1).to_owned()).filter(|code| !code.is_empty()),
            is_approximate: *approximate == b'1',
            part: (*combination == b'1').then(|| (number(way), number(list))),
        });
    }
    Ok(mappings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_read_and_said() {
        let text = "# Source: made up\nfrom\tto\tflags\n41071\tI214\t00000\n8000\tA1\t10111\n8000\tB2\t10112\nV9\t\t11000\n";
        let read = mappings("gem.tsv", text).unwrap();
        assert_eq!(read["41071"][0].remark(), "");
        assert_eq!(read["8000"][1].remark(), "comes near; way 1, one of list 2");
        assert_eq!((read["V9"][0].code.as_deref(), read["V9"][0].remark().as_str()), (None, ""));
        assert!(mappings("gem.tsv", "# Source: x\nfrom\tto\tflags\na\tb\t1\n").is_err());
    }

    #[test]
    fn the_point_stands_after_the_category() {
        assert_eq!(["41071", "E8150", "V270", "042"].map(pointed), ["410.71", "E815.0", "V27.0", "042"]);
    }
}
