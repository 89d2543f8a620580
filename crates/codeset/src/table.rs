//! The text form of regulation: tab-separated rows under a header, comment lines first that name the source.
//!
//! ```text
//! # Source: CMS MS-DRG Definitions Manual …
//! code⇥first⇥last⇥mdc
//! A000⇥40.0⇥⇥6
//! ```
//! A blank `last` means *still in force*, so a new year changes only the rows that change.

use jiff::civil::{Date, date};

/// A table file, read whole: comments, column names, rows.
#[derive(Debug, Clone)]
pub struct Table<'t> {
    file: &'t str,
    comments: Vec<&'t str>,
    columns: Vec<&'t str>,
    rows: Vec<(usize, &'t str)>,
}

/// One row of a [`Table`], with its place for error messages.
#[derive(Debug, Clone)]
pub struct Row<'t> {
    /// The file's name.
    pub file: &'t str,
    /// The line's number, from 1.
    pub line: usize,
    fields: Vec<&'t str>,
}

/// What is wrong in a table file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {what}")]
pub struct TableError {
    /// The file's name.
    pub file: String,
    /// The line's number, from 1.
    pub line: usize,
    /// What is wrong and what was expected.
    pub what: String,
}

impl<'t> Table<'t> {
    /// Reads `text`; every row must have as many fields as the header has names.
    pub fn parse(file: &'t str, text: &'t str) -> Result<Self, TableError> {
        let mut lines = text.lines().enumerate().map(|(n, line)| (n + 1, line.trim_end_matches('\r')));
        let mut comments = Vec::new();
        let header = loop {
            match lines.next() {
                Some((_, line)) if line.starts_with('#') => {
                    comments.push(line.trim_start_matches(['#', ' ']));
                }
                Some((_, line)) => break line,
                None => return Err(error(file, 1, "no header line")),
            }
        };
        let columns: Vec<_> = header.split('\t').collect();
        let rows: Vec<_> = lines.filter(|(_, line)| !line.is_empty()).collect();
        let table = Self { file, comments, columns, rows };
        for (line, row) in &table.rows {
            let found = row.split('\t').count();
            if found != table.columns.len() {
                let wanted = table.columns.len();
                return Err(error(file, *line, format!("{found} fields where the header names {wanted}")));
            }
        }
        Ok(table)
    }

    /// The comment lines above the header; the first names the source.
    pub fn comments(&self) -> &[&'t str] {
        &self.comments
    }

    /// The column names.
    pub fn columns(&self) -> &[&'t str] {
        &self.columns
    }

    /// Fails unless the columns are exactly `names`.
    pub fn expect_columns(&self, names: &[&str]) -> Result<(), TableError> {
        if self.columns == names {
            return Ok(());
        }
        let what = format!("columns are '{}', expected '{}'", self.columns.join(" "), names.join(" "));
        Err(error(self.file, self.comments.len() + 1, what))
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether the table has no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows in file order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'t>> {
        self.rows.iter().map(|&(line, row)| Row { file: self.file, line, fields: row.split('\t').collect() })
    }
}

impl<'t> Row<'t> {
    /// The field in column `index`, from 0.
    pub fn field(&self, index: usize) -> &'t str {
        self.fields.get(index).copied().unwrap_or_default()
    }

    /// The field in column `index`, read as `T`.
    pub fn parse<T: std::str::FromStr>(&self, index: usize) -> Result<T, TableError> {
        let field = self.field(index);
        field.parse().map_err(|_| self.error(format!("field {}: '{field}' is not readable", index + 1)))
    }

    /// As [`Row::parse`], with a blank field as `None`.
    pub fn parse_opt<T: std::str::FromStr>(&self, index: usize) -> Result<Option<T>, TableError> {
        if self.field(index).is_empty() { Ok(None) } else { self.parse(index).map(Some) }
    }

    /// The date in column `index`; `blank` where the field is empty.
    pub fn date_or(&self, index: usize, blank: Date) -> Result<Date, TableError> {
        let field = self.field(index);
        if field.is_empty() {
            return Ok(blank);
        }
        parse_date(field).ok_or_else(|| self.error(format!("field {}: '{field}' is no date", index + 1)))
    }

    /// An error at this row.
    pub fn error(&self, what: impl Into<String>) -> TableError {
        error(self.file, self.line, what)
    }
}

/// Reads `2026-10-01` or `20261001`; anything else, or a day no calendar has, is `None`.
pub fn parse_date(text: &str) -> Option<Date> {
    let digits = |range: std::ops::Range<usize>| -> Option<i16> {
        let part = text.get(range)?;
        if part.bytes().all(|b| b.is_ascii_digit()) { part.parse().ok() } else { None }
    };
    let (year, month, day) = match text.len() {
        8 => (digits(0..4)?, digits(4..6)?, digits(6..8)?),
        10 if text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-' => {
            (digits(0..4)?, digits(5..7)?, digits(8..10)?)
        }
        _ => return None,
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The date that stands for "still in force" in an open interval.
pub const OPEN_END: Date = date(9999, 12, 31);

fn error(file: &str, line: usize, what: impl Into<String>) -> TableError {
    TableError { file: file.to_owned(), line, what: what.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_comments_header_and_rows() {
        let table = Table::parse("t.tsv", "# Source: CMS\ncode\tlast\nA000\t\nA001\t2024-09-30\n").unwrap();
        assert_eq!(table.comments(), ["Source: CMS"]);
        let rows: Vec<_> = table.rows().collect();
        assert_eq!((rows[1].line, rows[1].field(0)), (4, "A001"));
        assert_eq!(rows[0].date_or(1, OPEN_END), Ok(OPEN_END));
        assert_eq!(rows[1].date_or(1, OPEN_END), Ok(date(2024, 9, 30)));
    }

    #[test]
    fn says_where_a_row_is_wrong() {
        let error = Table::parse("t.tsv", "a\tb\n1\t2\n3\n").unwrap_err();
        assert_eq!(error.to_string(), "t.tsv, line 3: 1 fields where the header names 2");
        let table = Table::parse("t.tsv", "a\nx\n").unwrap();
        let error = table.rows().next().unwrap().parse::<u8>(0).unwrap_err();
        assert_eq!(error.to_string(), "t.tsv, line 2: field 1: 'x' is not readable");
    }

    #[test]
    fn dates_are_read_strictly() {
        assert_eq!(parse_date("20261001"), parse_date("2026-10-01"));
        for text in ["", "2026-1-01", "20261301", "2026-02-30", "2026/10/01", "+0261001", "2026é001"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}
