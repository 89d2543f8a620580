//! Titles, headings, paragraphs, lists, names with values, signatures.

use crate::galley::{Anchor, Galley, LEADING, Mark, Measure, Piece, TEXT, keep_all, keep_ends};
use crate::set::{HAIRLINE, HALF};
use crate::sheet::{Level, Points, Signature};
use crate::structure::Role;
use crate::words::{Style, Words};

/// How far list items stand in from their mark.
const ITEM_INDENT: Points = 12.0;
/// The widest that names beside values get, as a share of the width.
const NAMES_SHARE: f32 = 0.32;
/// Between names and values.
const NAMES_GAP: Points = 12.0;
/// How long a line for a signature by pen is.
const PEN_LINE: Points = 240.0;

/// Size, leading and space above of a heading.
fn manner(level: Level) -> (Points, Points, Points) {
    match level {
        Level::Chapter => (15.0, 1.5 * LEADING, 2.0 * LEADING),
        Level::Part => (12.0, 1.5 * LEADING, 1.5 * LEADING),
        Level::Section => (10.0, LEADING, LEADING),
        Level::Detail => (TEXT, LEADING, HALF),
    }
}

impl Galley<'_, '_> {
    pub(super) fn title(&mut self, title: &str, line: &str) {
        let large = Measure { size: 20.0, leading: 2.0 * LEADING, ..self.measure() };
        let part = self.structure.add(None, Role::Title(title.to_owned()));
        let mut pieces = self.set(&Words::bold(title), large, part);
        let part = self.structure.add(None, Role::Paragraph);
        pieces.extend(self.set(&line.into(), Measure { size: 11.0, leading: 1.5 * LEADING, ..large }, part));
        keep_all(&mut pieces, true);
        self.add(pieces, LEADING);
    }

    pub(super) fn heading(&mut self, level: Level, text: &str) {
        let (size, leading, space_above) = manner(level);
        let part = self.structure.add(None, Role::Heading(level, text.to_owned()));
        let measure = Measure { size, leading, ..self.measure() };
        let style = if level == Level::Detail { Style::Italic } else { Style::Bold };
        let mut pieces = self.set(&Words::styled(style, text), measure, part);
        if level == Level::Chapter
            && let Some(last) = pieces.last_mut()
        {
            let y = last.height + 1.0;
            last.marks.push(Mark::Rule { from: 0.0, to: measure.width, y, thickness: 0.8 });
            last.height += HALF;
        }
        pieces[0].heading = Some(self.anchors.len());
        self.anchors.push(Anchor { level, text: text.to_owned() });
        keep_all(&mut pieces, true);
        self.add(pieces, space_above);
    }

    pub(super) fn paragraph(&mut self, words: &Words) {
        let part = self.structure.add(None, Role::Paragraph);
        let measure = self.measure();
        let mut pieces = self.set(words, measure, part);
        keep_ends(&mut pieces);
        self.add(pieces, HALF);
    }

    pub(super) fn list(&mut self, items: &[Words]) {
        let list = self.structure.add(None, Role::List);
        let all = self.measure();
        let measure = Measure { x: ITEM_INDENT, width: all.width - ITEM_INDENT, ..all };
        for (at, words) in items.iter().enumerate() {
            let item = self.structure.add(Some(list), Role::Item);
            let text = self.structure.add(Some(item), Role::ItemText);
            let mut pieces = self.set(&Words::from("•"), all, text);
            let lines = self.set(words, measure, text);
            merge(&mut pieces, lines);
            keep_ends(&mut pieces);
            self.add(pieces, if at == 0 { HALF } else { 0.0 });
        }
    }

    pub(super) fn key_values(&mut self, rows: &[(String, Words)]) {
        let widest = rows.iter().map(|(name, _)| self.shaper.width(Style::Bold, name, TEXT));
        let names = widest.fold(0.0, Points::max).min(self.width * NAMES_SHARE);
        let all = self.measure();
        let x = names + NAMES_GAP;
        for (at, (name, value)) in rows.iter().enumerate() {
            let part = self.structure.add(None, Role::Paragraph);
            let name = Words::bold(name.as_str()).then(Style::Bold, " ");
            let mut pieces = self.set(&name, Measure { width: names, ..all }, part);
            let lines = self.set(value, Measure { x, width: all.width - x, ..all }, part);
            merge(&mut pieces, lines);
            keep_ends(&mut pieces);
            // The first rows stay with each other, so that a heading does not stand over one alone.
            if at == 0
                && rows.len() > 1
                && let Some(last) = pieces.last_mut()
            {
                last.with_next = true;
            }
            self.add(pieces, if at == 0 { HALF } else { 0.0 });
        }
    }

    pub(super) fn signatures(&mut self, lines: &[Signature]) {
        let mut pieces: Vec<Piece> = lines.iter().flat_map(|line| self.signature(line)).collect();
        if let Some(first) = pieces.first_mut() {
            let mark = Mark::Rule { from: 0.0, to: PEN_LINE, y: -HALF / 2.0, thickness: HAIRLINE };
            first.marks.push(mark);
        }
        keep_all(&mut pieces, false);
        // A signature under nothing signs nothing: it stays with the line above.
        if let Some(above) = self.pieces.last_mut() {
            above.with_next = true;
        }
        self.add(pieces, LEADING);
    }

    fn signature(&mut self, line: &Signature) -> Vec<Piece> {
        let part = self.structure.add(None, Role::Paragraph);
        let measure = self.measure();
        let words = match line {
            Signature::Signed { by, meaning, at } => signed(by, meaning, at),
            Signature::NotSigned { by } if by.is_empty() => Words::bold("Not signed"),
            Signature::NotSigned { by } => Words::bold("Not signed").then(Style::Regular, format!(" ({by})")),
            Signature::ToSign { caption } => return self.pen_line(caption),
        };
        self.set(&words, measure, part)
    }

    fn pen_line(&mut self, caption: &str) -> Vec<Piece> {
        let part = self.structure.add(None, Role::Paragraph);
        let rule = Mark::Rule { from: 0.0, to: PEN_LINE, y: 2.5 * LEADING, thickness: HAIRLINE };
        let mut pieces = vec![Piece { height: 2.5 * LEADING, marks: vec![rule], ..Piece::default() }];
        let measure = self.measure();
        pieces.extend(self.set(&caption.into(), measure, part));
        pieces
    }
}

fn signed(by: &str, meaning: &str, at: &str) -> Words {
    let mut words = Words::bold("Signed by ").then(Style::Bold, by);
    if !meaning.is_empty() {
        words = words.then(Style::Regular, format!(" ({meaning})"));
    }
    words.then(Style::Regular, if at.is_empty() { ", time not stated".into() } else { format!(" at {at}") })
}

/// Puts what stands at the right beside what stands at the left, line by line.
fn merge(left: &mut Vec<Piece>, right: Vec<Piece>) {
    for (at, piece) in right.into_iter().enumerate() {
        match left.get_mut(at) {
            Some(beside) => beside.marks.extend(piece.marks),
            None => left.push(piece),
        }
    }
}
