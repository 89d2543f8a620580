//! What is to be printed, as values: who it is about, and blocks of headings, text, tables and pictures.

use jiff::Timestamp;

use crate::words::Words;

/// A length on paper in PostScript points: 72 to the inch.
pub type Points = f32;

/// A size of paper with the margins kept free on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paper {
    /// Its name: `US Letter`.
    pub name: &'static str,
    /// Width of the page.
    pub width: Points,
    /// Height of the page.
    pub height: Points,
    /// Free space at the left and at the right; wide enough at the left to punch and bind.
    pub side_margin: Points,
    /// Free space above the header and below the footer.
    pub edge_margin: Points,
}

impl Paper {
    /// 8.5 × 11 inches (ANSI/ASME Y14.1, size A).
    pub const LETTER: Self =
        Self { name: "US Letter", width: 612.0, height: 792.0, side_margin: 54.0, edge_margin: 32.0 };
    /// 210 × 297 mm (ISO 216).
    pub const A4: Self =
        Self { name: "A4", width: 595.28, height: 841.89, side_margin: 54.0, edge_margin: 32.0 };
    /// The sizes a person may choose from.
    pub const ALL: [Self; 2] = [Self::LETTER, Self::A4];

    /// The width between the side margins.
    #[must_use]
    pub fn text_width(&self) -> Points {
        self.width - 2.0 * self.side_margin
    }
}

/// A print: what stands on every page, and the blocks in their order.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// On what.
    pub paper: Paper,
    /// The title of the whole; also the title of the PDF.
    pub title: String,
    /// The top of every page.
    pub header: Header,
    /// The foot of every page.
    pub footer: Footer,
    /// What is printed.
    pub blocks: Vec<Block>,
}

/// The top of every page: whose record it is, by two identifiers and the name (42 CFR 482.24(b): the record is
/// accurately written and properly filed; Joint Commission NPSG.01.01.01 asks for two identifiers).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// The hospital.
    pub hospital: String,
    /// The patient's name as filed: `Ortega, Lucía`. Must not be empty.
    pub patient: String,
    /// The medical record number. Must not be empty.
    pub record_number: String,
    /// The date of birth; `None` is printed as not known.
    pub birth: Option<String>,
    /// A letter to a person of the staff: `patient` is the addressee, `record_number` says which letter it is, and there
    /// is no birth date.
    pub is_letter: bool,
}

/// The foot of every page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footer {
    /// When it was printed.
    pub printed_at: Timestamp,
    /// The same in the hospital's time, as it is to be read.
    pub printed_shown: String,
    /// Who printed it.
    pub printed_by: String,
    /// The line on confidentiality.
    pub confidentiality: String,
}

/// How a heading ranks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A chapter: an encounter, the list of medications. It is named at the top of the pages that follow.
    Chapter,
    /// A document, or a panel of results.
    Part,
    /// A section of a document.
    Section,
    /// A part of a section.
    Detail,
}

/// A piece of a print.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// The title on the first page, with a line below it.
    Title {
        /// What it is.
        title: String,
        /// What it is of.
        line: String,
    },
    /// A heading. It stays with what follows.
    Heading {
        /// Its rank.
        level: Level,
        /// Its words.
        text: String,
    },
    /// A paragraph. Line breaks in it are kept.
    Paragraph(Words),
    /// A list with a mark before each item.
    List(Vec<Words>),
    /// Names with values, the names in one column.
    KeyValues(Vec<(String, Words)>),
    /// A table.
    Table(Table),
    /// A form of numbered boxes.
    Form(Form),
    /// Who signed, or that nobody did.
    Signatures(Vec<Signature>),
    /// A picture on a page of its own: a scanned page.
    Scan(Picture),
    /// A list of the chapters and parts with their pages.
    Contents,
    /// What follows begins on a new page.
    PageBreak,
    /// A line across.
    Rule,
}

/// A table with a header that is repeated on every page it reaches.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; a row has a cell for each column, missing ones are empty.
    pub rows: Vec<Vec<Words>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// Its share of the width, against the other columns' shares.
    pub share: f32,
}

impl Column {
    /// A column with a heading and a share of the width.
    pub fn new(title: impl Into<String>, share: f32) -> Self {
        Self { title: title.into(), share }
    }
}

/// A form: rows of boxes, each row as high as its fullest box. A row stays whole.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Form {
    /// Its rows.
    pub rows: Vec<FormRow>,
}

/// Boxes beside each other.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FormRow {
    /// The boxes.
    pub boxes: Vec<FormBox>,
}

/// A box of a form.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FormBox {
    /// Its number: `3a`; may be empty.
    pub number: String,
    /// Its name; a box without number and name has its text only.
    pub name: String,
    /// What stands in it; line breaks are kept.
    pub text: Words,
    /// Its share of the width, against the other boxes of the row.
    pub share: f32,
}

/// A line of signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signature {
    /// Somebody signed.
    Signed {
        /// Who.
        by: String,
        /// What for: author, co-signer; may be empty.
        meaning: String,
        /// When, as it is to be read; empty when not known.
        at: String,
    },
    /// Nobody signed what is printed.
    NotSigned {
        /// Who was to sign, as far as known; may be empty.
        by: String,
    },
    /// A line to sign on with a pen.
    ToSign {
        /// What stands below the line.
        caption: String,
    },
}

/// A picture to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// How its bytes are to be read.
    pub kind: PictureKind,
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// What stands below it, and what is read out instead of it: `Consent to operation, page 2 of 3`.
    pub caption: String,
}

/// The kinds of picture that can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PictureKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
}

impl PictureKind {
    /// The kind with this media type, if it can be printed.
    #[must_use]
    pub fn of_media_type(media_type: &str) -> Option<Self> {
        match media_type.trim().to_ascii_lowercase().as_str() {
            "image/png" => Some(Self::Png),
            "image/jpeg" | "image/jpg" => Some(Self::Jpeg),
            _ => None,
        }
    }
}
