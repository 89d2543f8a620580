//! The record on paper: sheets of text, tables and pictures as PDF.
//!
//! A [`Sheet`] is what is to be printed, as values; [`pdf`] makes the bytes. The same sheet makes the same bytes.
//! [`sheet_of_chart`] puts a chart on a sheet, [`sheet_of_claim`] an institutional claim. Nothing here reads a clock or a file; the fonts are part of the program.
//! What the pages look like and why is told in `docs/print.md`.

mod chart_copy;
mod error;
mod fonts;
mod frame;
mod galley;
mod lines;
mod outline;
mod pages;
mod picture;
mod set;
mod shape;
mod sheet;
mod structure;
mod ub04;
mod words;
mod write;

pub use chart_copy::{ChartSheet, ChartToPrint, DocumentToPrint, LeftOut, Scope, sheet_of_chart};
pub use error::PaperError;
pub use sheet::{
    Block, Column, Footer, Form, FormBox, FormRow, Header, Level, Paper, Picture, PictureKind, Points, Sheet,
    Signature, Table,
};
pub use ub04::{ClaimToPrint, sheet_of_claim};
pub use words::{Style, Words};

use fonts::{Fonts, UNKNOWN};
use frame::Frame;
use galley::Galley;
use pages::paged;
use shape::Shaper;
use write::Print;

/// A sheet as PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The file.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Characters that no font of the program has, in their order. Each is printed as ▨, and the last page lists them.
    pub unknown: Vec<char>,
}

/// Prints a sheet.
///
/// # Errors
/// When a page would not say whose it is, when a table or picture cannot be set, or when header and footer leave no room.
pub fn print(sheet: &Sheet) -> Result<Printed, PaperError> {
    let fonts = Fonts::open()?;
    let mut shaper = Shaper::new(&fonts);
    let frame = Frame::new(&mut shaper, sheet)?;
    let mut galley = Galley::new(&mut shaper, sheet.paper.text_width(), frame.body_height);
    galley.set_blocks(&sheet.blocks)?;
    galley.set_blocks(&note_on_unknown(galley.shaper))?;
    let Galley { pieces, structure, anchors, .. } = galley;
    let pages = paged(&pieces, frame.body_height);
    let count = pages.len();
    let pdf = Print { sheet, frame, pages, anchors, structure }.write(&mut shaper)?;
    Ok(Printed { pdf, pages: count, unknown: shaper.missing.into_iter().collect() })
}

/// The PDF of a sheet, when nothing else is asked of it.
///
/// # Errors
/// As [`print()`].
pub fn pdf(sheet: &Sheet) -> Result<Vec<u8>, PaperError> {
    print(sheet).map(|printed| printed.pdf)
}

/// Tells the reader which characters could not be printed, if there are any.
fn note_on_unknown(shaper: &Shaper) -> Vec<Block> {
    if shaper.missing.is_empty() {
        return Vec::new();
    }
    let codes: Vec<String> = shaper.missing.iter().map(|one| format!("U+{:04X}", u32::from(*one))).collect();
    let note = format!(
        "The sign {UNKNOWN} on these pages stands for a character that could not be printed: {}. The record itself \
         holds it.",
        codes.join(", ")
    );
    vec![Block::Paragraph(Words::italic(format!("\n{note}")))]
}
