//! Queries to practitioners: each whole as JSON, with columns for the desks.

use chart::id::{EncounterId, PatientId, QueryId, UserId};
use chart::query::{Query, StateKey, Timing};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::deficiencies::responsible_key;
use crate::row::{self, body, micros};
use crate::{Error, Page, Reader, Result, Tx, version};

/// Stands for the due instant of a query that was not issued: it sorts last, and the index serves the order.
const NO_CLOCK: Timestamp = Timestamp::constant(253_402_000_000, 0);

/// The states in which an answer is owed.
pub const OWED: [StateKey; 3] = [StateKey::Issued, StateKey::Reminded, StateKey::Escalated];

const INSERT: &str = "
insert into query (
  id, version, patient, encounter, state, timing, responsible_key, party, due, updated, body, author, created
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
";

/// Adds a query that is new.
pub async fn insert(tx: &mut Tx, query: &Query, at: Timestamp) -> Result<()> {
    let owes = &query.ask.addressed;
    let statement = sqlx::query(INSERT)
        .bind(query.id.to_string())
        .bind(query.version)
        .bind(query.patient.to_string())
        .bind(query.encounter.to_string())
        .bind(query.state.key().key())
        .bind(query.ask.timing.key())
        .bind(responsible_key(owes))
        .bind(owes.party.map(|id| id.to_string()))
        .bind(micros(query.due().unwrap_or(NO_CLOCK)))
        .bind(micros(at))
        .bind(body(query)?)
        .bind(query.ask.author.by.user.map(|id| id.to_string()))
        .bind(micros(at));
    statement.execute(tx.sql()).await?;
    Ok(())
}

const UPDATE: &str = "
update query
set version = $3, state = $4, timing = $5, responsible_key = $6, party = $7, due = $8, updated = $9, body = $10
where id = $1
  and version = $2
";

/// Keeps a query in its next state; the verb has counted its version on by one.
///
/// # Errors
/// [`Error::Conflict`] when somebody was faster.
pub async fn update(tx: &mut Tx, query: &Query, at: Timestamp) -> Result<()> {
    let (owes, before) = (&query.ask.addressed, query.version - 1);
    let statement = sqlx::query(UPDATE)
        .bind(query.id.to_string())
        .bind(before)
        .bind(query.version)
        .bind(query.state.key().key())
        .bind(query.ask.timing.key())
        .bind(responsible_key(owes))
        .bind(owes.party.map(|id| id.to_string()))
        .bind(micros(query.due().unwrap_or(NO_CLOCK)))
        .bind(micros(at))
        .bind(body(query)?);
    version::after(&statement.execute(tx.sql()).await?, "query", query.id, before).map(|_| ())
}

/// Which queries are wanted. Everything that is said must be so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// In one of these states; empty for any.
    pub states: Vec<StateKey>,
    /// Of this timing.
    pub timing: Option<Timing>,
    /// About the record of this patient.
    pub patient: Option<PatientId>,
    /// About this encounter.
    pub encounter: Option<EncounterId>,
    /// Put to this one: [`responsible_key`].
    pub responsible: Option<String>,
    /// Asked by this account.
    pub author: Option<UserId>,
    /// Due before.
    pub due_before: Option<Timestamp>,
    /// Drafted at or after.
    pub created_from: Option<Timestamp>,
    /// Drafted before.
    pub created_before: Option<Timestamp>,
}

const ROWS: &str = "
select patient, encounter, body
from query
";

const COUNT: &str = "
select count(*) as count
from query
";

/// The queries asked for, the first due first; drafts come last.
pub async fn list(reader: &mut Reader, filter: &Filter, page: Page) -> Result<Vec<Query>> {
    row::all(&conditions(filter)?.rows(reader, ROWS, "order by due, id", page).await?, read)
}

/// How many are asked for.
pub async fn count(reader: &mut Reader, filter: &Filter) -> Result<i64> {
    conditions(filter)?.count(reader, COUNT).await
}

/// The query, which must be there.
pub async fn get(reader: &mut Reader, id: QueryId) -> Result<Query> {
    let mut conditions = Conditions::default();
    conditions.with("id =", Some(id.to_string()))?;
    let rows = conditions.rows(reader, ROWS, "", Page::first(1)).await?;
    read(rows.first().ok_or_else(|| Error::Missing { what: "query", id: id.to_string() })?)
}

/// Every query about the records of these patients in which an answer is owed.
pub async fn owed_of_patients(reader: &mut Reader, patients: &[PatientId]) -> Result<Vec<Query>> {
    let mut conditions = Conditions::default();
    conditions.any_of("patient", patients.iter().map(ToString::to_string))?;
    conditions.any_of("state", OWED.map(|state| state.key().to_owned()))?;
    row::all(&conditions.rows(reader, ROWS, "order by id", Page::first(u32::MAX)).await?, read)
}

fn conditions(filter: &Filter) -> Result<Conditions> {
    let mut conditions = Conditions::default();
    conditions.any_of("state", filter.states.iter().map(|one| one.key().to_owned()))?;
    conditions.with("timing =", filter.timing.map(Timing::key))?;
    conditions.with("patient =", filter.patient.map(|id| id.to_string()))?;
    conditions.with("encounter =", filter.encounter.map(|id| id.to_string()))?;
    conditions.with("responsible_key =", filter.responsible.as_deref())?;
    conditions.with("author =", filter.author.map(|id| id.to_string()))?;
    conditions.with("due <", filter.due_before.map(micros))?;
    conditions.with("created >=", filter.created_from.map(micros))?;
    conditions.with("created <", filter.created_before.map(micros))?;
    Ok(conditions)
}

/// A query out of its row. Whose it is stands in the columns, which a merge moves.
fn read(row: &AnyRow) -> Result<Query> {
    let mut query: Query = row::json(row, "body")?;
    query.patient = row::parsed(row, "patient")?;
    query.encounter = row::parsed(row, "encounter")?;
    Ok(query)
}
