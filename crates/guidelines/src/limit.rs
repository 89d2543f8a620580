//! Figures that claims and guidelines set, dated rows of `data/guidelines/limit.tsv`.

use codeset::{Table, TableError};

use crate::days::Days;

/// One figure.
#[derive(Debug)]
pub(crate) struct Limit {
    /// What it limits: `institutional-diagnoses`.
    pub(crate) name: String,
    pub(crate) value: u16,
    pub(crate) days: Days,
    /// Where it is written.
    pub(crate) citation: String,
}

/// The columns of the table.
const COLUMNS: [&str; 5] = ["limit", "value", "first", "last", "citation"];

/// Reads the table.
pub(crate) fn read(file: &str, text: &str) -> Result<Vec<Limit>, TableError> {
    let table = Table::parse(file, text)?;
    table.expect_columns(&COLUMNS)?;
    let read = |row: codeset::Row<'_>| {
        Ok(Limit {
            name: row.field(0).to_owned(),
            value: row.parse(1)?,
            days: Days::of_row(&row, 2)?,
            citation: row.field(4).to_owned(),
        })
    };
    table.rows().map(read).collect()
}

impl crate::case::Case<'_> {
    /// The figure of that name on the day of discharge.
    pub(crate) fn limit(&self, name: &str) -> Option<&Limit> {
        self.book.limits.iter().find(|limit| limit.name == name && limit.days.hold(self.day))
    }
}
