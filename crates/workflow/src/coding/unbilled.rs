//! The board of what is discharged and not billed: by cause, in days and in weight.

use std::collections::BTreeMap;

use chart::access::Permission;
use chart::coding::{CodingState, pending_reasons};
use chart::encounter::Setting;
use chart::id::{EncounterId, PatientId};
use jiff::Timestamp;
use rust_decimal::Decimal;
use store::coding::{self, Stage, UnbilledFilter};
use store::{Page, Store};

use crate::{Context, Result};

/// Encounters that are counted at most.
const MOST: u32 = 10_000;
/// Encounters that are shown.
const SHOWN: usize = 200;

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

/// Reads the board of a setting, or of all.
///
/// # Errors
/// [`crate::Error::Forbidden`] without the permission.
pub async fn unbilled(store: &Store, context: &Context, setting: Option<Setting>) -> Result<Board> {
    context.must(Permission::CodingRead)?;
    let filter = UnbilledFilter { settings: setting.into_iter().collect(), state: None };
    let mut view = store.view().await?;
    let total = coding::count_unbilled(&mut view, &filter).await?;
    let rows = coding::unbilled(&mut view, &filter, Page::first(MOST)).await?;
    let mut causes: BTreeMap<(String, &'static str), Cause> = BTreeMap::new();
    let mut waits = Vec::new();
    for row in rows {
        let (title, whose) = cause(row.codes.as_ref().map(|set| &set.state));
        let days = context.at.duration_since(row.discharged).as_hours() / 24;
        let weight = match &row.codes {
            Some(set) => latest_weight(&coding::reached(&mut view, set.id).await?),
            None => Decimal::ZERO,
        };
        let sum = causes.entry((title.clone(), whose)).or_insert_with(|| Cause {
            title: title.clone(),
            whose: whose.to_owned(),
            count: 0,
            days: 0,
            weight: Decimal::ZERO,
        });
        sum.count += 1;
        sum.days += days;
        sum.weight += weight;
        if waits.len() < SHOWN {
            let patient = store::patients::by_id(&mut view, row.patient).await?;
            let open = patient.filter(|patient| patient.restriction.is_none());
            waits.push(Waits {
                encounter: row.encounter,
                patient: row.patient,
                name: open.map(|patient| patient.demographics.filed_name()),
                setting: row.setting,
                discharged: row.discharged,
                days,
                cause: title,
            });
        }
    }
    view.finish(context.event("unbilled-read")).await?;
    let mut causes: Vec<Cause> = causes.into_values().collect();
    causes.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.title.cmp(&other.title)));
    Ok(Board { causes, waits, total })
}

/// Why an encounter waits, and whose work ends that. Of several reasons the one that was said first counts.
fn cause(state: Option<&CodingState>) -> (String, &'static str) {
    match state {
        None => ("Coding has not begun".into(), "coding"),
        Some(CodingState::Open) => ("Being coded".into(), "coding"),
        Some(CodingState::Final { .. }) => ("Closed, not billed".into(), "patient accounts"),
        Some(CodingState::Held { pending }) => {
            let first = pending.first().map_or("other", |one| one.key.as_str());
            let reason = pending_reasons().iter().find(|one| one.key == first);
            reason.map_or_else(|| (first.to_owned(), ""), |one| (one.title.clone(), one.whose.as_str()))
        }
    }
}

/// The weight of the DRG reached last; nothing where the year's table is not held.
fn latest_weight(reached: &[coding::Reached]) -> Decimal {
    let last = reached.iter().rev().find(|one| one.stage == Stage::Final).or(reached.last());
    last.and_then(|one| one.weight.parse().ok()).unwrap_or(Decimal::ZERO)
}
