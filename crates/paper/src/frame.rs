//! The frame of every page: whose record it is at the top, when and by whom printed at the foot.

use crate::error::PaperError;
use crate::galley::{Mark, baseline, text_marks};
use crate::lines::{Line, lines, one_line};
use crate::shape::Shaper;
use crate::sheet::{Points, Sheet};
use crate::words::{Style, Words};

/// What the header's left column gets of the width.
const LEFT_SHARE: f32 = 0.58;
/// Free space between columns.
const GAP: Points = 12.0;
/// The line that names title and chapter, and the space below it.
const RUNNING_HEIGHT: Points = 26.0;
const RUNNING_SIZE: Points = 7.5;
/// What the title gets of that line.
const TITLE_SHARE: f32 = 0.3;
/// Free space above the foot.
const FOOT_GAP: Points = 10.0;
/// Room for `Page 1234 of 1234`.
const NUMBER_WIDTH: Points = 100.0;
const FOOT_SIZE: Points = 7.5;
const FOOT_LEADING: Points = 10.0;
/// The least a page must leave for what is printed: ten lines.
const LEAST_BODY: Points = 130.0;

/// What stands on every page, set once.
pub(crate) struct Frame {
    /// Marks of the header, measured from the upper edge of the paper.
    pub(crate) header: Vec<Mark>,
    /// Marks of the foot but for the page number, measured from the upper edge of the paper.
    pub(crate) footer: Vec<Mark>,
    /// Where the running title stands, and where the page number does.
    running_y: Points,
    number_y: Points,
    /// Where the body begins, from the upper edge.
    pub(crate) body_top: Points,
    pub(crate) body_height: Points,
    width: Points,
}

impl Frame {
    pub(crate) fn new(shaper: &mut Shaper, sheet: &Sheet) -> Result<Self, PaperError> {
        check(sheet)?;
        let paper = &sheet.paper;
        let width = paper.text_width();
        let (header, rule_y) = header(shaper, sheet, width);
        let body_top = rule_y + RUNNING_HEIGHT;
        let (footer, foot_top) = footer(shaper, sheet, width);
        let body_height = foot_top - FOOT_GAP - body_top;
        if body_height.is_nan() || body_height < LEAST_BODY {
            return Err(PaperError::NoRoom { what: "header or footer", paper: paper.name });
        }
        let number_y = paper.height - paper.edge_margin - FOOT_LEADING + baseline(FOOT_LEADING, FOOT_SIZE);
        Ok(Self { header, footer, running_y: rule_y + 11.0, number_y, body_top, body_height, width })
    }

    /// The title at the left and the chapter at the right, below the header.
    pub(crate) fn running(&self, shaper: &mut Shaper, title: &str, chapter: &str) -> Vec<Mark> {
        let free = self.width - GAP;
        let left = one_line(shaper, Style::Italic, title, RUNNING_SIZE, free * TITLE_SHARE);
        let right = one_line(shaper, Style::Italic, chapter, RUNNING_SIZE, free * (1.0 - TITLE_SHARE));
        let x = self.width - right.width;
        let mut marks = text_marks(left, 0.0, self.running_y, RUNNING_SIZE, None, true);
        marks.extend(text_marks(right, x, self.running_y, RUNNING_SIZE, None, true));
        marks
    }

    /// `Page 3 of 12`.
    pub(crate) fn number(&self, shaper: &mut Shaper, page: usize, pages: usize) -> Vec<Mark> {
        let text = format!("Page {page} of {pages}");
        let line = one_line(shaper, Style::Bold, &text, FOOT_SIZE, NUMBER_WIDTH);
        let x = self.width - line.width;
        text_marks(line, x, self.number_y, FOOT_SIZE, None, false)
    }
}

fn check(sheet: &Sheet) -> Result<(), PaperError> {
    let header = &sheet.header;
    let identifiers = [("patient name", &header.patient), ("record number", &header.record_number)];
    if let Some((missing, _)) = identifiers.iter().find(|(_, text)| text.trim().is_empty()) {
        return Err(PaperError::NotIdentified { missing });
    }
    if sheet.paper.text_width() < LEAST_BODY {
        return Err(PaperError::NoRoom { what: "margin", paper: sheet.paper.name });
    }
    Ok(())
}

/// The header's marks, and where its rule lies.
fn header(shaper: &mut Shaper, sheet: &Sheet, width: Points) -> (Vec<Mark>, Points) {
    let header = &sheet.header;
    let birth = header.birth.as_deref().unwrap_or("not known");
    let (number, birth) = if header.is_letter {
        (Words::bold(&*header.record_number), Words::from(" "))
    } else {
        let number = Words::from("Record number ").then(Style::Bold, &*header.record_number);
        (number, Words::from("Born ").then(Style::Bold, birth))
    };
    let left_width = width * LEFT_SHARE - GAP;
    let right_width = width * (1.0 - LEFT_SHARE);
    let mut marks = Vec::new();
    let mut foot: Points = 0.0;
    let columns = [
        (false, left_width, [(Words::from(&*header.hospital), 9.0), (Words::bold(&*header.patient), 11.0)]),
        (true, right_width, [(number, 9.0), (birth, 9.0)]),
    ];
    for (at_right, column, texts) in columns {
        let mut y = sheet.paper.edge_margin;
        for (words, size) in texts {
            for line in lines(shaper, &words, size, column) {
                let x = if at_right { width - line.width } else { 0.0 };
                marks.extend(text_marks(line, x, y + baseline(14.0, size), size, None, false));
                y += 14.0;
            }
        }
        foot = foot.max(y);
    }
    marks.push(Mark::Rule { from: 0.0, to: width, y: foot + 2.0, thickness: 0.8 });
    (marks, foot + 2.0)
}

/// The foot's marks, and where it begins.
fn footer(shaper: &mut Shaper, sheet: &Sheet, width: Points) -> (Vec<Mark>, Points) {
    let footer = &sheet.footer;
    let printed = format!("Printed {} by {}", footer.printed_shown, footer.printed_by);
    let mut set: Vec<Line> = lines(shaper, &Words::italic(&*footer.confidentiality), FOOT_SIZE, width);
    set.extend(lines(shaper, &printed.into(), FOOT_SIZE, width - NUMBER_WIDTH));
    let top = sheet.paper.height - sheet.paper.edge_margin - FOOT_LEADING * set.len() as f32;
    let mut marks = vec![Mark::Rule { from: 0.0, to: width, y: top - 3.0, thickness: 0.4 }];
    for (at, line) in set.into_iter().enumerate() {
        let y = top + FOOT_LEADING * at as f32 + baseline(FOOT_LEADING, FOOT_SIZE);
        marks.extend(text_marks(line, 0.0, y, FOOT_SIZE, None, false));
    }
    (marks, top - 3.0)
}
