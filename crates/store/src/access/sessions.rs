//! Sessions, found by the digest of a token that only the browser has.

use chart::id::{Digest, SessionId, UserId};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::row::{self, micros};
use crate::{Error, Reader, Result, Store, Tx};

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Digest of its token.
    pub digest: Digest,
    /// Its identifier in the audit trail.
    pub id: SessionId,
    /// Whose it is.
    pub account: UserId,
    /// The role worn; empty before one is chosen.
    pub role: String,
    /// How far signing in has come, in the server's words: `totp`, `open`.
    pub stage: String,
    /// Digest of the address it came from.
    pub source: Option<Digest>,
    /// When it began.
    pub created: Timestamp,
    /// When it was last used, to the minute or so.
    pub seen: Timestamp,
    /// When it ends whatever happens.
    pub expires: Timestamp,
}

const INSERT: &str = "
insert into session (digest, id, account, role, stage, source, created, seen, expires)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
";

/// Begins a session.
pub async fn insert(tx: &mut Tx, session: &Session) -> Result<()> {
    let query = sqlx::query(INSERT)
        .bind(session.digest.to_string())
        .bind(session.id.to_string())
        .bind(session.account.to_string())
        .bind(session.role.as_str())
        .bind(session.stage.as_str())
        .bind(session.source.map(|digest| digest.to_string()))
        .bind(micros(session.created))
        .bind(micros(session.seen))
        .bind(micros(session.expires));
    query.execute(tx.sql()).await?;
    Ok(())
}

const CHANGE: &str = "
update session
set role = $2, stage = $3
where digest = $1
";

/// Changes the role worn, or how far signing in has come.
pub async fn change(tx: &mut Tx, session: &Session) -> Result<()> {
    let query = sqlx::query(CHANGE)
        .bind(session.digest.to_string())
        .bind(session.role.as_str())
        .bind(session.stage.as_str());
    let changed = query.execute(tx.sql()).await?;
    if changed.rows_affected() == 0 {
        return Err(Error::Missing { what: "session", id: session.id.to_string() });
    }
    Ok(())
}

const TOUCH: &str = "
update session
set seen = $2
where digest = $1
";

/// Says that a session was used. A transaction of its own, without an event: call it once a minute, not every time.
pub async fn touch(store: &Store, digest: Digest, seen: Timestamp) -> Result<()> {
    let mut tx = store.begin().await?;
    sqlx::query(TOUCH).bind(digest.to_string()).bind(micros(seen)).execute(tx.sql()).await?;
    tx.commit_unaudited().await
}

const END: &str = "
delete from session
where digest = $1
";

/// Ends a session.
pub async fn end(tx: &mut Tx, digest: Digest) -> Result<()> {
    sqlx::query(END).bind(digest.to_string()).execute(tx.sql()).await?;
    Ok(())
}

const END_OF_ACCOUNT: &str = "
delete from session
where account = $1
  and digest <> $2
";

/// Ends every session of an account but the one with digest `but`; gives how many.
pub async fn end_all(tx: &mut Tx, account: UserId, but: Option<Digest>) -> Result<u64> {
    let but = but.map(|digest| digest.to_string()).unwrap_or_default();
    let query = sqlx::query(END_OF_ACCOUNT).bind(account.to_string()).bind(but);
    Ok(query.execute(tx.sql()).await?.rows_affected())
}

const END_EXPIRED: &str = "
delete from session
where expires <= $1
";

/// Ends the sessions whose time is over; gives how many.
pub async fn end_expired(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    Ok(sqlx::query(END_EXPIRED).bind(micros(now)).execute(tx.sql()).await?.rows_affected())
}

const BY_DIGEST: &str = "
select digest, id, account, role, stage, source, created, seen, expires
from session
where digest = $1
";

/// The session with this digest, over or not.
pub async fn by_digest(reader: &mut Reader, digest: Digest) -> Result<Option<Session>> {
    let row = sqlx::query(BY_DIGEST).bind(digest.to_string()).fetch_optional(reader.sql()).await?;
    row.map(|row| read(&row)).transpose()
}

const OF_ACCOUNT: &str = "
select digest, id, account, role, stage, source, created, seen, expires
from session
where account = $1
order by created desc, id desc
";

/// The sessions of an account, the latest first.
pub async fn of_account(reader: &mut Reader, account: UserId) -> Result<Vec<Session>> {
    row::all(&sqlx::query(OF_ACCOUNT).bind(account.to_string()).fetch_all(reader.sql()).await?, read)
}

fn read(row: &AnyRow) -> Result<Session> {
    Ok(Session {
        digest: row::parsed(row, "digest")?,
        id: row::parsed(row, "id")?,
        account: row::parsed(row, "account")?,
        role: row::text(row, "role")?,
        stage: row::text(row, "stage")?,
        source: row::opt_parsed(row, "source")?,
        created: row::instant(row, "created")?,
        seen: row::instant(row, "seen")?,
        expires: row::instant(row, "expires")?,
    })
}
