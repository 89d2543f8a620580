//! Tables: columns by share, a header that is repeated, rows that stay whole where they can.

use std::rc::Rc;

use crate::error::PaperError;
use crate::galley::{Galley, Mark, Measure, Piece, keep_all, keep_ends};
use crate::set::{HAIRLINE, HALF};
use crate::sheet::{Points, Table};
use crate::structure::{PartId, Role};
use crate::words::Words;

/// The size of text in tables, and the distance of its baselines.
const SIZE: Points = 8.5;
const LEADING: Points = 11.0;
/// Free space between columns.
const GAP: Points = 8.0;
/// Free space above and below the text of a row.
const PADDING: Points = 2.0;
/// A row of more lines than this may be parted.
const WHOLE_ROW_LINES: usize = 10;
/// A header taller than this share of a page is not repeated.
const REPEATED_SHARE: f32 = 0.25;

impl Galley<'_, '_> {
    pub(super) fn table(&mut self, table: &Table) -> Result<(), PaperError> {
        check(table)?;
        let measures = self.columns(table);
        let part = self.structure.add(None, Role::Table);
        let titles: Vec<Words> = table.columns.iter().map(|column| Words::bold(&*column.title)).collect();
        let mut header = self.row(&titles, &measures, part, Role::ColumnHeading);
        keep_all(&mut header, true);
        let repeat = self.repeated(&header);
        self.add(header, HALF);
        for row in &table.rows {
            let mut pieces = self.row(row, &measures, part, Role::Cell);
            if pieces.len() <= WHOLE_ROW_LINES {
                keep_all(&mut pieces, false);
            } else {
                keep_ends(&mut pieces);
            }
            pieces.iter_mut().for_each(|piece| piece.repeat.clone_from(&repeat));
            self.add(pieces, 0.0);
        }
        Ok(())
    }

    /// Where each column stands.
    fn columns(&self, table: &Table) -> Vec<Measure> {
        let shares: f32 = table.columns.iter().map(|column| column.share).sum();
        let free = self.width - GAP * (table.columns.len() - 1) as f32;
        let mut x = 0.0;
        let measure = |share: f32| {
            let width = free * share / shares;
            let measure = Measure { x, width, size: SIZE, leading: LEADING };
            x += width + GAP;
            measure
        };
        table.columns.iter().map(|column| column.share).map(measure).collect()
    }

    /// The lines of a row, the cells beside each other.
    fn row(&mut self, cells: &[Words], measures: &[Measure], table: PartId, role: Role) -> Vec<Piece> {
        let is_header = matches!(role, Role::ColumnHeading);
        let row = self.structure.add(Some(table), Role::Row);
        let mut pieces: Vec<Piece> = Vec::new();
        for (cell, measure) in cells.iter().zip(measures) {
            let part = self.structure.add(Some(row), role.clone());
            for (at, line) in self.set(cell, *measure, part).into_iter().enumerate() {
                match pieces.get_mut(at) {
                    Some(beside) => beside.marks.extend(line.marks),
                    None => pieces.push(line),
                }
            }
        }
        self.frame(&mut pieces, if is_header { 0.8 } else { HAIRLINE });
        pieces
    }

    /// Space above and below a row, and a line below it.
    fn frame(&self, pieces: &mut [Piece], thickness: Points) {
        if let Some(first) = pieces.first_mut() {
            first.height += PADDING;
            first.marks.iter_mut().for_each(|mark| {
                if let Mark::Text { y, .. } = mark {
                    *y += PADDING;
                }
            });
        }
        if let Some(last) = pieces.last_mut() {
            last.height += PADDING;
            let y = last.height;
            last.marks.push(Mark::Rule { from: 0.0, to: self.width, y, thickness });
        }
    }

    /// The header as it is repeated: drawn again, but read out once.
    fn repeated(&self, header: &[Piece]) -> Option<Rc<[Piece]>> {
        let height: Points = header.iter().map(|piece| piece.height).sum();
        let mut again = header.to_vec();
        for mark in again.iter_mut().flat_map(|piece| &mut piece.marks) {
            if let Mark::Text { part, .. } = mark {
                *part = None;
            }
        }
        (height <= self.height * REPEATED_SHARE).then(|| again.into())
    }
}

fn check(table: &Table) -> Result<(), PaperError> {
    let fault = |what: String| Err(PaperError::Table { what });
    let is_share = |share: f32| share.is_finite() && share > 0.0;
    if table.columns.is_empty() {
        return fault("it has no columns".into());
    }
    if let Some(column) = table.columns.iter().find(|column| !is_share(column.share)) {
        return fault(format!("the column {:?} has the share {}", column.title, column.share));
    }
    match table.rows.iter().map(Vec::len).find(|cells| *cells > table.columns.len()) {
        Some(cells) => fault(format!("a row has {cells} cells for {} columns", table.columns.len())),
        None => Ok(()),
    }
}
