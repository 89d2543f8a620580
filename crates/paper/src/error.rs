//! Why a sheet cannot be printed.

/// Why a sheet cannot be printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// A page would not say whose it is.
    #[error(
        "the header has no {missing}: every page must name the patient by name and record number; give it"
    )]
    NotIdentified {
        /// What is missing.
        missing: &'static str,
    },
    /// Header and footer leave no room.
    #[error("the {what} leaves no room on {paper}: shorten it or choose larger paper")]
    NoRoom {
        /// What is too tall or too wide.
        what: &'static str,
        /// The paper.
        paper: &'static str,
    },
    /// A picture cannot be read.
    #[error("the picture {caption:?} cannot be printed: {why}; check that the file is a whole PNG or JPEG")]
    Picture {
        /// Its caption.
        caption: String,
        /// What is wrong with it.
        why: String,
    },
    /// A table cannot be drawn.
    #[error(
        "a table cannot be set: {what}; give each column a share above zero, and each row no more cells than columns"
    )]
    Table {
        /// What is wrong with it.
        what: String,
    },
    /// A font of the program cannot be read.
    #[error("the font {font} of this program cannot be read: install the program anew")]
    Font {
        /// Its file.
        font: &'static str,
    },
    /// The PDF cannot be written.
    #[error(
        "the PDF cannot be written: {why}; this is a fault of the program, report it with the kind of print"
    )]
    Write {
        /// What the writer says. It names no patient.
        why: String,
    },
}
