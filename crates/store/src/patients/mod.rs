//! The patient index.

mod find;
mod stored;
mod versions;

use std::collections::HashMap;

use chart::id::PatientId;
use chart::intake::{Channel, Origin};
use chart::patient::{Demographics, Patient, Standing};
use jiff::Timestamp;
use sqlx::AssertSqlSafe;

use crate::row::{self, micros};
use crate::write::{Insert, Values, places};
use crate::{Error, Reader, Result, Tx, version};

pub use find::{Candidate, Query, all, by_identifier, candidates, count, merged_into, search};
pub(crate) use stored::read;
use stored::{Columns, patient_rows};
pub use versions::{Version, versions};

const INSERT: Insert<'_> = Insert {
    head: "
insert into patient (
  id, version, body, filed_name, family, given, birth, sex,
  merged_into, merge_id, restriction, restricted_by, restricted_at, updated
)
values",
    width: 14,
    tail: "",
};

/// Adds patients that are new, in their version as given, entered here; `at` is when.
pub async fn insert_all(tx: &mut Tx, patients: &[Patient], at: Timestamp) -> Result<()> {
    let patients: Vec<_> = patients.iter().map(|one| (one, entered(at))).collect();
    insert_from(tx, &patients).await
}

/// Adds patients that are new, in their version as given, each with where it came from.
pub async fn insert_from(tx: &mut Tx, patients: &[(&Patient, Origin)]) -> Result<()> {
    let bind = |(patient, origin): &(&Patient, Origin), values: &mut Values| {
        values.add(patient.id.to_string())?;
        values.add(patient.version)?;
        Columns::of(patient)?.add(values)?;
        values.add(micros(origin.received))
    };
    INSERT.run(tx, patients, bind).await?;
    let people: Vec<_> = patients.iter().map(|(one, _)| (one.id, &one.demographics)).collect();
    insert_identifiers(tx, &people).await?;
    let kept: Vec<_> = patients.iter().map(|(one, origin)| (*one, one.version, origin)).collect();
    versions::keep(tx, &kept).await
}

/// Adds a patient that is new, entered here.
pub async fn insert(tx: &mut Tx, patient: &Patient, at: Timestamp) -> Result<()> {
    insert_all(tx, std::slice::from_ref(patient), at).await
}

/// Where what is entered or decided here comes from.
const fn entered(at: Timestamp) -> Origin {
    Origin { channel: Channel::Hand, key: None, original: None, received: at }
}

const UPDATE: &str = "
update patient
set version = version + 1,
  body = $3, filed_name = $4, family = $5, given = $6, birth = $7, sex = $8,
  merged_into = $9, merge_id = $10, restriction = $11, restricted_by = $12, restricted_at = $13,
  updated = $14
where id = $1
  and version = $2
";

/// Changes a patient by what is entered or decided here; `patient.version` is the version it was read in. Gives the
/// new version.
pub async fn update(tx: &mut Tx, patient: &Patient, at: Timestamp) -> Result<i64> {
    update_from(tx, patient, &entered(at)).await
}

/// Changes a patient by what came in; `patient.version` is the version it was read in, which is kept. Gives the new one.
pub async fn update_from(tx: &mut Tx, patient: &Patient, origin: &Origin) -> Result<i64> {
    let mut values = Values::default();
    values.add(patient.id.to_string())?;
    values.add(patient.version)?;
    Columns::of(patient)?.add(&mut values)?;
    values.add(micros(origin.received))?;
    let changed = sqlx::query_with(UPDATE, values.into_arguments()).execute(tx.sql()).await?;
    let version = version::after(&changed, "patient", patient.id, patient.version)?;
    sqlx::query(CLEAR_IDENTIFIERS).bind(patient.id.to_string()).execute(tx.sql()).await?;
    insert_identifiers(tx, &[(patient.id, &patient.demographics)]).await?;
    versions::keep(tx, &[(patient, version, origin)]).await?;
    Ok(version)
}

const CLEAR_IDENTIFIERS: &str = "
delete from patient_identifier
where patient = $1
";

const INSERT_IDENTIFIERS: Insert<'_> = Insert {
    head: "
insert into patient_identifier (patient, place, system, value, kind)
values",
    width: 5,
    tail: "",
};

async fn insert_identifiers(tx: &mut Tx, people: &[(PatientId, &Demographics)]) -> Result<()> {
    let rows: Vec<_> = people
        .iter()
        .flat_map(|(id, person)| (0_i64..).zip(&person.identifiers).map(move |(place, one)| (id, place, one)))
        .collect();
    let bind = |(id, place, one): &(&PatientId, i64, &chart::patient::Identifier), values: &mut Values| {
        values.add(id.to_string())?;
        values.add(*place)?;
        values.add(one.system.as_str())?;
        values.add(one.value.as_str())?;
        values.add(one.kind.as_str())
    };
    INSERT_IDENTIFIERS.run(tx, &rows, bind).await.map(|_| ())
}

const CLEAR_BLOCKS: &str = "
delete from patient_block
where patient = $1
";

const INSERT_BLOCKS: Insert<'_> = Insert {
    head: "
insert into patient_block (patient, block)
values",
    width: 2,
    tail: "on conflict (patient, block) do nothing",
};

/// Says by which keys the patient is found when somebody alike is looked for; replaces what was said before.
pub async fn set_blocks(tx: &mut Tx, patient: PatientId, blocks: &[String]) -> Result<()> {
    sqlx::query(CLEAR_BLOCKS).bind(patient.to_string()).execute(tx.sql()).await?;
    let bind = |block: &String, values: &mut Values| {
        values.add(patient.to_string())?;
        values.add(block.as_str())
    };
    INSERT_BLOCKS.run(tx, blocks, bind).await.map(|_| ())
}

const BY_ID: &str = patient_rows!("where id = $1");

/// The patient, merged into another or not.
pub async fn by_id(reader: &mut Reader, id: PatientId) -> Result<Option<Patient>> {
    let row = sqlx::query(BY_ID).bind(id.to_string()).fetch_optional(reader.sql()).await?;
    row.map(|row| read(&row)).transpose()
}

/// The patient, who must be there.
pub async fn get(reader: &mut Reader, id: PatientId) -> Result<Patient> {
    by_id(reader, id).await?.ok_or_else(|| Error::Missing { what: "patient", id: id.to_string() })
}

const BY_IDS: &str = patient_rows!("where id in");
/// Patients read in one statement.
const AT_ONCE: usize = 200;

/// These patients, merged into another or not; those that are not there are left out.
pub async fn by_ids(reader: &mut Reader, ids: &[PatientId]) -> Result<HashMap<PatientId, Patient>> {
    let mut found = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(AT_ONCE) {
        let sql = format!("{BY_IDS} ({})", places(0, chunk.len()));
        let query =
            chunk.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, id| query.bind(id.to_string()));
        let patients: Vec<Patient> = row::all(&query.fetch_all(reader.sql()).await?, read)?;
        found.extend(patients.into_iter().map(|patient| (patient.id, patient)));
    }
    Ok(found)
}

const HOLD: &str = patient_rows!("where id = $1");

/// The chart in which something of this patient is to be filed: the patient's own, or the one it was merged into.
///
/// Until the transaction ends nobody can merge that chart into another, so nothing is filed in a chart that has gone.
pub async fn filing(tx: &mut Tx, id: PatientId) -> Result<Patient> {
    let sql = format!("{HOLD} {}", tx.kind().hold());
    let mut wanted = id;
    loop {
        let query = sqlx::query(AssertSqlSafe(sql.clone())).bind(wanted.to_string());
        let row = query.fetch_optional(tx.sql()).await?;
        let row = row.ok_or_else(|| Error::Missing { what: "patient", id: wanted.to_string() })?;
        let patient = read(&row)?;
        match patient.standing {
            Standing::Active => return Ok(patient),
            Standing::Merged { into, .. } => wanted = into,
        }
    }
}

const UPDATED: &str = "
select updated
from patient
where id = $1
";

/// When the patient was last changed.
pub async fn updated(reader: &mut Reader, id: PatientId) -> Result<Option<Timestamp>> {
    let row = sqlx::query(UPDATED).bind(id.to_string()).fetch_optional(reader.sql()).await?;
    row.map(|row| row::instant(&row, "updated")).transpose()
}
