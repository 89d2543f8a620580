//! Documentation alerts: what was found, when it was raised, and what became of it.

use alerts::{Alert, AlertKind};
use chart::id::{EncounterId, PatientId};
use chart::machine::Stamp;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, body, micros};
use crate::write::{Insert, Values};
use crate::{Error, Page, Reader, Result, Tx};

/// What became of an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AlertState {
    /// Its rule holds.
    Open,
    /// The chart answers it by now.
    Cleared,
    /// A person said that it is none. It stays so, whatever the rule finds.
    Dismissed,
}

impl AlertState {
    /// The key it is stored and filtered by.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Cleared => "cleared",
            Self::Dismissed => "dismissed",
        }
    }
}

/// A person's word that an alert is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dismissal {
    /// Who, and when.
    pub by: Stamp,
    /// Why.
    pub reason: String,
}

/// An alert as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// What was found.
    pub alert: Alert,
    /// In whose record.
    pub patient: PatientId,
    /// In which encounter.
    pub encounter: EncounterId,
    /// What became of it.
    pub state: AlertState,
    /// When it was raised, or raised again after it had cleared.
    pub raised: Timestamp,
    /// When it changed last.
    pub updated: Timestamp,
    /// Who dismissed it, and why.
    pub dismissal: Option<Dismissal>,
}

/// The content as it is stored.
#[derive(Serialize, Deserialize)]
struct Content {
    alert: Alert,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dismissal: Option<Dismissal>,
}

const PUT: Insert<'_> = Insert {
    head: "
insert into alert (identity, patient, encounter, rule, kind, state, raised, updated, body)
values",
    width: 9,
    tail: "
on conflict (identity) do update
set state = excluded.state, raised = excluded.raised, updated = excluded.updated, body = excluded.body
",
};

/// Keeps alerts as they are now; whose they are stays what the columns say of those that are kept already.
pub async fn put(tx: &mut Tx, all: &[Filed]) -> Result<()> {
    let bind = |one: &Filed, values: &mut Values| {
        let content = Content { alert: one.alert.clone(), dismissal: one.dismissal.clone() };
        values.add(one.alert.identity.as_str())?;
        values.add(one.patient.to_string())?;
        values.add(one.encounter.to_string())?;
        values.add(one.alert.rule.as_str())?;
        values.add(row::key_of(&one.alert.kind)?)?;
        values.add(one.state.key())?;
        values.add(micros(one.raised))?;
        values.add(micros(one.updated))?;
        values.add(body(&content)?)
    };
    PUT.run(tx, all, bind).await.map(|_| ())
}

/// Which alerts are wanted. Everything that is said must be so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// In this state.
    pub state: Option<AlertState>,
    /// Of this kind.
    pub kind: Option<AlertKind>,
    /// In the record of this patient.
    pub patient: Option<PatientId>,
    /// In this encounter.
    pub encounter: Option<EncounterId>,
}

const ROWS: &str = "
select patient, encounter, state, raised, updated, body
from alert
";

const COUNT: &str = "
select count(*) as count
from alert
";

/// The alerts asked for, the oldest first.
pub async fn list(reader: &mut Reader, filter: &Filter, page: Page) -> Result<Vec<Filed>> {
    row::all(&conditions(filter)?.rows(reader, ROWS, "order by raised, identity", page).await?, read)
}

/// How many are asked for.
pub async fn count(reader: &mut Reader, filter: &Filter) -> Result<i64> {
    conditions(filter)?.count(reader, COUNT).await
}

/// The alert, which must be there.
pub async fn get(reader: &mut Reader, identity: &str) -> Result<Filed> {
    let mut conditions = Conditions::default();
    conditions.with("identity =", Some(identity))?;
    let rows = conditions.rows(reader, ROWS, "", Page::first(1)).await?;
    read(rows.first().ok_or_else(|| Error::Missing { what: "alert", id: identity.to_owned() })?)
}

/// Every alert in the records of these patients, whatever has become of it.
pub async fn of_patients(reader: &mut Reader, patients: &[PatientId]) -> Result<Vec<Filed>> {
    let mut conditions = Conditions::default();
    conditions.any_of("patient", patients.iter().map(ToString::to_string))?;
    row::all(&conditions.rows(reader, ROWS, "order by identity", Page::first(u32::MAX)).await?, read)
}

fn conditions(filter: &Filter) -> Result<Conditions> {
    let mut conditions = Conditions::default();
    conditions.with("state =", filter.state.map(AlertState::key))?;
    conditions.with("kind =", filter.kind.as_ref().map(row::key_of).transpose()?)?;
    conditions.with("patient =", filter.patient.map(|id| id.to_string()))?;
    conditions.with("encounter =", filter.encounter.map(|id| id.to_string()))?;
    Ok(conditions)
}

/// An alert out of its row. Whose it is stands in the columns, which a merge moves.
fn read(row: &AnyRow) -> Result<Filed> {
    let content: Content = row::json(row, "body")?;
    let state = match row::text(row, "state")?.as_str() {
        "open" => AlertState::Open,
        "cleared" => AlertState::Cleared,
        _ => AlertState::Dismissed,
    };
    Ok(Filed {
        alert: content.alert,
        patient: row::parsed(row, "patient")?,
        encounter: row::parsed(row, "encounter")?,
        state,
        raised: row::instant(row, "raised")?,
        updated: row::instant(row, "updated")?,
        dismissal: content.dismissal,
    })
}
