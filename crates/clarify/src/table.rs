//! Reading the tables of `data/clarify/`: lines of cells with tabs between them.

/// A row that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{table}, line {line}: {what}")]
pub struct TableError {
    /// `templates` or `options`.
    pub table: &'static str,
    /// From 1, the source line counted.
    pub line: usize,
    /// What is wrong, and what should stand there.
    pub what: String,
}

/// The rows of a table with their line numbers, without its source and its heading.
pub(crate) fn rows<'a, const N: usize>(
    table: &'static str,
    text: &'a str,
) -> Result<Vec<(usize, [&'a str; N])>, TableError> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    let row = |(at, line): (usize, &'a str)| {
        let cells: Vec<&str> = line.split('\t').collect();
        let what = format!("{N} columns are expected, with tabs between them");
        let wrong = |_| TableError { table, line: at + 1, what };
        Ok((at + 1, cells.try_into().map_err(wrong)?))
    };
    lines.skip(1).map(row).collect()
}
