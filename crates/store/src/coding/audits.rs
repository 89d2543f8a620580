//! Audit samples, and the encounters of each.

use chart::coding::{CodeSet, Purpose};
use chart::coding_audit::{AuditedCase, CaseStateKey, Sample};
use chart::encounter::Setting;
use chart::id::{AuditedCaseId, EncounterId, SampleId, UserId};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, body, micros};
use crate::{Error, Page, Reader, Result, Tx, version};

/// Which closed code sets are wanted. Everything that is said must be so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClosedFilter {
    /// Closed at or after.
    pub from: Option<Timestamp>,
    /// Closed before.
    pub before: Option<Timestamp>,
    /// In this setting.
    pub setting: Option<Setting>,
    /// Closed by this account.
    pub coder: Option<UserId>,
    /// With this MS-DRG.
    pub drg: Option<u16>,
}

const CLOSED: &str = "
select c.patient as patient, c.body as body
from code_set c
join encounter e on e.id = c.encounter
join patient p on p.id = c.patient
";

const COUNT_CLOSED: &str = "
select count(*) as count
from code_set c
join encounter e on e.id = c.encounter
join patient p on p.id = c.patient
";

/// Closed code sets of records, those of restricted charts left out, in the order of their identifiers.
pub async fn closed(reader: &mut Reader, filter: &ClosedFilter, page: Page) -> Result<Vec<CodeSet>> {
    row::all(&closed_conditions(filter)?.rows(reader, CLOSED, "order by c.id", page).await?, super::read)
}

/// How many there are.
pub async fn count_closed(reader: &mut Reader, filter: &ClosedFilter) -> Result<i64> {
    closed_conditions(filter)?.count(reader, COUNT_CLOSED).await
}

fn closed_conditions(filter: &ClosedFilter) -> Result<Conditions> {
    let mut conditions = Conditions::default();
    conditions.with("c.purpose =", Some(Purpose::Record.key()))?;
    conditions.plain("c.state = 'final'");
    conditions.plain("p.restriction is null");
    conditions.with("c.updated >=", filter.from.map(micros))?;
    conditions.with("c.updated <", filter.before.map(micros))?;
    conditions.with("e.setting =", filter.setting.map(Setting::key))?;
    conditions.with("c.coder =", filter.coder.map(|id| id.to_string()))?;
    conditions.with("c.drg =", filter.drg.map(i64::from))?;
    Ok(conditions)
}

const INSERT_SAMPLE: &str = "
insert into coding_sample (id, drawn, body)
values ($1, $2, $3)
";

/// Keeps a sample that was drawn.
pub async fn insert_sample(tx: &mut Tx, sample: &Sample) -> Result<()> {
    let query = sqlx::query(INSERT_SAMPLE)
        .bind(sample.id.to_string())
        .bind(micros(sample.drawn.at))
        .bind(body(sample)?);
    query.execute(tx.sql()).await?;
    Ok(())
}

const SAMPLES: &str = "
select body
from coding_sample
";

/// The samples, the latest first.
pub async fn samples(reader: &mut Reader, page: Page) -> Result<Vec<Sample>> {
    let rows = Conditions::default().rows(reader, SAMPLES, "order by drawn desc, id desc", page).await?;
    row::all(&rows, |row| row::json(row, "body"))
}

/// The sample, which must be there.
pub async fn sample(reader: &mut Reader, id: SampleId) -> Result<Sample> {
    let mut conditions = Conditions::default();
    conditions.with("id =", Some(id.to_string()))?;
    let rows = conditions.rows(reader, SAMPLES, "", Page::first(1)).await?;
    let row = rows.first().ok_or_else(|| Error::Missing { what: "audit sample", id: id.to_string() })?;
    row::json(row, "body")
}

const INSERT_CASE: &str = "
insert into audited_case (
  id, version, sample, place, patient, encounter, coder, auditor, state, settled, body
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
";

/// Adds an encounter of a sample.
pub async fn insert_case(tx: &mut Tx, case: &AuditedCase) -> Result<()> {
    let query = sqlx::query(INSERT_CASE)
        .bind(case.id.to_string())
        .bind(case.version)
        .bind(case.sample.to_string())
        .bind(i64::from(case.place))
        .bind(case.patient.to_string())
        .bind(case.encounter.to_string())
        .bind(case.coded.coder.user.map(|id| id.to_string()))
        .bind(auditor(case))
        .bind(case.key().key())
        .bind(case.settled_at().map(micros))
        .bind(body(case)?);
    query.execute(tx.sql()).await?;
    Ok(())
}

const UPDATE_CASE: &str = "
update audited_case
set version = $3, auditor = $4, state = $5, settled = $6, body = $7
where id = $1
  and version = $2
";

/// Keeps an encounter of a sample in its next state; the verb has counted its version on by one.
///
/// # Errors
/// [`Error::Conflict`] when somebody was faster.
pub async fn update_case(tx: &mut Tx, case: &AuditedCase) -> Result<()> {
    let before = case.version - 1;
    let query = sqlx::query(UPDATE_CASE)
        .bind(case.id.to_string())
        .bind(before)
        .bind(case.version)
        .bind(auditor(case))
        .bind(case.key().key())
        .bind(case.settled_at().map(micros))
        .bind(body(case)?);
    version::after(&query.execute(tx.sql()).await?, "audited encounter", case.id, before).map(|_| ())
}

fn auditor(case: &AuditedCase) -> Option<String> {
    case.auditor().and_then(|actor| actor.user).map(|id| id.to_string())
}

/// Which encounters of samples are wanted. Everything that is said must be so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// Of this sample.
    pub sample: Option<SampleId>,
    /// This encounter.
    pub encounter: Option<EncounterId>,
    /// Closed by this coder.
    pub coder: Option<UserId>,
    /// In one of these states; empty for any.
    pub states: Vec<CaseStateKey>,
    /// Settled at or after.
    pub settled_from: Option<Timestamp>,
    /// Settled before.
    pub settled_before: Option<Timestamp>,
}

const CASES: &str = "
select patient, body
from audited_case
";

/// The encounters asked for, in the order of their samples.
pub async fn cases(reader: &mut Reader, filter: &CaseFilter, page: Page) -> Result<Vec<AuditedCase>> {
    let mut conditions = Conditions::default();
    conditions.with("sample =", filter.sample.map(|id| id.to_string()))?;
    conditions.with("encounter =", filter.encounter.map(|id| id.to_string()))?;
    conditions.with("coder =", filter.coder.map(|id| id.to_string()))?;
    conditions.any_of("state", filter.states.iter().map(|one| one.key().to_owned()))?;
    conditions.with("settled >=", filter.settled_from.map(micros))?;
    conditions.with("settled <", filter.settled_before.map(micros))?;
    row::all(&conditions.rows(reader, CASES, "order by sample desc, place", page).await?, read)
}

/// The encounter of a sample, which must be there.
pub async fn case(reader: &mut Reader, id: AuditedCaseId) -> Result<AuditedCase> {
    let mut conditions = Conditions::default();
    conditions.with("id =", Some(id.to_string()))?;
    let rows = conditions.rows(reader, CASES, "", Page::first(1)).await?;
    read(rows.first().ok_or_else(|| Error::Missing { what: "audited encounter", id: id.to_string() })?)
}

fn read(row: &AnyRow) -> Result<AuditedCase> {
    // The row says whose it is: encounters move when charts are merged or parted.
    Ok(AuditedCase { patient: row::parsed(row, "patient")?, ..row::json(row, "body")? })
}
