//! What practitioners owe: open deficiencies past their clock, by who owes them.

use chart::id::{DeficiencyId, PartyId, PatientId};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, micros};
use crate::{Page, Reader, Result};

/// How much somebody owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Debtor {
    /// What their work is found by.
    pub key: String,
    /// As records name them.
    pub name: String,
    /// Their entry in the directory.
    pub party: Option<PartyId>,
    /// Deficiencies past their clock.
    pub overdue: i64,
    /// Charts these are in.
    pub charts: i64,
    /// The due instant of the oldest.
    pub oldest: Timestamp,
}

const DEBTORS: &str = "
select responsible_key, min(responsible) as name, min(party) as party, count(*) as overdue,
  count(distinct encounter) as charts, min(due) as oldest
from deficiency
where pile = 'owed'
  and due < $1
group by responsible_key
order by oldest, responsible_key
limit $2
";

/// Everybody who owes something past its clock at `now`, the oldest debt first.
pub async fn debtors(reader: &mut Reader, now: Timestamp, take: u32) -> Result<Vec<Debtor>> {
    let query = sqlx::query(DEBTORS).bind(micros(now)).bind(i64::from(take));
    row::all(&query.fetch_all(reader.sql()).await?, |row| {
        Ok(Debtor {
            key: row::text(row, "responsible_key")?,
            name: row::text(row, "name")?,
            party: row::opt_parsed(row, "party")?,
            overdue: row::int(row, "overdue")?,
            charts: row::int(row, "charts")?,
            oldest: row::instant(row, "oldest")?,
        })
    })
}

/// One thing owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Debt {
    /// Which deficiency.
    pub id: DeficiencyId,
    /// In whose chart.
    pub patient: PatientId,
    /// Its kind.
    pub kind: String,
    /// The step that waits.
    pub step: String,
    /// Until when.
    pub due: Timestamp,
    /// What its clock counts from, as the day it was raised.
    pub since: Timestamp,
}

const ROWS: &str = "
select id, patient, kind, step, due, created
from deficiency
";

/// What this one owes past its clock, the oldest first.
pub async fn of_debtor(reader: &mut Reader, key: &str, now: Timestamp, page: Page) -> Result<Vec<Debt>> {
    let mut conditions = Conditions::default();
    conditions.with("responsible_key =", Some(key.to_owned()))?;
    conditions.plain("pile = 'owed'");
    conditions.with("due <", Some(micros(now)))?;
    row::all(&conditions.rows(reader, ROWS, "order by due, id", page).await?, debt)
}

fn debt(row: &AnyRow) -> Result<Debt> {
    Ok(Debt {
        id: row::parsed(row, "id")?,
        patient: row::parsed(row, "patient")?,
        kind: row::text(row, "kind")?,
        step: row::text(row, "step")?,
        due: row::instant(row, "due")?,
        since: row::instant(row, "created")?,
    })
}

const CHARTS: &str = "
select count(distinct encounter) as count
from deficiency
where pile = 'owed'
  and due < $1
";

/// How many charts have something owed past its clock.
pub async fn delinquent_charts(reader: &mut Reader, now: Timestamp) -> Result<i64> {
    row::int(&sqlx::query(CHARTS).bind(micros(now)).fetch_one(reader.sql()).await?, "count")
}
