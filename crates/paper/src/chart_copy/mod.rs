//! A chart on paper: face sheet, contents, lists, encounters, documents in chart order, results by panel.

mod documents;
mod encounters;
mod face;
mod lists;
mod results;
mod section;
mod shown;

use chart::document::{Document, DocumentVersion};
use chart::encounter::Encounter;
use chart::entry::Entry;
use chart::id::DocumentId;
use chart::patient::Demographics;
use chart::signature::Signature;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::sheet::{Block, Footer, Header, Level, Paper, Picture, Sheet};
use shown::Shown;

/// What the copy is called at the top of its pages.
const TITLE: &str = "Copy of the health record";
const TITLE_LEGAL: &str = "Copy of the legal health record";

/// A chart with what is needed to print it.
#[derive(Debug, Clone)]
pub struct ChartToPrint<'a> {
    /// The hospital, as it signs its papers.
    pub hospital: &'a str,
    /// On what paper.
    pub paper: Paper,
    /// Whose chart it is.
    pub demographics: &'a Demographics,
    /// The encounters to print.
    pub encounters: &'a [Encounter],
    /// The documents to print.
    pub documents: &'a [DocumentToPrint<'a>],
    /// The entries to print.
    pub entries: &'a [Entry],
    /// How much of it.
    pub scope: Scope,
    /// The hospital's time zone: all times are printed in it.
    pub zone: &'a TimeZone,
    /// When it is printed.
    pub printed_at: Timestamp,
    /// Who prints it.
    pub printed_by: &'a str,
    /// The line on confidentiality at the foot of every page.
    pub confidentiality: &'a str,
}

/// A document with what belongs to it.
#[derive(Debug, Clone)]
pub struct DocumentToPrint<'a> {
    /// The document with its newest version.
    pub document: &'a Document,
    /// Its earlier versions; they are printed after the newest, the latest first.
    pub earlier: &'a [DocumentVersion],
    /// Signatures made here, under all its versions.
    pub signatures: &'a [Signature],
    /// Its scanned pages and pictures, in order.
    pub pages: Vec<Picture>,
}

/// How much of a chart is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// All of it.
    #[default]
    Whole,
    /// The legal health record: only documents whose type belongs to it, and no charges.
    LegalRecord,
}

/// A document that is not in the copy. The copy does not mention it: that it exists may be no business of the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// Its type is not part of the legal health record.
    NotLegalRecord(DocumentId),
    /// It has no type yet, so nobody has said whether it is part of the legal health record: index it and print again.
    NoType(DocumentId),
}

/// A chart on a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartSheet {
    /// What to print.
    pub sheet: Sheet,
    /// What the scope leaves out, for whoever prints.
    pub left_out: Vec<LeftOut>,
}

/// Puts a chart on a sheet.
#[must_use]
pub fn sheet_of_chart(chart: &ChartToPrint) -> ChartSheet {
    let shown = Shown { zone: chart.zone };
    let (documents, left_out) = documents::in_scope(chart);
    let title = if chart.scope == Scope::LegalRecord { TITLE_LEGAL } else { TITLE };
    let mut blocks = face::face_sheet(chart, title, &shown);
    blocks.extend([heading(Level::Section, "Contents"), Block::Contents, Block::PageBreak]);
    blocks.extend(lists::lists(chart, &shown));
    blocks.extend(encounters::encounters(chart, &shown));
    blocks.extend(documents::documents(chart, &documents, &shown));
    blocks.extend(results::results(chart, &shown));
    blocks.extend(lists::late_lists(chart, &shown));
    let sheet = Sheet {
        paper: chart.paper,
        title: title.to_owned(),
        header: header(chart),
        footer: footer(chart, &shown),
        blocks,
    };
    ChartSheet { sheet, left_out }
}

fn header(chart: &ChartToPrint) -> Header {
    let number = chart.demographics.record_number().map(|number| number.value.clone());
    Header {
        hospital: chart.hospital.to_owned(),
        patient: chart.demographics.filed_name(),
        record_number: number.unwrap_or_default(),
        birth: chart.demographics.birth.map(|birth| birth.to_string()),
        is_letter: false,
    }
}

fn footer(chart: &ChartToPrint, shown: &Shown) -> Footer {
    Footer {
        printed_at: chart.printed_at,
        printed_shown: shown.instant(chart.printed_at),
        printed_by: chart.printed_by.to_owned(),
        confidentiality: chart.confidentiality.to_owned(),
    }
}

fn heading(level: Level, text: impl Into<String>) -> Block {
    Block::Heading { level, text: text.into() }
}
