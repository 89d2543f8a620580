//! How far the record of each encounter has been analysed: the queue of the analyst's desk.

use chart::encounter::Setting;
use chart::id::{EncounterId, PatientId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, body, key_of, micros};
use crate::write::{Insert, Values};
use crate::{Page, Reader, Result, Tx};

/// How far the analysis of an encounter has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// The patient is still here.
    Here,
    /// Discharged, and nobody has looked through the record.
    Waiting,
    /// An analyst has looked through it; what is owed is owed.
    Analysed,
    /// Everything that was owed has come since it was analysed: to be looked at again.
    Again,
    /// Looked through, and nothing is owed.
    Complete,
}

/// What is known of an encounter's analysis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Analysis {
    /// The encounter.
    pub encounter: EncounterId,
    /// Counts changes, from 1.
    pub version: i64,
    /// Whose.
    pub patient: PatientId,
    /// Where the care was given.
    pub setting: Setting,
    /// How far it has come.
    pub state: State,
    /// When the patient left.
    pub discharged: Option<Timestamp>,
    /// When the first of what is owed is due.
    pub due: Option<Timestamp>,
    /// How much is owed.
    pub owed: i64,
    /// How much is predicted.
    pub predicted: i64,
    /// When the rules were last applied.
    pub evaluated: Timestamp,
    /// What else is kept of it.
    pub details: Details,
}

/// What is kept of an analysis beside its columns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// Under which policy: its version.
    pub policy: i64,
    /// What came late, as findings; recorded and owed by nobody.
    pub late: Vec<serde_json::Value>,
    /// Who looked through the record last, by name, and when.
    pub analysed: Option<(String, Timestamp)>,
}

/// Stands for an instant that has not come, in the last days of the year 9999: it sorts last, and the index serves the
/// order.
const NEVER: Timestamp = Timestamp::constant(253_402_000_000, 0);

const PUT: Insert<'_> = Insert {
    head: "
insert into analysis (
  encounter, version, patient, setting, state, discharged, due, owed, predicted, evaluated, body
)
values",
    width: 11,
    tail: "
on conflict (encounter) do update
set version = analysis.version + 1, patient = excluded.patient, setting = excluded.setting,
  state = excluded.state, discharged = excluded.discharged, due = excluded.due, owed = excluded.owed,
  predicted = excluded.predicted, evaluated = excluded.evaluated, body = excluded.body",
};

/// Stores analyses; each takes the place of an earlier one of the same encounter. No encounter twice in one call.
pub async fn put(tx: &mut Tx, all: &[Analysis]) -> Result<()> {
    let bind = |one: &Analysis, values: &mut Values| {
        values.add(one.encounter.to_string())?;
        values.add(1_i64)?;
        values.add(one.patient.to_string())?;
        values.add(one.setting.key())?;
        values.add(key_of(&one.state)?)?;
        values.add(micros(one.discharged.unwrap_or(NEVER)))?;
        values.add(micros(one.due.unwrap_or(NEVER)))?;
        values.add(one.owed)?;
        values.add(one.predicted)?;
        values.add(micros(one.evaluated))?;
        values.add(body(&one.details)?)
    };
    PUT.run(tx, all, bind).await.map(|_| ())
}

const ROWS: &str = "
select encounter, version, patient, setting, state, discharged, due, owed, predicted, evaluated, body
from analysis
";

const COUNT: &str = "
select count(*) as count
from analysis
";

/// Which analyses are wanted. Everything that is said must be so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// In one of these states; empty for any.
    pub states: Vec<State>,
    /// In one of these settings; empty for any.
    pub settings: Vec<Setting>,
    /// Of this patient.
    pub patient: Option<PatientId>,
}

/// The analyses asked for, the longest discharged first.
pub async fn list(reader: &mut Reader, filter: &Filter, page: Page) -> Result<Vec<Analysis>> {
    let order = "order by discharged, encounter";
    row::all(&conditions(filter)?.rows(reader, ROWS, order, page).await?, read)
}

/// How many are asked for.
pub async fn count(reader: &mut Reader, filter: &Filter) -> Result<i64> {
    conditions(filter)?.count(reader, COUNT).await
}

/// The analysis of an encounter, once the rules were applied to it.
pub async fn of_encounter(reader: &mut Reader, encounter: EncounterId) -> Result<Option<Analysis>> {
    let mut conditions = Conditions::default();
    conditions.with("encounter =", Some(encounter.to_string()))?;
    let rows = conditions.rows(reader, ROWS, "", Page::first(1)).await?;
    rows.first().map(read).transpose()
}

/// The analyses of these patients' encounters.
pub async fn of_patients(reader: &mut Reader, patients: &[PatientId]) -> Result<Vec<Analysis>> {
    let mut conditions = Conditions::default();
    conditions.any_of("patient", patients.iter().map(ToString::to_string))?;
    row::all(&conditions.rows(reader, ROWS, "order by encounter", Page::first(u32::MAX)).await?, read)
}

fn conditions(filter: &Filter) -> Result<Conditions> {
    let mut conditions = Conditions::default();
    let states: Vec<String> = filter.states.iter().map(key_of).collect::<Result<_>>()?;
    conditions.any_of("state", states)?;
    conditions.any_of("setting", filter.settings.iter().map(|one| one.key().to_owned()))?;
    conditions.with("patient =", filter.patient.map(|id| id.to_string()))?;
    Ok(conditions)
}

fn read(row: &AnyRow) -> Result<Analysis> {
    Ok(Analysis {
        encounter: row::parsed(row, "encounter")?,
        version: row::int(row, "version")?,
        patient: row::parsed(row, "patient")?,
        setting: row::choice(row, "setting")?,
        state: row::choice(row, "state")?,
        discharged: Some(row::instant(row, "discharged")?).filter(|at| *at < NEVER),
        due: Some(row::instant(row, "due")?).filter(|at| *at < NEVER),
        owed: row::int(row, "owed")?,
        predicted: row::int(row, "predicted")?,
        evaluated: row::instant(row, "evaluated")?,
        details: row::json(row, "body")?,
    })
}
