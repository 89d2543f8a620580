//! The facility's own rows over the shipped profile: kept as a setting with its whole history.

use chart::access::Permission;
use completeness::{FacilityKind, Override, Policy, RowText};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::settings::{self, Setting};
use store::{Reader, Store};

use super::evaluate::{Extent, ask_all};
use crate::{Context, Error, Result};

/// The name of the setting.
const SETTING: &str = "completeness-policy";

/// A row of the facility's own, with who made it and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The row, and when it is in force.
    pub own: Override,
    /// Who made it, by account.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// The facility's policy as it is kept: every row it ever had.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Policies {
    /// What kind of hospital it is.
    pub facility: FacilityKind,
    /// Its own rows, in the order they were made.
    pub rows: Vec<Kept>,
}

/// A change of a row, as somebody asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The row's key.
    pub key: String,
    /// What it says from now on; `None` to do without it.
    pub row: Option<RowText>,
    /// From which day on.
    pub first: Date,
    /// Why.
    pub reason: String,
}

/// The policy in force on a day, with its version.
pub(super) async fn in_force(reader: &mut Reader, day: Date) -> Result<(Policy, i64)> {
    let kept = read(reader).await?;
    let own: Vec<Override> = kept.value.rows.into_iter().map(|one| one.own).collect();
    let policy =
        Policy::new(kept.value.facility, &own, day).map_err(|error| Error::refused(error.to_string()))?;
    Ok((policy, kept.version))
}

async fn read(reader: &mut Reader) -> Result<Setting<Policies>> {
    Ok(settings::kept(reader, SETTING).await?)
}

/// The rows in force on a day, and what is kept of all that ever were.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn policies(store: &Store, context: &Context, day: Date) -> Result<(Vec<RowText>, Policies)> {
    context.must(Permission::DeficiencyRead)?;
    let mut view = store.view().await?;
    let kept = read(&mut view).await?.value;
    view.close().await?;
    let own: Vec<Override> = kept.rows.iter().map(|one| one.own.clone()).collect();
    let rows = Policy::texts(&own, day).map_err(|error| Error::refused(error.to_string()))?;
    Ok((rows, kept))
}

/// Changes a row from a day on and has everything evaluated anew. The row before it ends the day before.
///
/// # Errors
/// [`Error::Refused`] with the column and the word that cannot be used, or without a reason.
pub async fn change(store: &Store, context: &mut Context, asked: Change) -> Result<()> {
    context.must(Permission::PolicyConfigure)?;
    let reason = asked.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(Error::refused("say why the policy changes, or who decided it: it is kept with the row"));
    }
    if let Some(row) = &asked.row {
        row.check().map_err(|error| Error::refused(error.to_string()))?;
        if row.key != asked.key {
            return Err(Error::refused("the key of a row stays: make a new row for another demand"));
        }
    }
    let mut tx = store.begin().await?;
    let mut kept = read(&mut tx).await?;
    end_before(&mut kept.value, &asked)?;
    let own = Override { key: asked.key.clone(), first: asked.first, last: None, row: asked.row };
    kept.value.rows.push(Kept { own, by: by(context), at: context.at, reason: reason.clone() });
    settings::set(&mut tx, SETTING, &kept, context.at).await?;
    ask_all(&mut tx, context, Extent::Owed).await?;
    let event = context.event("policy-change").object("policy", &asked.key).reason(&reason);
    tx.commit(event.detail(json!({ "first": asked.first }))).await?;
    Ok(())
}

/// Says what kind of hospital it is, and has everything evaluated anew.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn facility(store: &Store, context: &mut Context, kind: FacilityKind) -> Result<()> {
    context.must(Permission::PolicyConfigure)?;
    let mut tx = store.begin().await?;
    let mut kept = read(&mut tx).await?;
    kept.value.facility = kind;
    settings::set(&mut tx, SETTING, &kept, context.at).await?;
    ask_all(&mut tx, context, Extent::Owed).await?;
    tx.commit(context.event("policy-facility").detail(json!({ "kind": kind }))).await?;
    Ok(())
}

/// The row in force for the same key ends the day before the new one begins.
fn end_before(policies: &mut Policies, asked: &Change) -> Result<()> {
    let day_before =
        asked.first.yesterday().map_err(|_| Error::refused("the first day is no day of our calendar"))?;
    for one in policies.rows.iter_mut().filter(|one| one.own.key == asked.key && one.own.last.is_none()) {
        if one.own.first > day_before {
            return Err(Error::refused(format!(
                "a row for {} begins on {} already: let the new one begin after that day",
                asked.key, one.own.first
            )));
        }
        one.own.last = Some(day_before);
    }
    Ok(())
}

fn by(context: &Context) -> String {
    context.user().map_or_else(|| "the program".into(), |user| user.to_string())
}
