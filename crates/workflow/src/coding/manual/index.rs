//! The alphabetic indexes and the two tables, paged and looked up.

use std::sync::Arc;

use encoder::alphabetic::{Book, Entry, Grid, Index};
use jiff::civil::Date;

use super::refused;
use crate::coding::Books;
use crate::{Error, Result};

/// Entries of a page.
const PAGE: usize = 80;

/// A page of an index.
#[derive(Debug, Clone)]
pub struct IndexView {
    /// The index's own title, or that it was built from titles and inclusion terms.
    pub title: String,
    /// The fiscal year it was published for; empty where it was built.
    pub version: String,
    /// The number of the first entry shown, from 0.
    pub from: usize,
    /// All entries.
    pub total: usize,
    /// Those of the page.
    pub entries: Vec<Entry>,
}

impl IndexView {
    /// Where the page before begins.
    #[must_use]
    pub fn before(&self) -> Option<usize> {
        (self.from > 0).then(|| self.from.saturating_sub(PAGE))
    }

    /// Where the page after begins.
    #[must_use]
    pub fn after(&self) -> Option<usize> {
        Some(self.from + PAGE).filter(|after| *after < self.total)
    }
}

/// A page of an index: at `word` if one is given, otherwise from the entry numbered `from`. Where the index to diseases
/// is not imported, one built from the tabular list of `day` stands for it.
///
/// # Errors
/// When the index to external causes is not imported, with how to import it; when the books cannot be read.
pub fn index(books: &Books, book: Book, word: &str, from: usize, day: Date) -> Result<IndexView> {
    let index = open(books, book, day)?;
    let from = if word.is_empty() { from } else { index.place_of(word) };
    let from = from.min(index.entries.len().saturating_sub(1));
    Ok(IndexView {
        title: index.title.clone(),
        version: index.version.clone(),
        total: index.entries.len(),
        entries: index.entries.iter().skip(from).take(PAGE).cloned().collect(),
        from,
    })
}

fn open(books: &Books, book: Book, day: Date) -> Result<Arc<Index>> {
    books.manuals.index.get((book, day), || {
        if let Some(index) = Index::open(&books.pack, book).map_err(refused)? {
            return Ok(index);
        }
        match book {
            Book::Diseases => Index::built(&books.pack, day).map_err(refused),
            other => Err(Error::refused(other.how_to_import())),
        }
    })
}

/// The Neoplasm Table or the Table of Drugs; `None` inside where it is not imported, or for another book.
///
/// # Errors
/// When the books cannot be read.
pub fn grid(books: &Books, book: Book) -> Result<Arc<Option<Grid>>> {
    let kept = match book {
        Book::Neoplasms => &books.manuals.neoplasms,
        Book::Drugs => &books.manuals.drugs,
        Book::Diseases | Book::ExternalCauses => return Ok(Arc::new(None)),
    };
    kept.get((), || Grid::open(&books.pack, book)).map_err(refused)
}
