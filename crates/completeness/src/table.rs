//! Reads the tables under `data/completeness/`: a source line, a heading, rows of tab-separated columns.

/// A table that cannot be used, with the place and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// A row of another width than the heading.
    #[error(
        "{table}, line {line}: {found} columns where {expected} are expected; part columns by one tab each"
    )]
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
    /// A word that a column does not know.
    #[error("{table}, row {row}: `{word}` is not a {what}; {known}")]
    Word {
        /// The table's name.
        table: &'static str,
        /// The row's key.
        row: String,
        /// The word found.
        word: String,
        /// What was looked for: `condition`, `span`.
        what: &'static str,
        /// What can be written there.
        known: &'static str,
    },
}

/// The rows below the heading, each of exactly `N` columns. Lines that start with `#` are remarks.
pub(crate) fn rows<'a, const N: usize>(
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

/// A column that may be empty: `-` stands for nothing.
pub(crate) fn optional(text: &str) -> Option<&str> {
    (text != "-" && !text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_another_width_is_named() {
        let error = rows::<2>("t", "# Source: none\na\tb\n1\t2\t3\n").unwrap_err();
        assert_eq!(
            error.to_string(),
            "t, line 3: 3 columns where 2 are expected; part columns by one tab each"
        );
    }
}
