//! The board of what is discharged and not billed: by cause, in days and in weight.

use chart::access::Permission;
use chart::coding::pending_reasons;
use chart::encounter::Setting;
use chart::id::{EncounterId, PatientId};
use jiff::Timestamp;
use rust_decimal::Decimal;
use store::coding::{self, Stand, Unbilled, UnbilledSum};
use store::{Page, Store};

use crate::{Context, Result};

/// Encounters that are shown.
const SHOWN: u32 = 200;

/// An encounter that waits.
#[derive(Debug, Clone)]
pub struct Waits {
    /// Which.
    pub encounter: EncounterId,
    /// Whose.
    pub patient: PatientId,
    /// The name, unless the chart is restricted.
    pub name: Option<String>,
    /// Where care was given.
    pub setting: Setting,
    /// When it ended.
    pub discharged: Timestamp,
    /// Days since then.
    pub days: i64,
    /// Why it waits, in words.
    pub cause: String,
}

/// What waits for one cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// In words.
    pub title: String,
    /// Whose work ends it.
    pub whose: String,
    /// How many encounters.
    pub count: i64,
    /// Days since discharge, all together.
    pub days: i64,
    /// Relative weights of the DRGs reached so far, all together.
    pub weight: Decimal,
}

/// The board.
#[derive(Debug, Clone)]
pub struct Board {
    /// By cause, the most first.
    pub causes: Vec<Cause>,
    /// The encounters, the longest first.
    pub waits: Vec<Waits>,
    /// How many wait in all.
    pub total: i64,
}

/// Reads the board of a setting, or of all. The database counts; only the encounters shown are read.
///
/// # Errors
/// [`crate::Error::Forbidden`] without the permission.
pub async fn unbilled(store: &Store, context: &Context, setting: Option<Setting>) -> Result<Board> {
    context.must(Permission::CodingRead)?;
    let mut view = store.view().await?;
    let sums = coding::unbilled_sums(&mut view, setting, context.at).await?;
    let rows = coding::unbilled(&mut view, setting, Page::first(SHOWN)).await?;
    view.finish(context.event("unbilled-read")).await?;
    let total = sums.iter().map(|sum| sum.count).sum();
    let mut causes: Vec<Cause> = sums.iter().map(summed).collect();
    causes.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.title.cmp(&other.title)));
    let waits = rows.into_iter().map(|row| waits(row, context)).collect();
    Ok(Board { causes, waits, total })
}

fn summed(sum: &UnbilledSum) -> Cause {
    let (title, whose) = cause(&sum.stand);
    Cause {
        title,
        whose: whose.to_owned(),
        count: sum.count,
        days: sum.days,
        weight: Decimal::new(sum.weight, 4),
    }
}

fn waits(row: Unbilled, context: &Context) -> Waits {
    Waits {
        encounter: row.encounter,
        patient: row.patient,
        name: row.name,
        setting: row.setting,
        discharged: row.discharged,
        days: context.at.duration_since(row.discharged).as_hours() / 24,
        cause: cause(&row.stand).0,
    }
}

/// Why an encounter waits, and whose work ends that. Of several reasons the one that was said first counts.
fn cause(stand: &Stand) -> (String, &'static str) {
    match stand.state.as_deref() {
        None => ("Coding has not begun".into(), "coding"),
        Some("final") => ("Closed, not billed".into(), "patient accounts"),
        Some("held") => {
            let first = stand.pending.as_deref().unwrap_or("other");
            let reason = pending_reasons().iter().find(|one| one.key == first);
            reason.map_or_else(|| (first.to_owned(), ""), |one| (one.title.clone(), one.whose.as_str()))
        }
        Some(_) => ("Being coded".into(), "coding"),
    }
}
