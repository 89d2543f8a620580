//! The classification manuals as pages show them: the tabular list, the alphabetic indexes, the tables, the axes of
//! procedure codes, what changed, and ICD-9-CM. Nothing here is about a patient.

mod changed;
mod former;
mod index;
mod kept;
mod place;

use std::fmt::Display;
use std::sync::Arc;

use codeset::Family;
use encoder::procedure::{Picker, Step};
use jiff::civil::Date;

pub use changed::{Whose, changed, years};
pub use former::{former, was};
pub use index::{IndexView, grid, index};
pub(super) use kept::Manuals;
pub use place::{Line, Named, Place, Rung, Said, chapters, place};

pub use codeset::diff::Diff;
pub use encoder::alphabetic::{Book, Entry, Grid, Lead, Row};
pub use encoder::former::{Equivalent, FormerCode, pointed};
pub use encoder::procedure;
pub use encoder::{Node, SeventhCharacter};

use super::Books;
use crate::{Error, Result};

/// What a manual could not do, in its own words.
fn refused(error: impl Display) -> Error {
    Error::refused(error.to_string())
}

/// What may follow the characters of a procedure code that were chosen; `None` if no code valid on the day begins so.
///
/// # Errors
/// When no edition governs the day, or the books lack the tables.
pub fn step(books: &Books, chosen: &str, day: Date) -> Result<Option<Step>> {
    books.desk.editions().on(Family::Icd10pcs, day).map_err(refused)?;
    let picker: Arc<Picker> =
        books.manuals.picker.get(day, || Picker::open(&books.pack, day)).map_err(refused)?;
    Ok(picker.step(chosen))
}
