//! Broken glass: a chart opened for a reason, by somebody who may not open it otherwise, for a time.

use chart::id::{PatientId, UserId};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, micros};
use crate::{Page, Reader, Result, Tx};

/// A chart opened for a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Who opened it.
    pub account: UserId,
    /// Whose chart.
    pub patient: PatientId,
    /// When.
    pub granted: Timestamp,
    /// Until when it stays open.
    pub expires: Timestamp,
    /// Why, in their words.
    pub reason: String,
}

const INSERT: &str = "
insert into break_glass (account, patient, granted, expires, reason)
values ($1, $2, $3, $4, $5)
";

/// Opens a chart.
pub async fn insert(tx: &mut Tx, grant: &Grant) -> Result<()> {
    let query = sqlx::query(INSERT)
        .bind(grant.account.to_string())
        .bind(grant.patient.to_string())
        .bind(micros(grant.granted))
        .bind(micros(grant.expires))
        .bind(grant.reason.as_str());
    query.execute(tx.sql()).await?;
    Ok(())
}

const OPEN: &str = "
select account, patient, granted, expires, reason
from break_glass
where account = $1
  and patient = $2
  and expires > $3
order by expires desc
limit 1
";

/// The grant by which this person may open the chart now.
pub async fn open(
    reader: &mut Reader,
    account: UserId,
    patient: PatientId,
    now: Timestamp,
) -> Result<Option<Grant>> {
    let query = sqlx::query(OPEN).bind(account.to_string()).bind(patient.to_string()).bind(micros(now));
    let row = query.fetch_optional(reader.sql()).await?;
    row.map(|row| read(&row)).transpose()
}

const ROWS: &str = "
select account, patient, granted, expires, reason
from break_glass
";

/// The grants for a patient, or for all, the latest first: what the privacy officer reviews.
pub async fn list(reader: &mut Reader, patient: Option<PatientId>, page: Page) -> Result<Vec<Grant>> {
    let mut conditions = Conditions::default();
    conditions.with("patient =", patient.map(|id| id.to_string()))?;
    row::all(&conditions.rows(reader, ROWS, "order by granted desc, account", page).await?, read)
}

fn read(row: &AnyRow) -> Result<Grant> {
    Ok(Grant {
        account: row::parsed(row, "account")?,
        patient: row::parsed(row, "patient")?,
        granted: row::instant(row, "granted")?,
        expires: row::instant(row, "expires")?,
        reason: row::text(row, "reason")?,
    })
}
