//! Scanned pages: a picture as large as the page allows.

use std::rc::Rc;

use crate::error::PaperError;
use crate::galley::{Galley, Mark, Measure, Piece, keep_all};
use crate::picture::image;
use crate::sheet::{Picture, Points};
use crate::structure::Role;

/// Between the picture and its caption.
const GAP: Points = 6.0;
/// The least of a page that a caption leaves to its picture.
const PICTURE_SHARE: f32 = 0.5;
/// A picture is not drawn with fewer pixels to the inch than this, as one can see them then.
const LEAST_PIXELS_PER_INCH: f32 = 72.0;

impl Galley<'_, '_> {
    pub(super) fn scan(&mut self, picture: &Picture) -> Result<(), PaperError> {
        let part = self.structure.add(None, Role::Figure(picture.caption.clone()));
        let text = self.structure.add(None, Role::Paragraph);
        let measure = Measure { size: 8.5, leading: 11.0, ..self.measure() };
        let mut caption = self.set(&picture.caption.as_str().into(), measure, text);
        let caption_height: Points = caption.iter().map(|line| line.height).sum();
        let room = (self.height - caption_height - GAP).max(self.height * PICTURE_SHARE);
        let (width, height) = self.fitted(picture, room)?;
        let x = (self.width - width) / 2.0;
        let mark = Mark::Picture { x, width, height, picture: Rc::new(picture.clone()), part };
        let page = Piece { new_page: true, ..Piece::default() };
        let mut pieces = vec![Piece { height: height + GAP, marks: vec![mark], ..Piece::default() }];
        pieces.append(&mut caption);
        keep_all(&mut pieces, false);
        self.pieces.push(page.clone());
        self.add(pieces, 0.0);
        self.pieces.push(page);
        Ok(())
    }

    /// Width and height of the picture within the page, its proportions kept.
    fn fitted(&self, picture: &Picture, room: Points) -> Result<(Points, Points), PaperError> {
        let (wide, high) = image(picture)?.size();
        let (wide, high) = (wide.max(1) as f32, high.max(1) as f32);
        let scale = (self.width / wide).min(room / high).min(72.0 / LEAST_PIXELS_PER_INCH);
        Ok((wide * scale, high * scale))
    }
}
