//! Hand-over: who is away, who takes over, and what they should know.

use chart::id::UserId;
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, micros};
use crate::{Page, Reader, Result, Tx};

/// An absence with what is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOver {
    /// Who is away.
    pub account: UserId,
    /// From when.
    pub since: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// Who takes over.
    pub taker: Option<UserId>,
    /// What they should know.
    pub note: String,
    /// When it was written.
    pub written: Timestamp,
}

const PUT: &str = "
insert into hand_over (account, since, until, taker, note, written)
values ($1, $2, $3, $4, $5, $6)
on conflict (account, since) do update
set until = excluded.until, taker = excluded.taker, note = excluded.note, written = excluded.written
";

/// Writes a hand-over; one that begins at the same instant takes the place of an earlier.
pub async fn put(tx: &mut Tx, one: &HandOver) -> Result<()> {
    let query = sqlx::query(PUT)
        .bind(one.account.to_string())
        .bind(micros(one.since))
        .bind(micros(one.until))
        .bind(one.taker.map(|id| id.to_string()))
        .bind(one.note.as_str())
        .bind(micros(one.written));
    query.execute(tx.sql()).await?;
    Ok(())
}

const ROWS: &str = "
select account, since, until, taker, note, written
from hand_over
";

/// Hand-overs that are not over at `now`, the first to begin first.
pub async fn current(reader: &mut Reader, now: Timestamp, page: Page) -> Result<Vec<HandOver>> {
    let mut conditions = Conditions::default();
    conditions.with("until >", Some(micros(now)))?;
    row::all(&conditions.rows(reader, ROWS, "order by since, account", page).await?, read)
}

fn read(row: &AnyRow) -> Result<HandOver> {
    Ok(HandOver {
        account: row::parsed(row, "account")?,
        since: row::instant(row, "since")?,
        until: row::instant(row, "until")?,
        taker: row::opt_parsed(row, "taker")?,
        note: row::text(row, "note")?,
        written: row::instant(row, "written")?,
    })
}
