//! The galley: everything that is printed, set line below line, not yet cut into pages.

use std::rc::Rc;

use crate::lines::{Line, lines};
use crate::shape::{Shaper, Stretch};
use crate::sheet::{Level, Picture, Points};
use crate::structure::{PartId, Structure};
use crate::words::Words;

/// The distance between baselines of running text; other distances are parts of it.
pub(crate) const LEADING: Points = 13.0;
/// The size of running text.
pub(crate) const TEXT: Points = 9.5;
/// How far below the middle of its line a baseline lies, as a share of the size: half the height of a capital.
const BASELINE: f32 = 0.357;

/// Something drawn. Places are measured from the left margin, and down from the top of the piece.
#[derive(Debug, Clone)]
pub(crate) enum Mark {
    /// Text on a baseline.
    Text { x: Points, y: Points, size: Points, stretch: Stretch, part: Option<PartId>, faint: bool },
    /// A line across.
    Rule { from: Points, to: Points, y: Points, thickness: Points },
    /// A picture.
    Picture { x: Points, width: Points, height: Points, picture: Rc<Picture>, part: PartId },
    /// The number of the page where a heading stands, ending at `right`.
    PageOf { heading: usize, right: Points, y: Points, size: Points, part: PartId },
}

/// What is not parted by the end of a page: a line of text, a line of a table's row, a picture.
#[derive(Debug, Clone, Default)]
pub(crate) struct Piece {
    /// Free space above, except at the top of a page.
    pub(crate) space_above: Points,
    pub(crate) height: Points,
    pub(crate) marks: Vec<Mark>,
    /// Stands on the same page as the next piece.
    pub(crate) with_next: bool,
    /// Begins a page.
    pub(crate) new_page: bool,
    /// Which heading begins here.
    pub(crate) heading: Option<usize>,
    /// What is repeated above it when it comes first on a page: a table's header.
    pub(crate) repeat: Option<Rc<[Piece]>>,
}

/// A heading that the table of contents and the tops of pages name.
#[derive(Debug, Clone)]
pub(crate) struct Anchor {
    pub(crate) level: Level,
    pub(crate) text: String,
}

/// How text is set: where, how wide, how large.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measure {
    pub(crate) x: Points,
    pub(crate) width: Points,
    pub(crate) size: Points,
    pub(crate) leading: Points,
}

/// Collects pieces.
pub(crate) struct Galley<'s, 'f> {
    pub(crate) shaper: &'s mut Shaper<'f>,
    /// The width between the margins.
    pub(crate) width: Points,
    /// The height of a page between header and footer.
    pub(crate) height: Points,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) structure: Structure,
    pub(crate) anchors: Vec<Anchor>,
}

impl<'s, 'f> Galley<'s, 'f> {
    pub(crate) fn new(shaper: &'s mut Shaper<'f>, width: Points, height: Points) -> Self {
        Self {
            shaper,
            width,
            height,
            pieces: Vec::new(),
            structure: Structure::default(),
            anchors: Vec::new(),
        }
    }

    /// Running text over the whole width.
    pub(crate) fn measure(&self) -> Measure {
        Measure { x: 0.0, width: self.width, size: TEXT, leading: LEADING }
    }

    /// Sets words as lines, a piece each, without adding them.
    pub(crate) fn set(&mut self, words: &Words, measure: Measure, part: PartId) -> Vec<Piece> {
        let lines = lines(self.shaper, words, measure.size, measure.width);
        lines.into_iter().map(|line| line_piece(line, measure, part)).collect()
    }

    /// Adds pieces with free space above the first.
    pub(crate) fn add(&mut self, mut pieces: Vec<Piece>, space_above: Points) {
        if let Some(first) = pieces.first_mut() {
            first.space_above = space_above;
        }
        self.pieces.append(&mut pieces);
    }
}

fn line_piece(line: Line, measure: Measure, part: PartId) -> Piece {
    let y = baseline(measure.leading, measure.size);
    let marks = text_marks(line, measure.x, y, measure.size, Some(part), false);
    Piece { height: measure.leading, marks, ..Piece::default() }
}

/// Where the baseline of a line lies below its top.
pub(crate) fn baseline(leading: Points, size: Points) -> Points {
    leading / 2.0 + size * BASELINE
}

/// The marks of a line that begins at `x`.
pub(crate) fn text_marks(
    line: Line,
    x: Points,
    y: Points,
    size: Points,
    part: Option<PartId>,
    faint: bool,
) -> Vec<Mark> {
    let mut at = x;
    let mark = |stretch: Stretch| {
        let x = at;
        at += stretch.ems * size;
        Mark::Text { x, y, size, stretch, part, faint }
    };
    line.stretches.into_iter().map(mark).collect()
}

/// Keeps the first two and the last two lines of a text together: no line stands alone on a page.
pub(crate) fn keep_ends(pieces: &mut [Piece]) {
    let count = pieces.len();
    if count >= 2 {
        pieces[0].with_next = true;
        pieces[count - 2].with_next = true;
    }
}

/// Keeps pieces together, and with the next where `with_next`.
pub(crate) fn keep_all(pieces: &mut [Piece], with_next: bool) {
    if let Some((last, others)) = pieces.split_last_mut() {
        others.iter_mut().for_each(|piece| piece.with_next = true);
        last.with_next = with_next;
    }
}
