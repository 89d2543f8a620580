//! Pairs of codes that do not stand beside each other, dated rows of `data/guidelines/pair.tsv`.

use codeset::{Table, TableError};

use crate::case::Case;
use crate::days::Days;
use crate::list::spans;
use crate::span::Span;

/// Two conditions, and what the guidelines say of them together.
#[derive(Debug)]
pub(crate) struct Pair {
    /// The rule that the row belongs to.
    pub(crate) rule: String,
    pub(crate) one: Vec<Span>,
    pub(crate) other: Vec<Span>,
    /// With one of these present the row says nothing.
    unless: Vec<Span>,
    /// The code to use, as text for people; blank where the order alone matters.
    pub(crate) instead: String,
    pub(crate) days: Days,
    pub(crate) citation: String,
    /// What the two are, in words.
    pub(crate) what: String,
}

/// The columns of the table.
const COLUMNS: [&str; 9] = ["rule", "one", "other", "instead", "unless", "first", "last", "citation", "what"];

/// Reads the table.
pub(crate) fn read(file: &str, text: &str) -> Result<Vec<Pair>, TableError> {
    let table = Table::parse(file, text)?;
    table.expect_columns(&COLUMNS)?;
    let read = |row: codeset::Row<'_>| {
        Ok(Pair {
            rule: row.field(0).to_owned(),
            one: spans(&row, 1)?,
            other: spans(&row, 2)?,
            instead: row.field(3).to_owned(),
            unless: spans(&row, 4)?,
            days: Days::of_row(&row, 5)?,
            citation: row.field(7).to_owned(),
            what: row.field(8).to_owned(),
        })
    };
    table.rows().map(read).collect()
}

impl Pair {
    /// The places of the first code that is the one and the first that is the other; `None` unless both are there.
    pub(crate) fn found(&self, case: &Case<'_>) -> Option<(usize, usize)> {
        let (one, other) = (case.first_in(&self.one)?, case.first_in(&self.other)?);
        (one != other && case.first_in(&self.unless).is_none()).then_some((one, other))
    }
}
