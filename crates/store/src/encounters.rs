//! Stays and visits.

use chart::encounter::{Encounter, Setting, Stay};
use chart::id::{EncounterId, PatientId};
use chart::intake::SourceKey;
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, body, key_of, micros};
use crate::write::{Insert, Values};
use crate::{Error, Page, Reader, Result, Tx, origin, version};

const INSERT: Insert<'_> = Insert {
    head: "
insert into encounter (
  id, version, patient, setting, status, since, until, at, body,
  channel, source_system, source_kind, source_key, original, received
)
values",
    width: 9 + origin::WIDTH,
    tail: "",
};

/// Adds encounters that are new, in their version as given.
pub async fn insert_all(tx: &mut Tx, encounters: &[Encounter]) -> Result<()> {
    let bind = |one: &Encounter, values: &mut Values| {
        values.add(one.id.to_string())?;
        values.add(one.version)?;
        values.add(one.patient.to_string())?;
        add_columns(one, values)
    };
    INSERT.run(tx, encounters, bind).await?;
    insert_details(tx, &encounters.iter().collect::<Vec<_>>()).await
}

/// Adds an encounter that is new.
pub async fn insert(tx: &mut Tx, encounter: &Encounter) -> Result<()> {
    insert_all(tx, std::slice::from_ref(encounter)).await
}

const UPDATE: &str = "
update encounter
set version = version + 1,
  setting = $3, status = $4, since = $5, until = $6, at = $7, body = $8,
  channel = $9, source_system = $10, source_kind = $11, source_key = $12, original = $13, received = $14
where id = $1
  and version = $2
";

/// Changes an encounter; `encounter.version` is the version it was read in. Gives the new version.
///
/// It stays in the chart it is in: only [`crate::merges`] moves it, with its entries and documents.
pub async fn update(tx: &mut Tx, encounter: &Encounter) -> Result<i64> {
    let mut values = Values::default();
    values.add(encounter.id.to_string())?;
    values.add(encounter.version)?;
    add_columns(encounter, &mut values)?;
    let changed = sqlx::query_with(UPDATE, values.into_arguments()).execute(tx.sql()).await?;
    let version = version::after(&changed, "encounter", encounter.id, encounter.version)?;
    for clear in [CLEAR_IDENTIFIERS, CLEAR_ATTENDANCE] {
        sqlx::query(clear).bind(encounter.id.to_string()).execute(tx.sql()).await?;
    }
    insert_details(tx, &[encounter]).await?;
    Ok(version)
}

fn add_columns(encounter: &Encounter, values: &mut Values) -> Result<()> {
    let visit = &encounter.visit;
    values.add(visit.setting.key())?;
    values.add(status_key(visit.stay))?;
    values.add(visit.stay.since().map(micros))?;
    values.add(visit.stay.until().map(micros))?;
    // To order by: when it was stored, if nobody said when it began.
    values.add(micros(visit.stay.since().unwrap_or(encounter.origin.received)))?;
    values.add(body(visit)?)?;
    origin::add(&encounter.origin, values)
}

/// The key that a stay's state is stored and filtered by.
#[must_use]
pub const fn status_key(stay: Stay) -> &'static str {
    match stay {
        Stay::Planned { .. } => "planned",
        Stay::Open { .. } => "open",
        Stay::Closed { .. } => "closed",
        Stay::Cancelled { .. } => "cancelled",
    }
}

const CLEAR_IDENTIFIERS: &str = "
delete from encounter_identifier
where encounter = $1
";

const CLEAR_ATTENDANCE: &str = "
delete from encounter_attendance
where encounter = $1
";

const INSERT_IDENTIFIERS: Insert<'_> = Insert {
    head: "
insert into encounter_identifier (encounter, place, system, value, kind)
values",
    width: 5,
    tail: "",
};

const INSERT_ATTENDANCE: Insert<'_> = Insert {
    head: "
insert into encounter_attendance (encounter, place, role, system, source_key)
values",
    width: 5,
    tail: "",
};

/// What encounters are found by beside their columns: numbers, and who took part.
async fn insert_details(tx: &mut Tx, encounters: &[&Encounter]) -> Result<()> {
    let identifiers: Vec<[String; 4]> = encounters
        .iter()
        .flat_map(|one| {
            one.visit
                .identifiers
                .iter()
                .map(|id| [one.id.to_string(), id.system.clone(), id.value.clone(), id.kind.clone()])
        })
        .collect();
    insert_numbered(tx, &INSERT_IDENTIFIERS, &identifiers).await?;
    let mut attendance: Vec<[String; 4]> = Vec::new();
    for one in encounters {
        for part in &one.visit.attendance {
            if let Some(key) = &part.who.key {
                attendance.push([
                    one.id.to_string(),
                    key_of(&part.role)?,
                    key.system.clone(),
                    key.key.clone(),
                ]);
            }
        }
    }
    insert_numbered(tx, &INSERT_ATTENDANCE, &attendance).await
}

/// Rows of an encounter and three texts; their place in the list is the second column.
async fn insert_numbered(tx: &mut Tx, insert: &Insert<'_>, rows: &[[String; 4]]) -> Result<()> {
    let rows: Vec<(i64, &[String; 4])> = (0..).zip(rows).collect();
    let bind = |(place, [encounter, one, two, three]): &(i64, &[String; 4]), values: &mut Values| {
        values.add(encounter.as_str())?;
        values.add(*place)?;
        [one, two, three].into_iter().try_for_each(|text| values.add(text.as_str()))
    };
    insert.run(tx, &rows, bind).await.map(|_| ())
}

/// The columns that [`read`] needs, of `encounter`, and what follows.
macro_rules! encounter_rows {
    ($rest:literal) => {
        concat!(
            "
select encounter.id, encounter.version, encounter.patient, encounter.body, encounter.channel,
  encounter.source_system, encounter.source_kind, encounter.source_key, encounter.original, encounter.received
from encounter
",
            $rest
        )
    };
}

const BY_ID: &str = encounter_rows!("where id = $1");

/// The encounter.
pub async fn by_id(reader: &mut Reader, id: EncounterId) -> Result<Option<Encounter>> {
    let row = sqlx::query(BY_ID).bind(id.to_string()).fetch_optional(reader.sql()).await?;
    row.map(|row| read(&row)).transpose()
}

/// The encounter, which must be there.
pub async fn get(reader: &mut Reader, id: EncounterId) -> Result<Encounter> {
    by_id(reader, id).await?.ok_or_else(|| Error::Missing { what: "encounter", id: id.to_string() })
}

const BY_IDENTIFIER: &str = encounter_rows!(
    "join encounter_identifier on encounter_identifier.encounter = encounter.id
where encounter_identifier.value = $1
order by encounter.id"
);

/// The encounters with this account or visit number, whoever gave it.
pub async fn by_identifier(reader: &mut Reader, value: &str) -> Result<Vec<Encounter>> {
    let rows = sqlx::query(BY_IDENTIFIER).bind(value).fetch_all(reader.sql()).await?;
    row::all(&rows, read)
}

/// Which encounters are wanted. Everything that is said must be so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this patient.
    pub patient: Option<PatientId>,
    /// In one of these settings; empty for any.
    pub settings: Vec<Setting>,
    /// In this state: [`status_key`].
    pub status: Option<&'static str>,
    /// Begun at or after.
    pub from: Option<Timestamp>,
    /// Begun before.
    pub until: Option<Timestamp>,
    /// With one of these people taking part, by any of their keys; empty for anybody.
    pub attended_by: Vec<SourceKey>,
}

const ROWS: &str = encounter_rows!("");

const COUNT: &str = "
select count(*) as count
from encounter
";

/// The encounters asked for, the latest first.
pub async fn list(reader: &mut Reader, filter: &Filter, page: Page) -> Result<Vec<Encounter>> {
    let rows = conditions(filter)?.rows(reader, ROWS, "order by at desc, id desc", page).await?;
    row::all(&rows, read)
}

/// How many encounters are asked for.
pub async fn count(reader: &mut Reader, filter: &Filter) -> Result<i64> {
    conditions(filter)?.count(reader, COUNT).await
}

/// Every one of these patients, the oldest first.
pub async fn of_patients(reader: &mut Reader, patients: &[PatientId]) -> Result<Vec<Encounter>> {
    let mut conditions = Conditions::default();
    conditions.any_of("patient", patients.iter().map(ToString::to_string))?;
    row::all(&conditions.rows(reader, ROWS, "order by at, id", Page::first(u32::MAX)).await?, read)
}

fn conditions(filter: &Filter) -> Result<Conditions> {
    let mut conditions = Conditions::default();
    conditions.with("patient =", filter.patient.map(|id| id.to_string()))?;
    conditions.any_of("setting", filter.settings.iter().map(|setting| setting.key().to_owned()))?;
    conditions.with("status =", filter.status)?;
    conditions.with("since >=", filter.from.map(micros))?;
    conditions.with("since <", filter.until.map(micros))?;
    conditions.any_pair(
        "id in (select encounter from encounter_attendance where (source_key, system) in",
        filter.attended_by.iter().map(|key| (key.key.clone(), key.system.clone())),
    )?;
    Ok(conditions)
}

/// An encounter out of its row.
fn read(row: &AnyRow) -> Result<Encounter> {
    Ok(Encounter {
        id: row::parsed(row, "id")?,
        version: row::int(row, "version")?,
        patient: row::parsed(row, "patient")?,
        visit: row::json(row, "body")?,
        origin: origin::read(row)?,
    })
}
