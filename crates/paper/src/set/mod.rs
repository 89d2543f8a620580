//! How each kind of block is set.

mod contents;
mod form;
mod picture;
mod table;
mod text;

use crate::error::PaperError;
use crate::galley::{Galley, LEADING, Mark, Piece};
use crate::sheet::{Block, Level};

/// Half a line: the space between paragraphs.
pub(crate) const HALF: f32 = LEADING / 2.0;
/// The thinnest line that every printer draws.
pub(crate) const HAIRLINE: f32 = 0.4;

impl Galley<'_, '_> {
    /// Sets every block.
    pub(crate) fn set_blocks(&mut self, blocks: &[Block]) -> Result<(), PaperError> {
        for block in blocks {
            match block {
                Block::Title { title, line } => self.title(title, line),
                Block::Heading { level, text } => self.heading(*level, text),
                Block::Paragraph(words) => self.paragraph(words),
                Block::List(items) => self.list(items),
                Block::KeyValues(rows) => self.key_values(rows),
                Block::Table(table) => self.table(table)?,
                Block::Form(form) => self.form(form)?,
                Block::Signatures(lines) => self.signatures(lines),
                Block::Scan(picture) => self.scan(picture)?,
                Block::Contents => self.contents(&headings(blocks)),
                Block::PageBreak => self.page_break(),
                Block::Rule => self.rule(),
            }
        }
        Ok(())
    }

    fn page_break(&mut self) {
        self.pieces.push(Piece { new_page: true, ..Piece::default() });
    }

    fn rule(&mut self) {
        let mark = Mark::Rule { from: 0.0, to: self.width, y: HALF, thickness: HAIRLINE };
        self.pieces.push(Piece { height: LEADING, marks: vec![mark], ..Piece::default() });
    }
}

fn headings(blocks: &[Block]) -> Vec<(Level, &str)> {
    let heading = |block| match block {
        &Block::Heading { level, ref text } => Some((level, text.as_str())),
        _ => None,
    };
    blocks.iter().filter_map(heading).collect()
}
