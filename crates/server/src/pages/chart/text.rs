//! The text of a document's section, as blocks a page can set: paragraphs, lists and tables.

use chart::document::Section;
use serde::Serialize;

/// A section to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SectionView {
    pub(crate) title: String,
    pub(crate) depth: u8,
    pub(crate) blocks: Vec<Block>,
}

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub(crate) enum Block {
    /// Lines that belong together.
    Text { lines: Vec<String> },
    /// Items that began with `- `.
    List { items: Vec<String> },
    /// Rows of cells that were parted by ` | `.
    Table { rows: Vec<Vec<String>> },
}

/// The sections, ready to read.
pub(crate) fn sections(sections: &[Section]) -> Vec<SectionView> {
    let view = |section: &Section| SectionView {
        title: section.title.clone(),
        depth: section.depth,
        blocks: blocks(&section.text),
    };
    sections.iter().map(view).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LineKind {
    Text,
    Item,
    Row,
}

fn kind(line: &str) -> LineKind {
    if line.starts_with("- ") {
        LineKind::Item
    } else if line.contains(" | ") {
        LineKind::Row
    } else {
        LineKind::Text
    }
}

/// The blocks of a text: blank lines part paragraphs, a change of kind ends a block.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let paragraphs =
        text.split("\n\n").map(|paragraph| paragraph.lines().filter(|line| !line.trim().is_empty()));
    paragraphs
        .flat_map(|lines| {
            let lines: Vec<&str> = lines.collect();
            lines.chunk_by(|one, next| kind(one) == kind(next)).filter_map(block).collect::<Vec<_>>()
        })
        .collect()
}

fn block(lines: &[&str]) -> Option<Block> {
    let owned = |line: &&str| line.trim_end().to_owned();
    Some(match kind(lines.first()?) {
        LineKind::Text => Block::Text { lines: lines.iter().map(owned).collect() },
        LineKind::Item => {
            Block::List { items: lines.iter().map(|line| line[2..].trim().to_owned()).collect() }
        }
        LineKind::Row => Block::Table { rows: lines.iter().map(|line| cells(line)).collect() },
    })
}

fn cells(line: &str) -> Vec<String> {
    line.split(" | ").map(|cell| cell.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_lists_and_tables_are_told_apart() {
        let text = "Came by car.\nAlone.\n\nTakes:\n- lisinopril\n- aspirin\n\nTest | Value\nNa | 138";
        let own = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>();
        let expected = [
            Block::Text { lines: own(&["Came by car.", "Alone."]) },
            Block::Text { lines: own(&["Takes:"]) },
            Block::List { items: own(&["lisinopril", "aspirin"]) },
            Block::Table { rows: vec![own(&["Test", "Value"]), own(&["Na", "138"])] },
        ];
        assert_eq!(blocks(text), expected);
        assert!(blocks(" \n\n").is_empty());
    }
}
