//! The text of a section as blocks: paragraphs, lists and tables (`chart::document::Section` says how they are written).

use crate::sheet::{Block, Column, Table};
use crate::words::Words;

const ITEM: &str = "- ";
const CELLS: &str = " | ";

/// What a line of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Item,
    Row,
    Blank,
}

fn kind(line: &str) -> Kind {
    if line.trim().is_empty() {
        Kind::Blank
    } else if line.starts_with(ITEM) {
        Kind::Item
    } else if line.contains(CELLS) {
        Kind::Row
    } else {
        Kind::Text
    }
}

/// The blocks of a text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().collect();
    let runs = lines.chunk_by(|one, next| kind(one) == kind(next));
    runs.filter_map(|run| match kind(run[0]) {
        Kind::Blank => None,
        Kind::Text => Some(paragraph(run)),
        Kind::Item => Some(Block::List(run.iter().map(|line| Words::from(&line[ITEM.len()..])).collect())),
        Kind::Row => Some(table(run)),
    })
    .collect()
}

fn paragraph(lines: &[&str]) -> Block {
    Block::Paragraph(lines.join("\n").into())
}

/// A table whose first row names its columns. One row alone is no table.
fn table(lines: &[&str]) -> Block {
    let mut rows: Vec<Vec<&str>> = lines.iter().map(|line| line.split(CELLS).collect()).collect();
    if rows.len() < 2 {
        return paragraph(lines);
    }
    let count = rows.iter().map(Vec::len).max().unwrap_or(1);
    let mut titles = rows.remove(0);
    titles.resize(count, "");
    let columns = titles
        .iter()
        .enumerate()
        .map(|(at, title)| Column::new(title.trim(), share(title, rows.iter().filter_map(|row| row.get(at)))))
        .collect();
    let rows = rows.iter().map(|row| row.iter().map(|cell| Words::from(cell.trim())).collect()).collect();
    Block::Table(Table { columns, rows })
}

/// How wide a column is against the others: by its longest cell, within bounds.
fn share<'a>(title: &str, cells: impl Iterator<Item = &'a &'a str>) -> f32 {
    let longest = cells.map(|cell| cell.chars().count()).chain([title.chars().count()]).max().unwrap_or(0);
    longest.clamp(6, 40) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_lists_and_tables_are_told_apart() {
        let text =
            "First line\nsecond line\n\nNext.\n- one\n- two\nDrug | Dose\nAspirin | 81 mg\n\nA | alone";
        let found = blocks(text);
        let names: Vec<&str> = found
            .iter()
            .map(|block| match block {
                Block::Paragraph(_) => "paragraph",
                Block::List(items) if items.len() == 2 => "list",
                Block::Table(table) if table.rows.len() == 1 && table.columns.len() == 2 => "table",
                _ => "other",
            })
            .collect();
        assert_eq!(names, ["paragraph", "paragraph", "list", "table", "paragraph"]);
    }
}
