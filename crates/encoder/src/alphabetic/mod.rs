//! The official alphabetic indexes, as CDC publishes them in XML: the index to diseases, the index to external causes,
//! the Neoplasm Table and the Table of Drugs. They are not part of this program; a hospital brings the files.

mod built;
mod index;
mod kept;
mod reader;
mod table;

use roxmltree::{Document, ParsingOptions};

pub use index::{Entry, Index, Lead};
pub use kept::Book;
pub use table::{Cell, Grid, Row};

/// What is wrong in an index file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IndexError {
    /// Not XML.
    #[error("{file}, line {line}: {what}; the file is no XML or cut short, get it anew")]
    Xml {
        /// The file's name.
        file: String,
        /// The line's number, from 1.
        line: u32,
        /// What the reader says.
        what: String,
    },
    /// XML, but no index.
    #[error("{0} is no alphabetic index of ICD-10-CM: it does not begin with ICD10CM.index")]
    NotAnIndex(String),
    /// An index without entries, or a table without columns.
    #[error("{file} holds no {what}; it may be another of the four index files")]
    Empty {
        /// The file's name.
        file: String,
        /// What it lacks.
        what: &'static str,
    },
}

/// What `read` makes of the document in `text`, if it is an index.
fn with_document<T>(
    file: &str,
    text: &str,
    read: impl FnOnce(&Document<'_>) -> Result<T, IndexError>,
) -> Result<T, IndexError> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| IndexError::Xml {
        file: file.to_owned(),
        line: error.pos().row,
        what: error.to_string(),
    })?;
    if document.root_element().tag_name().name() != "ICD10CM.index" {
        return Err(IndexError::NotAnIndex(file.to_owned()));
    }
    read(&document)
}

#[cfg(test)]
mod tests;
