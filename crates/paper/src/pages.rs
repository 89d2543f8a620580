//! Cuts the galley into pages.

use crate::galley::{Mark, Piece};
use crate::sheet::Points;

/// A page: what is drawn on it, measured from the top of its body, and which headings begin on it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Page {
    /// Marks with the distance of their piece from the top.
    pub(crate) marks: Vec<(Points, Mark)>,
    /// Headings by number, with their distance from the top.
    pub(crate) headings: Vec<(usize, Points)>,
    filled: Points,
}

/// Cuts `pieces` into pages of `height`. Pieces that belong together stay together unless they are taller than a page.
pub(crate) fn paged(pieces: &[Piece], height: Points) -> Vec<Page> {
    let mut cutter = Cutter { height, pages: Vec::new(), new_page: true };
    let mut rest = pieces;
    while let Some(piece) = rest.first() {
        if piece.new_page {
            cutter.new_page = true;
            rest = &rest[1..];
            continue;
        }
        let (group, after) = rest.split_at(group_length(rest));
        cutter.put(group);
        rest = after;
    }
    if cutter.pages.is_empty() {
        cutter.pages.push(Page::default());
    }
    cutter.pages
}

/// How many pieces from the first on stand together.
fn group_length(pieces: &[Piece]) -> usize {
    let parted = |at: usize| !pieces[at].with_next || pieces.get(at + 1).is_none_or(|next| next.new_page);
    (0..pieces.len()).find(|at| parted(*at)).map_or(pieces.len(), |at| at + 1)
}

struct Cutter {
    height: Points,
    pages: Vec<Page>,
    /// Whether the next piece begins a page.
    new_page: bool,
}

impl Cutter {
    fn put(&mut self, group: &[Piece]) {
        if !self.fits(group) {
            self.new_page = true;
        }
        for piece in group {
            if !self.fits(std::slice::from_ref(piece)) {
                self.new_page = true;
            }
            self.put_piece(piece);
        }
    }

    /// Whether the pieces fit on this page below what is there.
    fn fits(&self, pieces: &[Piece]) -> bool {
        let filled = self.pages.last().map_or(0.0, |page| page.filled);
        let needed: Points = pieces.iter().map(|piece| piece.space_above + piece.height).sum();
        !self.new_page && filled + needed <= self.height
    }

    fn put_piece(&mut self, piece: &Piece) {
        let begins = std::mem::take(&mut self.new_page);
        if begins {
            self.pages.push(Page::default());
        }
        let Some(page) = self.pages.last_mut() else { return };
        if begins {
            piece.repeat.iter().flat_map(|pieces| pieces.iter()).for_each(|again| page.put(again));
        } else {
            page.filled += piece.space_above;
        }
        page.put(piece);
    }
}

impl Page {
    fn put(&mut self, piece: &Piece) {
        self.headings.extend(piece.heading.map(|heading| (heading, self.filled)));
        self.marks.extend(piece.marks.iter().map(|mark| (self.filled, mark.clone())));
        self.filled += piece.height;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(with_next: bool) -> Piece {
        let mark = Mark::Rule { from: 0.0, to: 1.0, y: 0.0, thickness: 1.0 };
        Piece { height: 10.0, with_next, marks: vec![mark], ..Piece::default() }
    }

    fn counts(pieces: &[Piece]) -> Vec<usize> {
        paged(pieces, 50.0).iter().map(|page| page.marks.len()).collect()
    }

    #[test]
    fn what_belongs_together_goes_to_the_next_page_together() {
        let mut pieces = vec![line(false); 4];
        pieces.extend([line(true), line(false)]);
        assert_eq!(counts(&pieces), [4, 2]);
    }

    #[test]
    fn what_is_taller_than_a_page_is_parted_and_nothing_is_lost() {
        assert_eq!(counts(&vec![line(true); 12]), [5, 5, 2]);
    }

    #[test]
    fn breaks_make_no_empty_pages() {
        let page = Piece { new_page: true, ..Piece::default() };
        let pieces = [page.clone(), page.clone(), line(false), page.clone(), page.clone(), line(false), page];
        assert_eq!(counts(&pieces), [1, 1]);
        assert_eq!(paged(&[], 50.0).len(), 1);
    }

    #[test]
    fn a_header_is_repeated_on_every_page_but_its_own() {
        let repeat: std::rc::Rc<[Piece]> = vec![line(true)].into();
        let row = Piece { repeat: Some(repeat), ..line(false) };
        let mut pieces = vec![line(true)];
        pieces.extend(vec![row; 10]);
        assert_eq!(counts(&pieces), [5, 5, 3]);
    }
}
