//! Text broken into lines of a width.

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;

use crate::shape::{Shaper, Stretch};
use crate::sheet::Points;
use crate::words::{Style, Words};

/// What a tabulator is printed as.
const TABULATOR: &str = "    ";
/// Characters that end a line: line feed, vertical tab, form feed, next line, line and paragraph separator.
const LINE_ENDS: [char; 6] = ['\n', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'];
/// What rounding may add to a width that fits.
const TOLERANCE: Points = 0.01;

/// A line of text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    pub(crate) stretches: Vec<Stretch>,
    /// Its width with the spaces at its end.
    pub(crate) width: Points,
}

impl Line {
    fn push(&mut self, stretch: &Stretch, size: Points) {
        self.width += stretch.ems * size;
        match self.stretches.last_mut() {
            Some(last) if last.continues(stretch) => last.append(stretch),
            _ => self.stretches.push(stretch.clone()),
        }
    }
}

/// Breaks `words` into lines no wider than `width`, where the Unicode line breaking algorithm (UAX 14) allows it, and
/// inside a word that is wider than a line. There is always a line, empty if there is nothing to set.
pub(crate) fn lines(shaper: &mut Shaper, words: &Words, size: Points, width: Points) -> Vec<Line> {
    let text = Styled::new(words);
    let mut setter = Setter { shaper, size, width, done: Vec::new(), line: Line::default() };
    let mut from = 0;
    for (to, opportunity) in linebreaks(&text.text) {
        let part = &text.text[from..to];
        let bare = part.strip_suffix(LINE_ENDS).unwrap_or(part);
        let spaces = bare.len() - bare.trim_end_matches(' ').len();
        setter.put(&text.styles(from, from + bare.len() - spaces));
        setter.set(&text.styles(from + bare.len() - spaces, from + bare.len()));
        if opportunity == BreakOpportunity::Mandatory {
            setter.end_line();
        }
        from = to;
    }
    if setter.done.is_empty() || !setter.line.stretches.is_empty() {
        setter.end_line();
    }
    setter.done
}

/// `text` on one line, cut with an ellipsis when it is too wide. Only for what stands elsewhere in full.
pub(crate) fn one_line(shaper: &mut Shaper, style: Style, text: &str, size: Points, width: Points) -> Line {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut kept: Vec<&str> = text.graphemes(true).collect();
    let mut shown = text.clone();
    while shaper.width(style, &shown, size) > width && !kept.is_empty() {
        kept.truncate(kept.len() * 9 / 10);
        shown = format!("{}…", kept.concat().trim_end());
    }
    let mut line = Line::default();
    for stretch in shaper.shape(style, &shown).iter() {
        line.push(stretch, size);
    }
    line
}

/// Words as one text, with the style of every part of it.
struct Styled {
    text: String,
    /// Where each style ends.
    ends: Vec<(usize, Style)>,
}

impl Styled {
    fn new(words: &Words) -> Self {
        let mut text = String::new();
        let mut ends = Vec::new();
        for (style, stretch) in &words.stretches {
            let plain = stretch.replace("\r\n", "\n").replace('\r', "\n").replace('\t', TABULATOR);
            text.push_str(&plain);
            ends.push((text.len(), *style));
        }
        Self { text, ends }
    }

    /// The text from `from` to `to`, cut where its style changes.
    fn styles(&self, from: usize, to: usize) -> Vec<(Style, &str)> {
        let mut at = from;
        let mut cut = Vec::new();
        for (end, style) in &self.ends {
            let end = (*end).min(to);
            if end > at {
                cut.push((*style, &self.text[at..end]));
                at = end;
            }
        }
        cut
    }
}

struct Setter<'a, 'f> {
    shaper: &'a mut Shaper<'f>,
    size: Points,
    width: Points,
    done: Vec<Line>,
    line: Line,
}

impl Setter<'_, '_> {
    fn end_line(&mut self) {
        self.done.push(std::mem::take(&mut self.line));
    }

    fn fits(&self, width: Points) -> bool {
        self.line.width + width <= self.width + TOLERANCE
    }

    /// Puts what must not be parted, on a new line if it does not fit on this one.
    fn put(&mut self, parts: &[(Style, &str)]) {
        let width: Points =
            parts.iter().map(|(style, text)| self.shaper.width(*style, text, self.size)).sum();
        if !self.fits(width) && !self.line.stretches.is_empty() {
            self.end_line();
        }
        if self.fits(width) {
            self.set(parts);
        } else {
            self.put_in_pieces(parts);
        }
    }

    /// Puts a word that is wider than a line, character by character.
    fn put_in_pieces(&mut self, parts: &[(Style, &str)]) {
        for (style, text) in parts {
            for cluster in text.graphemes(true) {
                let width = self.shaper.width(*style, cluster, self.size);
                if !self.fits(width) && !self.line.stretches.is_empty() {
                    self.end_line();
                }
                self.set(&[(*style, cluster)]);
            }
        }
    }

    /// Puts parts without asking whether they fit: spaces may stand in the margin.
    fn set(&mut self, parts: &[(Style, &str)]) {
        for (style, text) in parts {
            for stretch in self.shaper.shape(*style, text).iter() {
                self.line.push(stretch, self.size);
            }
        }
    }
}
