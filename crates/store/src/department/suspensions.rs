//! The suspension list and its history.

use chart::letter::{Suspension, SuspensionState};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, body, micros};
use crate::{Page, Reader, Result, Tx, version};

const INSERT: &str = "
insert into suspension (responsible_key, since, version, responsible, state, updated, body)
values ($1, $2, $3, $4, $5, $6, $7)
";

/// Adds a suspension that begins at `since`. `key` is what the practitioner's work is found by.
pub async fn insert(tx: &mut Tx, one: &Suspension, key: &str, since: Timestamp) -> Result<()> {
    let query = sqlx::query(INSERT)
        .bind(key)
        .bind(micros(since))
        .bind(one.version)
        .bind(one.who.name.name.as_str())
        .bind(one.state.key())
        .bind(micros(since))
        .bind(body(one)?);
    query.execute(tx.sql()).await?;
    Ok(())
}

const UPDATE: &str = "
update suspension
set version = $4, state = $5, updated = $6, body = $7
where responsible_key = $1
  and since = $2
  and version = $3
";

/// A suspension with what it is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What the practitioner's work is found by.
    pub key: String,
    /// Since when.
    pub since: Timestamp,
    /// What it says.
    pub suspension: Suspension,
}

/// Stores what has become of a suspension that was read in version `read`.
///
/// # Errors
/// [`crate::Error::Conflict`] when somebody was faster.
pub async fn update(tx: &mut Tx, kept: &Kept, read: i64, at: Timestamp) -> Result<()> {
    let query = sqlx::query(UPDATE)
        .bind(kept.key.as_str())
        .bind(micros(kept.since))
        .bind(read)
        .bind(kept.suspension.version)
        .bind(kept.suspension.state.key())
        .bind(micros(at))
        .bind(body(&kept.suspension)?);
    version::after(&query.execute(tx.sql()).await?, "suspension", &kept.key, read).map(|_| ())
}

const ROWS: &str = "
select responsible_key, since, body
from suspension
";

/// Suspensions, the latest first; only those in force, or all that ever were.
pub async fn list(reader: &mut Reader, only_listed: bool, page: Page) -> Result<Vec<Kept>> {
    let mut conditions = Conditions::default();
    if only_listed {
        conditions.plain("state = 'listed'");
    }
    row::all(&conditions.rows(reader, ROWS, "order by since desc, responsible_key", page).await?, read)
}

/// The suspension of this practitioner that is in force.
pub async fn in_force(reader: &mut Reader, key: &str) -> Result<Option<Kept>> {
    let mut conditions = Conditions::default();
    conditions.with("responsible_key =", Some(key.to_owned()))?;
    conditions.plain("state = 'listed'");
    let rows = conditions.rows(reader, ROWS, "order by since desc", Page::first(1)).await?;
    rows.first().map(read).transpose()
}

/// Whether it is in force.
#[must_use]
pub const fn is_listed(one: &Suspension) -> bool {
    matches!(one.state, SuspensionState::Listed { .. })
}

fn read(row: &AnyRow) -> Result<Kept> {
    Ok(Kept {
        key: row::text(row, "responsible_key")?,
        since: row::instant(row, "since")?,
        suspension: row::json(row, "body")?,
    })
}
