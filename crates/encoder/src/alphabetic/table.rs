//! The Neoplasm Table and the Table of Drugs: first the row, by its words; then the column, by behaviour or intent.
//! Searching the cells as phrases finds the drug and misses the intent, so these two are picked in two steps.

use std::collections::HashSet;

use codeset::Code;
use roxmltree::Node;

use super::reader::{child_text, code, walk};
use super::{IndexError, with_document};
use crate::search::words::words;

/// A table of codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// The fiscal year it is published for.
    pub version: String,
    /// The columns that hold codes, such as `Malignant Primary` or `Adverse effect`.
    pub columns: Vec<String>,
    /// The rows in the table's order.
    pub rows: Vec<Row>,
}

/// A row: a site, or a substance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// From the main entry down to this one.
    pub path: Vec<String>,
    /// Another row to look at, where the table says *see*.
    pub see: Option<String>,
    /// One cell for each column.
    pub cells: Vec<Cell>,
}

/// A cell of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// A code, or the header of several.
    Code(Code),
    /// The table gives none: an adverse effect of a substance that is no drug.
    None,
}

impl Grid {
    /// Reads the official file.
    pub fn read(file: &str, text: &str) -> Result<Self, IndexError> {
        with_document(file, text, |document| {
            let root = document.root_element();
            let heads = root.descendants().filter(|node| node.has_tag_name("head"));
            // The first column is the row's name.
            let columns: Vec<String> =
                heads.skip(1).filter_map(|head| head.text().map(str::to_owned)).collect();
            if columns.is_empty() {
                return Err(IndexError::Empty { file: file.to_owned(), what: "columns" });
            }
            let mut rows = Vec::new();
            for letter in root.children().filter(|child| child.has_tag_name("letter")) {
                walk(letter, &mut Vec::new(), &mut |term, path| {
                    let path = path.iter().map(|title| title.words.clone()).collect();
                    rows.extend(row(term, path, columns.len()));
                });
            }
            Ok(Self { version: child_text(root, "version").unwrap_or_default(), columns, rows })
        })
    }

    /// The rows that answer `text`, best first: those with most of its words, the shorter before the longer.
    pub fn rows_for(&self, text: &str, limit: usize) -> Vec<&Row> {
        let asked = words(text);
        let mut scored: Vec<(usize, usize, &Row)> = Vec::new();
        for row in &self.rows {
            let held: HashSet<String> = row.path.iter().flat_map(|part| words(part)).collect();
            let found =
                asked.iter().filter(|word| held.iter().any(|held| held.starts_with(word.as_str()))).count();
            if found > 0 {
                scored.push((asked.len() - found, held.len(), row));
            }
        }
        scored.sort_by_key(|(missing, len, _)| (*missing, *len));
        scored.into_iter().take(limit).map(|(_, _, row)| row).collect()
    }

    /// The code where `row` meets the column numbered `column`, from 0.
    pub fn code(&self, row: &Row, column: usize) -> Option<Code> {
        match row.cells.get(column)? {
            Cell::Code(code) => Some(*code),
            Cell::None => None,
        }
    }
}

/// The row of a term; `None` if it has neither cells nor a reference.
fn row(term: Node<'_, '_>, path: Vec<String>, columns: usize) -> Option<Row> {
    let mut cells = vec![Cell::None; columns];
    let mut has_cells = false;
    for node in term.children().filter(|child| child.has_tag_name("cell")) {
        // Columns are numbered from 1, the first being the row's name.
        let column: usize = node.attribute("col")?.parse().ok()?;
        if let Some(cell) = column.checked_sub(2).and_then(|at| cells.get_mut(at)) {
            *cell = node.text().and_then(code).map_or(Cell::None, Cell::Code);
            has_cells = true;
        }
    }
    let see = child_text(term, "see").or_else(|| child_text(term, "seeAlso"));
    (has_cells || see.is_some()).then_some(Row { path, see, cells })
}
