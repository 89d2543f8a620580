//! Where in an imported text something is wrong.

use codeset::TableError;
use csv::{Position, StringRecord};

/// A record's place in a text, from which its line is counted only when an error asks for it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'t> {
    file: &'t str,
    text: &'t str,
    byte: usize,
}

impl<'t> Place<'t> {
    /// The beginning of a text.
    pub(crate) fn start(file: &'t str, text: &'t str) -> Self {
        Self { file, text, byte: 0 }
    }

    /// The place of `record` in the same text.
    pub(crate) fn of(self, record: &StringRecord) -> Self {
        self.at(record.position())
    }

    /// The place the reader names in the same text.
    pub(crate) fn at(self, position: Option<&Position>) -> Self {
        let byte = position.and_then(|position| usize::try_from(position.byte()).ok());
        Self { byte: byte.unwrap_or_default(), ..self }
    }

    /// An error here.
    pub(crate) fn error(self, what: impl Into<String>) -> TableError {
        TableError { file: self.file.to_owned(), line: self.line(), what: what.into() }
    }

    /// The error of a reader that could not go on.
    pub(crate) fn unreadable(self, error: &csv::Error) -> TableError {
        self.at(error.position()).error(error.to_string())
    }

    /// The line, from 1. The reader sets a record's place before the line feed that still belongs to the record
    /// above it, so line feeds at the place itself are counted too.
    fn line(self) -> usize {
        let bytes = self.text.as_bytes();
        let above = bytes.iter().take(self.byte).filter(|byte| **byte == b'\n').count();
        let skipped = bytes.iter().skip(self.byte).take_while(|byte| matches!(byte, b'\n' | b'\r'));
        1 + above + skipped.filter(|byte| **byte == b'\n').count()
    }
}
