//! Resources for which the chart has no place: the original is kept, with whose it is and why nothing more was done.

use chart::id::{Digest, PatientId};
use chart::intake::SourceKey;
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, key_of, micros};
use crate::write::{Insert, Values};
use crate::{Page, Reader, Result, Tx};

/// A resource that is kept as its original only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The sender's key: for a FHIR resource `Type/id`.
    pub key: SourceKey,
    /// Its type: `Specimen`.
    pub kind: String,
    /// Whose it is, where it says.
    pub patient: Option<PatientId>,
    /// Why nothing more was done.
    pub reason: String,
    /// What came.
    pub original: Digest,
    /// When it came.
    pub received: Timestamp,
    /// Withdrawn by its sender.
    pub in_error: bool,
}

const PUT: Insert<'_> = Insert {
    head: "
insert into kept (system, kind, source_key, type, patient, reason, original, received, in_error)
values",
    width: 9,
    tail: "
on conflict (system, kind, source_key) do update
set type = excluded.type, patient = excluded.patient, reason = excluded.reason,
  original = excluded.original, received = excluded.received, in_error = excluded.in_error",
};

/// Keeps resources; the newest takes the place of an earlier one of the same key. No key twice in one call.
pub async fn put(tx: &mut Tx, all: &[Kept]) -> Result<()> {
    let bind = |one: &Kept, values: &mut Values| {
        values.add(one.key.system.as_str())?;
        values.add(key_of(&one.key.kind)?)?;
        values.add(one.key.key.as_str())?;
        values.add(one.kind.as_str())?;
        values.add(one.patient.map(|id| id.to_string()))?;
        values.add(one.reason.as_str())?;
        values.add(one.original.to_string())?;
        values.add(micros(one.received))?;
        values.add(i64::from(one.in_error))
    };
    PUT.run(tx, all, bind).await.map(|_| ())
}

const BY_KEY: &str = "
select system, kind, source_key, type, patient, reason, original, received, in_error
from kept
where system = $1
  and kind = $2
  and source_key = $3
";

/// The resource with this key.
pub async fn by_key(reader: &mut Reader, key: &SourceKey) -> Result<Option<Kept>> {
    let query = sqlx::query(BY_KEY).bind(key.system.as_str()).bind(key_of(&key.kind)?).bind(key.key.as_str());
    let row = query.fetch_optional(reader.sql()).await?;
    row.map(|row| read(&row)).transpose()
}

const ROWS: &str = "
select system, kind, source_key, type, patient, reason, original, received, in_error
from kept
";

/// The resources of a patient, of one type or of all, by type and key.
pub async fn of_patient(
    reader: &mut Reader,
    patient: PatientId,
    kind: Option<&str>,
    page: Page,
) -> Result<Vec<Kept>> {
    list(reader, Some(patient), kind, page).await
}

/// The resources of a type, whosever they are.
pub async fn of_type(reader: &mut Reader, kind: &str, page: Page) -> Result<Vec<Kept>> {
    list(reader, None, Some(kind), page).await
}

async fn list(
    reader: &mut Reader,
    patient: Option<PatientId>,
    kind: Option<&str>,
    page: Page,
) -> Result<Vec<Kept>> {
    let mut conditions = Conditions::default();
    conditions.with("patient =", patient.map(|id| id.to_string()))?;
    conditions.with("type =", kind)?;
    row::all(&conditions.rows(reader, ROWS, "order by type, system, source_key", page).await?, read)
}

fn read(row: &AnyRow) -> Result<Kept> {
    Ok(Kept {
        key: SourceKey {
            system: row::text(row, "system")?,
            kind: row::choice(row, "kind")?,
            key: row::text(row, "source_key")?,
        },
        kind: row::text(row, "type")?,
        patient: row::opt_parsed(row, "patient")?,
        reason: row::text(row, "reason")?,
        original: row::parsed(row, "original")?,
        received: row::instant(row, "received")?,
        in_error: row::flag(row, "in_error")?,
    })
}
