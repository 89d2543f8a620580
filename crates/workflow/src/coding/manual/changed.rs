//! What changed between two days, for those who look at a chapter, a code, or the codes used here.

use std::collections::BTreeSet;

use codeset::diff::Diff;
use codeset::{Code, Family};
use encoder::{Asked, changes, changes_of};
use jiff::civil::Date;
use store::Store;

use super::refused;
use crate::coding::Books;
use crate::{Error, Result};

/// Whose changes are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Those of a chapter of ICD-10-CM.
    Chapter(u8),
    /// Those of a code and all that begins with it.
    Code(Code),
    /// Those of the codes that stand in code sets of this facility.
    UsedHere,
}

/// The editions of the diagnosis codes that are held, oldest first: name and first day.
#[must_use]
pub fn years(books: &Books) -> Vec<(String, Date)> {
    let editions = books.desk.editions().editions().iter();
    editions.filter(|one| one.family == Family::Icd10cm).map(|one| (one.version.clone(), one.first)).collect()
}

/// What differs between two days.
///
/// # Errors
/// When no edition governs one of the days, or there is no such chapter.
pub async fn changed(books: &Books, store: &Store, (from, to): (Date, Date), whose: Whose) -> Result<Diff> {
    let asked = match whose {
        Whose::Code(code) => Asked::Under(code),
        Whose::UsedHere => Asked::Listed(used(store).await?),
        Whose::Chapter(number) => Asked::chapter(&books.pack, number)
            .map_err(refused)?
            .ok_or_else(|| Error::refused(format!("ICD-10-CM has no chapter {number}")))?,
    };
    let all = || changes(&books.pack, from, to);
    let all = books.manuals.changes.get((from, to), all).map_err(refused)?;
    changes_of(&books.pack, &all, &asked).map_err(refused)
}

/// Of all charts together: what is shown says nothing of any patient.
async fn used(store: &Store) -> Result<BTreeSet<Code>> {
    let mut view = store.view().await?;
    let codes = store::coding::used(&mut view).await?;
    view.close().await?;
    Ok(codes.into_iter().collect())
}
