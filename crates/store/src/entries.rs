//! What charts hold beside documents: diagnoses, results, orders and so on.

use chart::coded::Coded;
use chart::entry::{Entry, EntryContent};
use chart::id::{Digest, EncounterId, EntryId, PatientId};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, body, micros};
use crate::write::{Insert, Values};
use crate::{Error, Page, Reader, Result, Tx, origin, search};

const INSERT: Insert<'_> = Insert {
    head: "
insert into entry (
  id, version, patient, encounter, kind, category, code_system, code, at, in_error, body,
  channel, source_system, source_kind, source_key, original, received
)
values",
    width: 11 + origin::WIDTH,
    tail: "",
};

/// Adds entries that are new, in their version as given, and makes their words findable.
pub async fn insert_all(tx: &mut Tx, entries: &[Entry]) -> Result<()> {
    let bind = |one: &Entry, values: &mut Values| {
        values.add(one.id.to_string())?;
        values.add(one.version)?;
        values.add(one.patient.to_string())?;
        add_columns(one, values)
    };
    INSERT.run(tx, entries, bind).await?;
    search::add_entries(tx, entries).await
}

const UPDATE: &str = "
update entry
set version = version + 1,
  encounter = $3, kind = $4, category = $5, code_system = $6, code = $7, at = $8, in_error = $9,
  body = $10,
  channel = $11, source_system = $12, source_kind = $13, source_key = $14, original = $15, received = $16
where id = $1
  and version = $2
returning patient
";

/// Changes an entry; `entry.version` is the version it was read in. Gives the new version.
///
/// It stays in the chart it is in: only [`crate::merges`] moves it.
pub async fn update(tx: &mut Tx, entry: &Entry) -> Result<i64> {
    let mut values = Values::default();
    values.add(entry.id.to_string())?;
    values.add(entry.version)?;
    add_columns(entry, &mut values)?;
    let row = sqlx::query_with(UPDATE, values.into_arguments()).fetch_optional(tx.sql()).await?;
    let conflict = || Error::Conflict { what: "entry", id: entry.id.to_string(), expected: entry.version };
    let patient = row::parsed(&row.ok_or_else(conflict)?, "patient")?;
    search::remove(tx, search::Of::Entry(entry.id)).await?;
    search::add_entries(tx, &[Entry { patient, ..entry.clone() }]).await?;
    Ok(entry.version + 1)
}

fn add_columns(entry: &Entry, values: &mut Values) -> Result<()> {
    let (system, code) = first_code(entry.content.what());
    values.add(entry.encounter.map(|id| id.to_string()))?;
    values.add(entry.content.kind())?;
    values.add(category(&entry.content))?;
    values.add(system)?;
    values.add(code)?;
    values.add(micros(sorted_at(entry)))?;
    values.add(i64::from(entry.in_error))?;
    values.add(body(&entry.content)?)?;
    origin::add(&entry.origin, values)
}

/// When it was, to order by: when it was stored, if nobody said.
pub(crate) fn sorted_at(entry: &Entry) -> Timestamp {
    entry.content.at().map_or(entry.origin.received, chart::date::When::sort_key)
}

/// System and code of the first coding; empty without one.
fn first_code(what: &Coded) -> (&str, &str) {
    what.codings.first().map_or(("", ""), |coding| (&coding.system, &coding.code))
}

/// The category of those kinds that have one, else nothing.
fn category(content: &EntryContent) -> &str {
    match content {
        EntryContent::Result(one) => &one.category,
        EntryContent::Report(one) => &one.category,
        EntryContent::Order(one) => &one.category,
        EntryContent::Medication(one) => &one.category,
        EntryContent::Allergy(one) => &one.category,
        EntryContent::Charge(one) => &one.category,
        EntryContent::Diagnosis(_)
        | EntryContent::Procedure(_)
        | EntryContent::Immunization(_)
        | EntryContent::Coverage(_) => "",
    }
}

/// The columns that [`read`] needs, of `entry`, and what follows.
macro_rules! entry_rows {
    ($rest:literal) => {
        concat!(
            "
select id, version, patient, encounter, in_error, body,
  channel, source_system, source_kind, source_key, original, received
from entry
",
            $rest
        )
    };
}

const BY_ID: &str = entry_rows!("where id = $1");

/// The entry.
pub async fn by_id(reader: &mut Reader, id: EntryId) -> Result<Option<Entry>> {
    let row = sqlx::query(BY_ID).bind(id.to_string()).fetch_optional(reader.sql()).await?;
    row.map(|row| read(&row)).transpose()
}

/// The entry, which must be there.
pub async fn get(reader: &mut Reader, id: EntryId) -> Result<Entry> {
    by_id(reader, id).await?.ok_or_else(|| Error::Missing { what: "entry", id: id.to_string() })
}

/// Which entries are wanted. Everything that is said must be so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this patient.
    pub patient: Option<PatientId>,
    /// In this encounter.
    pub encounter: Option<EncounterId>,
    /// Of one of these kinds ([`EntryContent::kind`]); empty for any.
    pub kinds: Vec<&'static str>,
    /// In this category.
    pub category: Option<String>,
    /// With this first code: its system, where it matters, and the code.
    pub code: Option<(Option<String>, String)>,
    /// At or after.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// Also those withdrawn by their sender.
    pub with_errors: bool,
}

impl Filter {
    /// Everything of a patient.
    #[must_use]
    pub fn of(patient: PatientId) -> Self {
        Self { patient: Some(patient), ..Self::default() }
    }

    /// Only of these kinds.
    #[must_use]
    pub fn kinds(mut self, kinds: &[&'static str]) -> Self {
        self.kinds = kinds.to_vec();
        self
    }
}

const ROWS: &str = entry_rows!("");

const COUNT: &str = "
select count(*) as count
from entry
";

/// The entries asked for, the latest first.
pub async fn list(reader: &mut Reader, filter: &Filter, page: Page) -> Result<Vec<Entry>> {
    let rows = conditions(filter)?.rows(reader, ROWS, "order by at desc, id desc", page).await?;
    row::all(&rows, read)
}

/// How many entries are asked for.
pub async fn count(reader: &mut Reader, filter: &Filter) -> Result<i64> {
    conditions(filter)?.count(reader, COUNT).await
}

/// Every one of these patients, the oldest first.
pub async fn of_patients(reader: &mut Reader, patients: &[PatientId]) -> Result<Vec<Entry>> {
    let mut conditions = Conditions::default();
    conditions.any_of("patient", patients.iter().map(ToString::to_string))?;
    row::all(&conditions.rows(reader, ROWS, "order by at, id", Page::first(u32::MAX)).await?, read)
}

fn conditions(filter: &Filter) -> Result<Conditions> {
    let mut conditions = Conditions::default();
    conditions.with("patient =", filter.patient.map(|id| id.to_string()))?;
    conditions.with("encounter =", filter.encounter.map(|id| id.to_string()))?;
    conditions.any_of("kind", filter.kinds.iter().map(|kind| (*kind).to_owned()))?;
    conditions.with("category =", filter.category.as_deref())?;
    if let Some((system, code)) = &filter.code {
        conditions.with("code_system =", system.as_deref())?;
        conditions.with("code =", Some(code.as_str()))?;
    }
    conditions.with("at >=", filter.from.map(micros))?;
    conditions.with("at <", filter.until.map(micros))?;
    if !filter.with_errors {
        conditions.plain("in_error = 0");
    }
    Ok(conditions)
}

const WITH_FILE: &str = entry_rows!("where kind = 'report' and body like $1 order by id");

/// The reports with which this file came. Looks at every report: there is no index of files.
pub async fn with_file(reader: &mut Reader, digest: Digest) -> Result<Vec<Entry>> {
    let rows = sqlx::query(WITH_FILE).bind(format!("%{digest}%")).fetch_all(reader.sql()).await?;
    let mut found = row::all(&rows, read)?;
    found.retain(|one| match &one.content {
        EntryContent::Report(report) => report.attachments.iter().any(|file| file.digest == digest),
        _ => false,
    });
    Ok(found)
}

/// An entry out of its row.
pub(crate) fn read(row: &AnyRow) -> Result<Entry> {
    Ok(Entry {
        id: row::parsed(row, "id")?,
        version: row::int(row, "version")?,
        patient: row::parsed(row, "patient")?,
        encounter: row::opt_parsed(row, "encounter")?,
        content: row::json(row, "body")?,
        in_error: row::flag(row, "in_error")?,
        origin: origin::read(row)?,
    })
}
