//! Reading the small tables of `data/record/`: lines of cells with tabs between them.

use std::str::FromStr;

/// A line of a table that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct TableError {
    /// From 1, the source line counted.
    pub line: usize,
    /// What is wrong, and what should stand there.
    pub what: String,
}

/// A line with its number, cut at tabs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'a, const N: usize> {
    /// From 1, the source line counted.
    pub(crate) number: usize,
    /// What stands in it.
    pub(crate) cells: [&'a str; N],
}

impl<const N: usize> Line<'_, N> {
    /// The cell at `at`, read as what it is.
    pub(crate) fn read<T: FromStr>(&self, at: usize) -> Result<T, TableError>
    where
        T::Err: std::fmt::Display,
    {
        self.cells[at].parse().map_err(|error: T::Err| self.wrong(&error.to_string()))
    }

    /// What is wrong with this line.
    pub(crate) fn wrong(&self, what: &str) -> TableError {
        TableError { line: self.number, what: what.to_owned() }
    }
}

/// The lines of a table, without its source and its heading.
pub(crate) fn lines<const N: usize>(text: &str) -> impl Iterator<Item = Result<Line<'_, N>, TableError>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    lines.skip(1).map(|(at, line)| {
        let cells: Vec<&str> = line.split('\t').collect();
        let what = || format!("{N} columns are expected, with tabs between them");
        let cells = cells.try_into().map_err(|_| TableError { line: at + 1, what: what() })?;
        Ok(Line { number: at + 1, cells })
    })
}
