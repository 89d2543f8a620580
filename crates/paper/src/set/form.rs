//! Forms: rows of boxes beside each other, each with its number, its name and what stands in it.

use crate::error::PaperError;
use crate::galley::{Galley, Mark, Measure, Piece};
use crate::set::HALF;
use crate::sheet::{Form, FormBox, FormRow, Points};
use crate::structure::{PartId, Role};
use crate::words::{Style, Words};

/// The name of a box, and what stands in it: size of the letters and distance of the lines.
const NAME: (Points, Points) = (5.0, 6.5);
const TEXT: (Points, Points) = (7.5, 9.0);
/// Free space between the lines of a box and its text.
const PADDING: Points = 2.0;
/// How thick the lines of the form are.
const LINE: Points = 0.5;

impl Galley<'_, '_> {
    pub(super) fn form(&mut self, form: &Form) -> Result<(), PaperError> {
        check(form)?;
        let part = self.structure.add(None, Role::Table);
        for (at, row) in form.rows.iter().enumerate() {
            let mut piece = self.form_row(row, part);
            if at == 0 {
                let above = Mark::Rule { from: 0.0, to: self.width, y: 0.0, thickness: LINE };
                piece.marks.push(above);
            }
            self.add(vec![piece], if at == 0 { HALF } else { 0.0 });
        }
        Ok(())
    }

    /// The boxes of a row, with a line below and lines between them.
    fn form_row(&mut self, row: &FormRow, form: PartId) -> Piece {
        let part = self.structure.add(Some(form), Role::Row);
        let shares: f32 = row.boxes.iter().map(|one| one.share).sum();
        let mut piece = Piece::default();
        let mut bounds = vec![0.0];
        for one in &row.boxes {
            let x = bounds.last().copied().unwrap_or_default();
            let width = self.width * one.share / shares;
            self.form_box(one, x, width, part, &mut piece);
            bounds.push(x + width);
        }
        piece.height += PADDING;
        let (height, half) = (piece.height, LINE / 2.0);
        let upright =
            |x: Points| Mark::Rule { from: x - half, to: x + half, y: height / 2.0, thickness: height };
        piece.marks.extend(bounds.into_iter().map(upright));
        piece.marks.push(Mark::Rule { from: 0.0, to: self.width, y: height, thickness: LINE });
        piece
    }

    /// Sets a box at `x`, and makes the row as high as it needs.
    fn form_box(&mut self, one: &FormBox, x: Points, width: Points, row: PartId, into: &mut Piece) {
        let part = self.structure.add(Some(row), Role::Cell);
        let name = [&*one.number, &*one.name].join(" ");
        let texts = [(Words::styled(Style::Bold, name.trim()), NAME), (one.text.clone(), TEXT)];
        let mut height = 1.0;
        for (words, (size, leading)) in texts.into_iter().filter(|(words, _)| !words.is_empty()) {
            let inner = (width - 2.0 * PADDING).max(1.0);
            let measure = Measure { x: x + PADDING, width: inner, size, leading };
            for line in self.set(&words, measure, part) {
                into.marks.extend(line.marks.into_iter().map(|mark| lowered(mark, height)));
                height += line.height;
            }
        }
        into.height = into.height.max(height);
    }
}

fn lowered(mut mark: Mark, by: Points) -> Mark {
    if let Mark::Text { y, .. } = &mut mark {
        *y += by;
    }
    mark
}

fn check(form: &Form) -> Result<(), PaperError> {
    let is_share = |one: &FormBox| one.share.is_finite() && one.share > 0.0;
    if form.rows.iter().all(|row| !row.boxes.is_empty() && row.boxes.iter().all(is_share)) {
        return Ok(());
    }
    Err(PaperError::Table { what: "a form has a row without boxes, or a box without width".into() })
}
