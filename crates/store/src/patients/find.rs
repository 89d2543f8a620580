//! Finding patients: by number, by name and birth date, by likeness.

use chart::id::PatientId;
use chart::identity::telephone_key;
use chart::patient::{Patient, Sex};
use sqlx::AssertSqlSafe;

use super::stored::{patient_rows, read};
use crate::condition::Conditions;
use crate::row::{self, folded, key_of, prefix_end};
use crate::write::places;
use crate::{Page, Reader, Result};

const BY_IDENTIFIER: &str = patient_rows!(
    "join patient_identifier on patient_identifier.patient = patient.id
where patient_identifier.value = $1
  and patient_identifier.system = $2
order by patient.id"
);

/// The patients that have this identifier, also those merged into another.
pub async fn by_identifier(reader: &mut Reader, system: &str, value: &str) -> Result<Vec<Patient>> {
    let rows = sqlx::query(BY_IDENTIFIER).bind(value).bind(system).fetch_all(reader.sql()).await?;
    row::all(&rows, read)
}

/// Who is looked for. Everything that is said must be so; names are compared from their beginning, in any case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// `Family, Given`, as filed, or the beginning of it.
    pub filed_name: Option<String>,
    /// The beginning of the family name.
    pub family: Option<String>,
    /// The beginning of the given names.
    pub given: Option<String>,
    /// The birth date, or the beginning of it: `1957`, `1957-03`.
    pub birth: Option<String>,
    /// Administrative sex.
    pub sex: Option<Sex>,
    /// The value of any identifier.
    pub identifier: Option<String>,
    /// A telephone number as typed, with its area code or without. Where an identifier is said too, one of the two is
    /// enough: seven digits can be either.
    pub phone: Option<String>,
    /// The identifier's system, where it matters.
    pub identifier_system: Option<String>,
    /// Also patients that were merged into another.
    pub with_merged: bool,
}

const ROWS: &str = patient_rows!("");

const COUNT: &str = "
select count(*) as count
from patient
";

/// The patients asked for, by name as filed.
pub async fn search(reader: &mut Reader, query: &Query, page: Page) -> Result<Vec<Patient>> {
    let rows = conditions(query)?.rows(reader, ROWS, "order by filed_name, id", page).await?;
    row::all(&rows, read)
}

/// How many patients are asked for.
pub async fn count(reader: &mut Reader, query: &Query) -> Result<i64> {
    conditions(query)?.count(reader, COUNT).await
}

/// Said so that no index is used for it: nearly everybody is unmerged, and without statistics SQLite would walk through
/// them all rather than along the names.
const UNMERGED: &str = "coalesce(merged_into, '') = ''";

const WITH_NUMBER: &str = "id in (select patient from patient_identifier where value =";
const WITH_KEY: &str = "id in (select patient from patient_block where block =";

/// The key under which a telephone number is found; one that nobody has, where the number is none.
fn key_of_phone(typed: &str) -> String {
    telephone_key(typed).map_or_else(String::new, |key| key.to_string())
}

fn conditions(query: &Query) -> Result<Conditions> {
    let mut conditions = Conditions::default();
    if !query.with_merged {
        conditions.plain(UNMERGED);
    }
    let prefixes = [
        ("filed_name >=", "filed_name <", &query.filed_name),
        ("family >=", "family <", &query.family),
        ("given >=", "given <", &query.given),
        ("birth >=", "birth <", &query.birth),
    ];
    for (from, until, text) in prefixes {
        let prefix = text.as_deref().map(folded);
        conditions.with(until, prefix.as_deref().map(prefix_end))?;
        conditions.with(from, prefix)?;
    }
    conditions.with("sex =", query.sex.map(|sex| key_of(&sex)).transpose()?)?;
    let phone = query.phone.as_deref().map(key_of_phone);
    match (&query.identifier, &phone) {
        (Some(value), Some(key)) => conditions.either((WITH_NUMBER, value), (WITH_KEY, key))?,
        (Some(value), None) => conditions.within(WITH_NUMBER, value.as_str(), ")")?,
        (None, Some(key)) => conditions.within(WITH_KEY, key.as_str(), ")")?,
        (None, None) => {}
    }
    if let Some(system) = &query.identifier_system {
        conditions.within(
            "id in (select patient from patient_identifier where system =",
            system.as_str(),
            ")",
        )?;
    }
    Ok(conditions)
}

/// A patient who shares keys with somebody looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub patient: PatientId,
    /// How many of the keys.
    pub shared: i64,
}

const CANDIDATES: &str = "
select patient_block.patient, count(*) as shared
from patient_block
join patient on patient.id = patient_block.patient
where coalesce(patient.merged_into, '') = ''
  and patient_block.block in
";

/// The unmerged patients with any of these block keys, those with the most first; at most `take`.
pub async fn candidates(reader: &mut Reader, blocks: &[String], take: u32) -> Result<Vec<Candidate>> {
    if blocks.is_empty() {
        return Ok(Vec::new());
    }
    let group = "group by patient_block.patient order by shared desc, patient_block.patient";
    let sql = format!("{CANDIDATES} ({}) {group} limit {take}", places(0, blocks.len()));
    let query =
        blocks.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, block| query.bind(block.as_str()));
    row::all(&query.fetch_all(reader.sql()).await?, |row| {
        Ok(Candidate { patient: row::parsed(row, "patient")?, shared: row::int(row, "shared")? })
    })
}

const ALL: &str = patient_rows!(
    "where id > $1
order by id
limit $2"
);

/// Every patient in the order of their identifiers, from the one after `after`; for walks through the whole index.
pub async fn all(reader: &mut Reader, after: Option<PatientId>, take: u32) -> Result<Vec<Patient>> {
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    let rows = sqlx::query(ALL).bind(after).bind(i64::from(take)).fetch_all(reader.sql()).await?;
    row::all(&rows, read)
}

const MERGED_INTO: &str = patient_rows!(
    "where merged_into = $1
order by id"
);

/// The patients that were merged into this one, not those merged into them before.
pub async fn merged_into(reader: &mut Reader, survivor: PatientId) -> Result<Vec<Patient>> {
    let rows = sqlx::query(MERGED_INTO).bind(survivor.to_string()).fetch_all(reader.sql()).await?;
    row::all(&rows, read)
}
