//! Codes of ICD-9-CM for those who read old records.

use std::sync::Arc;

use codeset::Code;
use encoder::former::{Equivalent, Former, FormerCode};

use super::refused;
use crate::Result;
use crate::coding::Books;

/// Codes shown at most.
const MOST: usize = 60;

/// The codes of ICD-9-CM that begin with the characters, or whose titles have the words, with what they are today.
///
/// # Errors
/// When the books lack the mappings.
pub fn former(books: &Books, text: &str) -> Result<Vec<FormerCode>> {
    Ok(open(books)?.find(text, MOST))
}

/// What a code of ICD-10-CM was, as ICD-9-CM prints it, with the titles.
///
/// # Errors
/// When the books lack the mappings.
pub fn was(books: &Books, code: Code) -> Result<Vec<(Equivalent, String)>> {
    let former = open(books)?;
    let was = former.was(&code.to_string());
    Ok(was.into_iter().map(|(one, title)| (one, title.to_owned())).collect())
}

fn open(books: &Books) -> Result<Arc<Former>> {
    books.manuals.former.get((), || Former::open(&books.pack)).map_err(refused)
}
