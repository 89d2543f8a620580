//! Dictations and their queue.

use chart::dictation::{Dictation, Priority};
use chart::id::{DictationId, PatientId, UserId};
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, body, micros};
use crate::write::{Insert, Values};
use crate::{Error, Page, Reader, Result, Tx, version};

const INSERT: Insert<'_> = Insert {
    head: "
insert into dictation (
  id, version, patient, encounter, state, stat, author, typist, due, audio, body
)
values",
    width: 11,
    tail: "",
};

/// Adds a dictation that is new.
pub async fn insert(tx: &mut Tx, dictation: &Dictation) -> Result<()> {
    let bind = |one: &Dictation, values: &mut Values| {
        values.add(one.id.to_string())?;
        values.add(one.version)?;
        values.add(one.patient.to_string())?;
        values.add(one.encounter.to_string())?;
        values.add(one.state.key())?;
        values.add(stat(one))?;
        values.add(author(one))?;
        values.add(typist(one))?;
        values.add(one.clock.due().map(micros))?;
        values.add(one.audio.as_ref().map(|audio| audio.digest.to_string()))?;
        values.add(body(one)?)
    };
    INSERT.run(tx, std::slice::from_ref(dictation), bind).await.map(|_| ())
}

const UPDATE: &str = "
update dictation
set version = $3, state = $4, stat = $5, author = $6, typist = $7, due = $8, body = $9
where id = $1
  and version = $2
";

/// Keeps a dictation in its next state; the verb has counted its version on by one.
pub async fn update(tx: &mut Tx, dictation: &Dictation) -> Result<()> {
    let before = dictation.version - 1;
    let query = sqlx::query(UPDATE)
        .bind(dictation.id.to_string())
        .bind(before)
        .bind(dictation.version)
        .bind(dictation.state.key())
        .bind(stat(dictation))
        .bind(author(dictation))
        .bind(typist(dictation))
        .bind(dictation.clock.due().map(micros))
        .bind(body(dictation)?);
    let changed = query.execute(tx.sql()).await?;
    version::after(&changed, "dictation", dictation.id, before).map(|_| ())
}

/// What is wanted at once stands first.
fn stat(dictation: &Dictation) -> i64 {
    match dictation.priority {
        Priority::Stat => 0,
        Priority::Routine => 1,
    }
}

fn author(dictation: &Dictation) -> Option<String> {
    dictation.author_account.user.map(|user| user.to_string())
}

fn typist(dictation: &Dictation) -> Option<String> {
    dictation.state.typist().and_then(|typist| typist.user).map(|user| user.to_string())
}

const ROWS: &str = "
select patient, encounter, body
from dictation
";

const COUNT: &str = "
select count(*) as count
from dictation
";

/// The dictation, which must be there.
pub async fn get(reader: &mut Reader, id: DictationId) -> Result<Dictation> {
    let mut conditions = Conditions::default();
    conditions.with("id =", Some(id.to_string()))?;
    let rows = conditions.rows(reader, ROWS, "order by id", Page::first(1)).await?;
    let missing = || Error::Missing { what: "dictation", id: id.to_string() };
    read(rows.first().ok_or_else(missing)?)
}

/// Which dictations are wanted. Everything that is said must be so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// In one of these states, by key; empty for any.
    pub states: Vec<&'static str>,
    /// Dictated by this account.
    pub author: Option<UserId>,
    /// Assigned to this account, or in its hands.
    pub typist: Option<UserId>,
    /// Of this patient.
    pub patient: Option<PatientId>,
}

/// The dictations asked for: those wanted at once first, then by the clock.
pub async fn list(reader: &mut Reader, filter: &Filter, page: Page) -> Result<Vec<Dictation>> {
    let rows = conditions(filter)?.rows(reader, ROWS, "order by stat, due, id", page).await?;
    row::all(&rows, read)
}

/// How many dictations are asked for.
pub async fn count(reader: &mut Reader, filter: &Filter) -> Result<i64> {
    conditions(filter)?.count(reader, COUNT).await
}

fn conditions(filter: &Filter) -> Result<Conditions> {
    let mut conditions = Conditions::default();
    conditions.any_of("state", filter.states.iter().map(|state| (*state).to_owned()))?;
    conditions.with("author =", filter.author.map(|id| id.to_string()))?;
    conditions.with("typist =", filter.typist.map(|id| id.to_string()))?;
    conditions.with("patient =", filter.patient.map(|id| id.to_string()))?;
    Ok(conditions)
}

fn read(row: &AnyRow) -> Result<Dictation> {
    let (patient, encounter) = (row::parsed(row, "patient")?, row::parsed(row, "encounter")?);
    Ok(Dictation { patient, encounter, ..row::json(row, "body")? })
}
