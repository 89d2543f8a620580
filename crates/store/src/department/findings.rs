//! What does not agree in records: kept from the day it is found, with what a person decided.

use std::collections::HashMap;

use accuracy::Finding;
use chart::id::{EncounterId, FindingId, PatientId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, body, key_of, micros};
use crate::write::{Insert, Values};
use crate::{Error, Page, Reader, Result, Tx, version};

/// How far a finding has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It waits for a person.
    Open,
    /// A person has had it put right.
    Resolved,
    /// A person says that it is none, or is to stay.
    Overridden,
    /// The record, checked again, does not have it any more.
    Gone,
}

/// What a person decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What has become of it.
    pub state: State,
    /// Who decided.
    pub by: UserId,
    /// Their name, as it was.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// What is stored as one body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// What was found.
    pub finding: Finding,
    /// Every decision, the first first; those that a later check has overtaken stay.
    #[serde(default)]
    pub decisions: Vec<Decision>,
}

/// A finding that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Our identifier.
    pub id: FindingId,
    /// Counts changes, from 1.
    pub version: i64,
    /// In whose record.
    pub patient: PatientId,
    /// In which encounter.
    pub encounter: Option<EncounterId>,
    /// How far it has come.
    pub state: State,
    /// Until when somebody should have looked at it.
    pub due: Timestamp,
    /// When it was found first.
    pub found: Timestamp,
    /// What was found, and decided.
    pub details: Details,
}

const INSERT: Insert<'_> = Insert {
    head: "
insert into accuracy_finding (
  id, version, patient, encounter, rule, subject, identity, state, due, found, updated, body
)
values",
    width: 12,
    tail: "on conflict (patient, identity) do nothing",
};

/// Adds findings that are new.
pub async fn insert_all(tx: &mut Tx, all: &[Kept]) -> Result<()> {
    let bind = |one: &Kept, values: &mut Values| {
        values.add(one.id.to_string())?;
        values.add(one.version)?;
        values.add(one.patient.to_string())?;
        values.add(one.encounter.map(|id| id.to_string()))?;
        values.add(one.details.finding.rule.as_str())?;
        values.add(one.details.finding.subject.as_str())?;
        // Two charts may say the same of their registration, and be merged.
        values.add(format!("{}/{}", one.patient, one.details.finding.identity))?;
        values.add(key_of(&one.state)?)?;
        values.add(micros(one.due))?;
        values.add(micros(one.found))?;
        values.add(micros(one.found))?;
        values.add(body(&one.details)?)
    };
    INSERT.run(tx, all, bind).await.map(|_| ())
}

const UPDATE: &str = "
update accuracy_finding
set version = version + 1, state = $3, updated = $4, body = $5
where id = $1
  and version = $2
";

/// Stores what has become of a finding. Gives its new version.
///
/// # Errors
/// [`Error::Conflict`] when somebody was faster.
pub async fn update(tx: &mut Tx, one: &Kept, at: Timestamp) -> Result<i64> {
    let query = sqlx::query(UPDATE)
        .bind(one.id.to_string())
        .bind(one.version)
        .bind(key_of(&one.state)?)
        .bind(micros(at))
        .bind(body(&one.details)?);
    version::after(&query.execute(tx.sql()).await?, "finding", one.id, one.version)
}

const ROWS: &str = "
select id, version, patient, encounter, state, due, found, body
from accuracy_finding
";

/// The finding, which must be there.
pub async fn get(reader: &mut Reader, id: FindingId) -> Result<Kept> {
    let mut conditions = Conditions::default();
    conditions.with("id =", Some(id.to_string()))?;
    let rows = conditions.rows(reader, ROWS, "", Page::first(1)).await?;
    read(rows.first().ok_or_else(|| Error::Missing { what: "finding", id: id.to_string() })?)
}

/// Every finding of these patients, whatever has become of it.
pub async fn of_patients(
    reader: &mut Reader,
    patients: &[PatientId],
) -> Result<HashMap<PatientId, Vec<Kept>>> {
    if patients.is_empty() {
        return Ok(HashMap::new());
    }
    let mut conditions = Conditions::default();
    conditions.any_of("patient", patients.iter().map(ToString::to_string))?;
    let rows = conditions.rows(reader, ROWS, "order by due, id", Page::first(u32::MAX)).await?;
    let mut all: HashMap<PatientId, Vec<Kept>> = HashMap::new();
    for one in row::all(&rows, read)? {
        all.entry(one.patient).or_default().push(one);
    }
    Ok(all)
}

fn read(row: &AnyRow) -> Result<Kept> {
    Ok(Kept {
        id: row::parsed(row, "id")?,
        version: row::int(row, "version")?,
        patient: row::parsed(row, "patient")?,
        encounter: row::opt_parsed(row, "encounter")?,
        state: row::choice(row, "state")?,
        due: row::instant(row, "due")?,
        found: row::instant(row, "found")?,
        details: row::json(row, "body")?,
    })
}
