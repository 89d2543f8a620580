//! The table of contents.

use crate::galley::{Galley, LEADING, Mark, Measure, baseline, keep_all};
use crate::set::HALF;
use crate::sheet::{Level, Points};
use crate::structure::Role;
use crate::words::{Style, Words};

/// Room for the page number at the right.
const NUMBER_WIDTH: Points = 40.0;
/// How far parts stand in from their chapter.
const PART_INDENT: Points = 14.0;

impl Galley<'_, '_> {
    /// A line for every chapter and part. The pages are not known yet; each line asks for the page of its heading.
    pub(super) fn contents(&mut self, headings: &[(Level, &str)]) {
        let list = self.structure.add(None, Role::Contents);
        for (at, (level, text)) in headings.iter().enumerate() {
            let (style, indent, space) = match level {
                Level::Chapter => (Style::Bold, 0.0, HALF),
                Level::Part => (Style::Regular, PART_INDENT, 0.0),
                Level::Section | Level::Detail => continue,
            };
            let part = self.structure.add(Some(list), Role::ContentsLine);
            let all = self.measure();
            let width = all.width - NUMBER_WIDTH - indent;
            let mut pieces = self.set(
                &Words::styled(style, *text).then(style, " "),
                Measure { x: indent, width, ..all },
                part,
            );
            keep_all(&mut pieces, *level == Level::Chapter);
            if let Some(last) = pieces.last_mut() {
                let y = baseline(LEADING, all.size);
                last.marks.push(Mark::PageOf { heading: at, right: all.width, y, size: all.size, part });
            }
            self.add(pieces, space);
        }
        // The last chapter may have no parts: nothing of what follows belongs to it.
        if let Some(last) = self.pieces.last_mut() {
            last.with_next = false;
        }
    }
}
