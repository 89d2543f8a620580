//! The dated rows of a classification as its text tables hold them: which codes are valid when, and which title
//! holds from when.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Code, OPEN_END, Row, Table, TableError};

/// Days from `first` to `last`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Interval {
    /// First day.
    pub first: Date,
    /// Last day; [`OPEN_END`] while no end is known.
    pub last: Date,
}

/// A code may be reported on the days of one interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CodeRow {
    /// The code.
    pub code: Code,
    /// When it is valid.
    pub valid: Interval,
}

/// The title of a code or header from one day on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TitleRow {
    /// The code or header.
    pub code: Code,
    /// The title.
    pub title: Title,
}

/// A title with its origin.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Title {
    /// First day it holds; `None` for the earliest title at hand, taken for all earlier days.
    pub first: Option<Date>,
    /// The long title.
    pub text: String,
    /// Where it was read.
    pub source: TitleSource,
}

/// Where a title was read. Written `order-2025`, `tabular-2026`, `composed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TitleSource {
    /// The official order file, code titles or addenda of a fiscal year.
    OrderFile(i16),
    /// The official tabular list of a fiscal year.
    TabularList(i16),
    /// Put together from official parts: a category's title and its seventh character, or the labels
    /// of a procedure's axes. Not an official wording.
    Composed,
}

/// The columns of a table of [`CodeRow`]s.
pub const CODE_COLUMNS: [&str; 3] = ["code", "first", "last"];
/// The columns of a table of [`TitleRow`]s.
pub const TITLE_COLUMNS: [&str; 4] = ["code", "first", "title", "source"];

impl Interval {
    /// Whether `day` lies in the interval.
    pub fn holds(self, day: Date) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// Whether no end is known.
    pub fn is_open(self) -> bool {
        self.last == OPEN_END
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_open() {
            write!(f, "since {}", self.first)
        } else {
            write!(f, "{} to {}", self.first, self.last)
        }
    }
}

impl TitleSource {
    /// Whether the wording is that of a publication.
    pub fn is_official(self) -> bool {
        self != Self::Composed
    }

    /// The source in words for people.
    pub fn describe(self) -> String {
        match self {
            Self::OrderFile(year) => format!("official, order file FY{year}"),
            Self::TabularList(year) => format!("official, tabular list FY{year}"),
            Self::Composed => "composed from official parts, not an official wording".to_owned(),
        }
    }
}

impl fmt::Display for TitleSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OrderFile(year) => write!(f, "order-{year}"),
            Self::TabularList(year) => write!(f, "tabular-{year}"),
            Self::Composed => f.write_str("composed"),
        }
    }
}

impl FromStr for TitleSource {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "composed" {
            return Ok(Self::Composed);
        }
        let (kind, year) = text.split_once('-').ok_or(())?;
        let year = year.parse().map_err(|_| ())?;
        match kind {
            "order" => Ok(Self::OrderFile(year)),
            "tabular" => Ok(Self::TabularList(year)),
            _ => Err(()),
        }
    }
}

/// Reads a table of valid codes, in order of code and date, no day of a code twice.
pub fn read_codes(file: &str, text: &str) -> Result<Vec<CodeRow>, TableError> {
    let table = Table::parse(file, text)?;
    table.expect_columns(&CODE_COLUMNS)?;
    let mut rows: Vec<CodeRow> = Vec::with_capacity(table.len());
    for row in table.rows() {
        let next = code_row(&row)?;
        if let Some(before) = rows.last()
            && (before.code > next.code
                || (before.code == next.code && before.valid.last >= next.valid.first))
        {
            return Err(
                row.error(format!("{} {} is out of order or overlaps the row before", next.code, next.valid))
            );
        }
        rows.push(next);
    }
    Ok(rows)
}

fn code_row(row: &Row<'_>) -> Result<CodeRow, TableError> {
    let first = row.date_or(1, OPEN_END)?;
    let last = row.date_or(2, OPEN_END)?;
    if first == OPEN_END || last < first {
        return Err(row.error("field 2: the interval has no first day or ends before it begins"));
    }
    Ok(CodeRow { code: row.parse(0)?, valid: Interval { first, last } })
}

/// Reads a table of titles, in order of code and date.
pub fn read_titles(file: &str, text: &str) -> Result<Vec<TitleRow>, TableError> {
    let table = Table::parse(file, text)?;
    table.expect_columns(&TITLE_COLUMNS)?;
    let mut rows: Vec<TitleRow> = Vec::with_capacity(table.len());
    for row in table.rows() {
        let next = title_row(&row)?;
        if let Some(before) = rows.last()
            && (before.code, before.title.first) >= (next.code, next.title.first)
        {
            return Err(row.error(format!("{} is out of order or twice on one day", next.code)));
        }
        rows.push(next);
    }
    Ok(rows)
}

fn title_row(row: &Row<'_>) -> Result<TitleRow, TableError> {
    let first = row.date_or(1, OPEN_END)?;
    let text = row.field(2);
    if text.is_empty() {
        return Err(row.error("field 3: the title is blank"));
    }
    Ok(TitleRow {
        code: row.parse(0)?,
        title: Title {
            first: (first != OPEN_END).then_some(first),
            text: text.to_owned(),
            source: row.parse(3)?,
        },
    })
}

/// Writes what [`read_codes`] reads; `comments` go above the header, the first naming the source.
pub fn write_codes(comments: &[&str], rows: &[CodeRow]) -> String {
    let mut out = head(comments, &CODE_COLUMNS);
    for CodeRow { code, valid } in rows {
        let last = if valid.is_open() { String::new() } else { valid.last.to_string() };
        out.push_str(&format!("{code}\t{}\t{last}\n", valid.first));
    }
    out
}

/// Writes what [`read_titles`] reads; `comments` as in [`write_codes`].
pub fn write_titles(comments: &[&str], rows: &[TitleRow]) -> String {
    let mut out = head(comments, &TITLE_COLUMNS);
    for TitleRow { code, title } in rows {
        let first = title.first.map(|d| d.to_string()).unwrap_or_default();
        out.push_str(&format!("{code}\t{first}\t{}\t{}\n", title.text, title.source));
    }
    out
}

/// Comment lines and header line of a table file.
pub fn head(comments: &[&str], columns: &[&str]) -> String {
    let comments: String = comments.iter().map(|c| format!("# {c}\n")).collect();
    format!("{comments}{}\n", columns.join("\t"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODES: &str = "# Source: CMS\ncode\tfirst\tlast\nA000\t2015-10-01\t\nA001\t2015-10-01\t2024-09-30\nA001\t2025-10-01\t\n";
    const TITLES: &str = "# Source: CDC\ncode\tfirst\ttitle\tsource\nA00\t\tCholera\torder-2025\nA00\t2025-10-01\tCholera, all\ttabular-2026\n";

    #[test]
    fn rows_are_written_as_they_were_read() {
        let codes = read_codes("codes.tsv", CODES).unwrap();
        assert_eq!(write_codes(&["Source: CMS"], &codes), CODES);
        let titles = read_titles("titles.tsv", TITLES).unwrap();
        assert_eq!(write_titles(&["Source: CDC"], &titles), TITLES);
    }

    #[test]
    fn disorder_is_refused_with_its_line() {
        let overlapping = CODES.replace("2025-10-01", "2024-09-30");
        assert_eq!(
            read_codes("codes.tsv", &overlapping).unwrap_err().to_string(),
            "codes.tsv, line 5: A001 since 2024-09-30 is out of order or overlaps the row before"
        );
        assert_eq!(read_codes("codes.tsv", &CODES.replace("2024-09-30", "2014-09-30")).unwrap_err().line, 4);
        assert_eq!(read_titles("titles.tsv", &TITLES.replace("2025-10-01", "")).unwrap_err().line, 4);
        assert_eq!(read_titles("titles.tsv", &TITLES.replace("order-2025", "hearsay")).unwrap_err().line, 3);
    }
}
