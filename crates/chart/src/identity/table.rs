//! Reads the small tables under `data/identity/`: a source line, a header, rows of tab-separated columns.

use std::str::FromStr;

/// A table that cannot be used, with the place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// A row of another width than the header.
    #[error("{table}, line {line}: {found} columns where {expected} are expected")]
    Columns {
        /// The table's name.
        table: &'static str,
        /// Line number, from 1.
        line: usize,
        /// Columns in the row.
        found: usize,
        /// Columns the table has.
        expected: usize,
    },
    /// A word that the table does not know.
    #[error("{table}: '{word}' is not a word of this table; see the shipped file for those it has")]
    Word {
        /// The table's name.
        table: &'static str,
        /// The word found.
        word: String,
    },
    /// Something that should be a number.
    #[error("{table}: '{text}' is not a number in the range this column allows")]
    Number {
        /// The table's name.
        table: &'static str,
        /// The text found.
        text: String,
    },
    /// A row that must be there.
    #[error("{table}: there is no row for {what}; add it")]
    Missing {
        /// The table's name.
        table: &'static str,
        /// What lacks a row.
        what: String,
    },
}

/// The rows below the header, each of exactly `N` columns. Lines that start with `#` are remarks.
pub(super) fn rows<'a, const N: usize>(
    table: &'static str,
    text: &'a str,
) -> Result<Vec<[&'a str; N]>, TableError> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.skip(1).map(|(at, line)| columns(table, at + 1, line)).collect()
}

fn columns<'a, const N: usize>(
    table: &'static str,
    line: usize,
    text: &'a str,
) -> Result<[&'a str; N], TableError> {
    let columns: Vec<&str> = text.split('\t').collect();
    let found = columns.len();
    columns.try_into().map_err(|_| TableError::Columns { table, line, found, expected: N })
}

/// A column's text as a number.
pub(super) fn number<T: FromStr>(table: &'static str, text: &str) -> Result<T, TableError> {
    text.parse().map_err(|_| TableError::Number { table, text: text.to_owned() })
}
