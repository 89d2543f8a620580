//! Deficiencies: each whole as JSON, with columns for the queues.

use chart::deficiency::{Deficiency, DeficiencyKind, StateKey, Subject};
use chart::encounter::Setting;
use chart::id::{DeficiencyId, EncounterId, PatientId};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, body, micros};
use crate::write::{Insert, Values};
use crate::{Error, Page, Reader, Result, Tx, version};

/// A deficiency with the setting of its encounter, by which queues are filtered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// What is lacking.
    pub deficiency: Deficiency,
    /// Where the care was given.
    pub setting: Setting,
}

/// Stands for the due instant of what has no clock that runs: it sorts last, and the index serves the order.
const NO_CLOCK: Timestamp = Timestamp::constant(253_402_000_000, 0);

/// Where a deficiency lies on the desk, by its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pile {
    /// It will be owed.
    Predicted,
    /// It is owed: open or claimed.
    Owed,
    /// A second look is wanted: completed or declined.
    Review,
    /// Nothing more is expected of anybody.
    Settled,
}

impl Pile {
    /// The pile of a state.
    #[must_use]
    pub const fn of(state: StateKey) -> Self {
        match state {
            StateKey::Predicted => Self::Predicted,
            StateKey::Open | StateKey::Claimed => Self::Owed,
            StateKey::Completed | StateKey::Declined => Self::Review,
            StateKey::Verified | StateKey::Waived | StateKey::Cleared | StateKey::Withdrawn => Self::Settled,
        }
    }

    /// The key it is stored and filtered by.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Predicted => "predicted",
            Self::Owed => "owed",
            Self::Review => "review",
            Self::Settled => "settled",
        }
    }
}

const INSERT: Insert<'_> = Insert {
    head: "
insert into deficiency (
  id, version, patient, encounter, rule, subject, kind, state, pile, setting, step,
  responsible, responsible_key, party, due, created, updated, body
)
values",
    width: 18,
    tail: "",
};

/// Adds deficiencies that are new.
pub async fn insert_all(tx: &mut Tx, all: &[Filed], at: Timestamp) -> Result<()> {
    let bind = |filed: &Filed, values: &mut Values| {
        let one = &filed.deficiency;
        values.add(one.id.to_string())?;
        values.add(one.version)?;
        values.add(one.patient.to_string())?;
        values.add(one.encounter.to_string())?;
        values.add(one.rule.as_str())?;
        values.add(subject_key(&one.subject))?;
        values.add(one.kind.key())?;
        add_columns(one, filed.setting, values)?;
        values.add(micros(at))?;
        values.add(micros(at))?;
        values.add(body(one)?)
    };
    INSERT.run(tx, all, bind).await.map(|_| ())
}

/// State, setting, step, who owes it and when it is due.
fn add_columns(one: &Deficiency, setting: Setting, values: &mut Values) -> Result<()> {
    let owes = one.responsible();
    values.add(one.state.key().key())?;
    values.add(Pile::of(one.state.key()).key())?;
    values.add(setting.key())?;
    values.add(one.chain.current().kind.key())?;
    values.add(owes.name.name.as_str())?;
    values.add(responsible_key(owes))?;
    values.add(owes.party.map(|id| id.to_string()))?;
    values.add(micros(one.due().unwrap_or(NO_CLOCK)))
}

/// What a person's work is found by: their entry in the directory, or the name where there is none.
#[must_use]
pub fn responsible_key(owes: &chart::deficiency::Responsible) -> String {
    owes.party.map_or_else(|| row::folded(&owes.name.name), |party| party.to_string())
}

/// A short key of what a deficiency is about.
#[must_use]
pub fn subject_key(subject: &Subject) -> String {
    match subject {
        Subject::Document(id) => format!("document:{id}"),
        Subject::Entry(id) => format!("entry:{id}"),
        Subject::Missing(what) => what.clone(),
    }
}

const UPDATE: &str = "
update deficiency
set version = $3, state = $4, pile = $5, setting = $6, step = $7, responsible = $8, responsible_key = $9,
  party = $10, due = $11, updated = $12, body = $13
where id = $1
  and version = $2
";

/// Stores what has become of a deficiency that was read in version `read`.
///
/// # Errors
/// [`Error::Conflict`] when somebody was faster.
pub async fn update(tx: &mut Tx, filed: &Filed, read: i64, at: Timestamp) -> Result<()> {
    let one = &filed.deficiency;
    let mut values = Values::default();
    values.add(one.id.to_string())?;
    values.add(read)?;
    values.add(one.version)?;
    add_columns(one, filed.setting, &mut values)?;
    values.add(micros(at))?;
    values.add(body(one)?)?;
    let changed = sqlx::query_with(UPDATE, values.into_arguments()).execute(tx.sql()).await?;
    version::after(&changed, "deficiency", one.id, read).map(|_| ())
}

const ROWS: &str = "
select setting, patient, body
from deficiency
";

const COUNT: &str = "
select count(*) as count
from deficiency
";

/// Which deficiencies are wanted. Everything that is said must be so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// On this pile.
    pub pile: Option<Pile>,
    /// Of one of these types; empty for any.
    pub kinds: Vec<DeficiencyKind>,
    /// In one of these settings; empty for any.
    pub settings: Vec<Setting>,
    /// Of this patient.
    pub patient: Option<PatientId>,
    /// In this encounter.
    pub encounter: Option<EncounterId>,
    /// Owed by this one: [`responsible_key`].
    pub responsible: Option<String>,
    /// Due before.
    pub due_before: Option<Timestamp>,
}

/// The deficiencies asked for, the first due first; those without a clock that runs come last.
pub async fn list(reader: &mut Reader, filter: &Filter, page: Page) -> Result<Vec<Filed>> {
    row::all(&conditions(filter)?.rows(reader, ROWS, "order by due, id", page).await?, read)
}

/// How many are asked for.
pub async fn count(reader: &mut Reader, filter: &Filter) -> Result<i64> {
    conditions(filter)?.count(reader, COUNT).await
}

/// The deficiency, which must be there.
pub async fn get(reader: &mut Reader, id: DeficiencyId) -> Result<Filed> {
    let mut conditions = Conditions::default();
    conditions.with("id =", Some(id.to_string()))?;
    let rows = conditions.rows(reader, ROWS, "", Page::first(1)).await?;
    let row = rows.first().ok_or_else(|| Error::Missing { what: "deficiency", id: id.to_string() })?;
    read(row)
}

/// Every deficiency of these patients, whatever has become of it.
pub async fn of_patients(reader: &mut Reader, patients: &[PatientId]) -> Result<Vec<Filed>> {
    let mut conditions = Conditions::default();
    conditions.any_of("patient", patients.iter().map(ToString::to_string))?;
    row::all(&conditions.rows(reader, ROWS, "order by id", Page::first(u32::MAX)).await?, read)
}

fn conditions(filter: &Filter) -> Result<Conditions> {
    let mut conditions = Conditions::default();
    conditions.with("pile =", filter.pile.map(Pile::key))?;
    conditions.any_of("kind", filter.kinds.iter().map(|one| one.key().to_owned()))?;
    conditions.any_of("setting", filter.settings.iter().map(|one| one.key().to_owned()))?;
    conditions.with("patient =", filter.patient.map(|id| id.to_string()))?;
    conditions.with("encounter =", filter.encounter.map(|id| id.to_string()))?;
    conditions.with("responsible_key =", filter.responsible.as_deref())?;
    conditions.with("due <", filter.due_before.map(micros))?;
    Ok(conditions)
}

/// A deficiency out of its row. Whose it is stands in the column, which a merge moves.
fn read(row: &AnyRow) -> Result<Filed> {
    let mut deficiency: Deficiency = row::json(row, "body")?;
    deficiency.patient = row::parsed(row, "patient")?;
    Ok(Filed { deficiency, setting: row::choice(row, "setting")? })
}
