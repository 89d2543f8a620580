//! What was counted on coded charts: in how many a phrase stood, and in how many of those a code was assigned.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use codeset::{Code, Row, Table, TableError};

use crate::codebook::Codebook;
use crate::lexicon::{Lexicon, PhraseId};

/// Counts of charts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counts {
    /// How many charts were counted.
    pub charts: u32,
    /// Charts by code.
    pub codes: BTreeMap<Code, u32>,
    /// By phrase: charts with it, and among these by code.
    pub phrases: BTreeMap<PhraseId, PhraseCount>,
}

/// The counts of one phrase.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PhraseCount {
    /// Charts in which it stands.
    pub seen: u32,
    /// Among these, charts by code.
    pub coded: BTreeMap<Code, u32>,
}

impl Counts {
    /// Reads both tables; the words of phrases are made parts of `lexicon`, the codes those of `book`'s day. A
    /// phrase with a word that no manual has is left out: there is nothing it could mean.
    pub(crate) fn parse(
        phrases: (&str, &str),
        codes: (&str, &str),
        lexicon: &mut Lexicon,
        book: &Codebook,
    ) -> Result<Self, TableError> {
        let mut counts = Self::default();
        let table = Table::parse(codes.0, codes.1)?;
        table.expect_columns(&["code", "charts", "of"])?;
        for row in table.rows() {
            counts.charts = row.parse(2)?;
            if let Some(code) = book.resolve(row.parse(0)?) {
                *counts.codes.entry(code).or_default() += row.parse::<u32>(1)?;
            }
        }
        let table = Table::parse(phrases.0, phrases.1)?;
        table.expect_columns(&["phrase", "seen", "coded"])?;
        for row in table.rows() {
            let stems: Vec<&str> = row.field(0).split(' ').collect();
            if let Some(phrase) = lexicon.add_part(&stems) {
                counts.phrases.insert(phrase, phrase_count(&row, book)?);
            }
        }
        Ok(counts)
    }

    /// Counts one more chart with these phrases and codes.
    pub(crate) fn add(&mut self, phrases: impl Iterator<Item = PhraseId>, codes: &BTreeSet<Code>) {
        self.charts += 1;
        for code in codes {
            *self.codes.entry(*code).or_default() += 1;
        }
        for phrase in phrases {
            let count = self.phrases.entry(phrase).or_default();
            count.seen += 1;
            for code in codes {
                *count.coded.entry(*code).or_default() += 1;
            }
        }
    }

    /// The rows of the table of phrases, under their keys.
    pub(crate) fn write_phrases(&self, lexicon: &Lexicon) -> String {
        let keyed: BTreeMap<String, &PhraseCount> =
            self.phrases.iter().map(|(phrase, count)| (lexicon.key(*phrase), count)).collect();
        let mut text = "phrase\tseen\tcoded\n".to_owned();
        for (key, count) in keyed {
            let coded: Vec<String> = count.coded.iter().map(|(code, n)| format!("{code}:{n}")).collect();
            // Writing into a text cannot fail.
            let _ = writeln!(text, "{key}\t{}\t{}", count.seen, coded.join(" "));
        }
        text
    }

    /// The rows of the table of codes.
    pub(crate) fn write_codes(&self) -> String {
        let mut text = "code\tcharts\tof\n".to_owned();
        for (code, charts) in &self.codes {
            let _ = writeln!(text, "{code}\t{charts}\t{}", self.charts);
        }
        text
    }
}

fn phrase_count(row: &Row<'_>, book: &Codebook) -> Result<PhraseCount, TableError> {
    let mut count = PhraseCount { seen: row.parse(1)?, coded: BTreeMap::new() };
    for pair in row.field(2).split(' ').filter(|pair| !pair.is_empty()) {
        let read =
            pair.split_once(':').and_then(|(code, n)| Some((Code::parse(code).ok()?, n.parse().ok()?)));
        let (code, charts): (Code, u32) =
            read.ok_or_else(|| row.error(format!("'{pair}' is no code with its count, as in R109:12")))?;
        if let Some(code) = book.resolve(code) {
            *count.coded.entry(code).or_default() += charts;
        }
    }
    Ok(count)
}
