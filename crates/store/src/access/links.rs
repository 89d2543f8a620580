//! Links that work once: the first administrator, a new password.

use chart::id::{Digest, UserId};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::row::{self, micros};
use crate::{Reader, Result, Tx};

/// A link that was given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Digest of its token.
    pub digest: Digest,
    /// What for: `first-administrator`, `set-password`.
    pub purpose: String,
    /// For whom, when the account is there already.
    pub account: Option<UserId>,
    /// Until when it works.
    pub expires: Timestamp,
}

const INSERT: &str = "
insert into one_time_link (digest, purpose, account, expires, used)
values ($1, $2, $3, $4, null)
";

/// Gives a link out.
pub async fn insert(tx: &mut Tx, link: &Link) -> Result<()> {
    let query = sqlx::query(INSERT)
        .bind(link.digest.to_string())
        .bind(link.purpose.as_str())
        .bind(link.account.map(|id| id.to_string()))
        .bind(micros(link.expires));
    query.execute(tx.sql()).await?;
    Ok(())
}

const SPEND: &str = "
update one_time_link
set used = $3
where digest = $1
  and purpose = $2
  and used is null
  and expires > $3
returning account, expires
";

/// Uses a link up: `None` when there is none of this purpose, it was used before, or its time is over.
pub async fn spend(tx: &mut Tx, digest: Digest, purpose: &str, now: Timestamp) -> Result<Option<Link>> {
    let query = sqlx::query(SPEND).bind(digest.to_string()).bind(purpose).bind(micros(now));
    let row = query.fetch_optional(tx.sql()).await?;
    row.map(|row| read(digest, purpose, &row)).transpose()
}

const FIND: &str = "
select account, expires
from one_time_link
where digest = $1
  and purpose = $2
  and used is null
  and expires > $3
";

/// The link, if it still works; it is not used up.
pub async fn find(
    reader: &mut Reader,
    digest: Digest,
    purpose: &str,
    now: Timestamp,
) -> Result<Option<Link>> {
    let query = sqlx::query(FIND).bind(digest.to_string()).bind(purpose).bind(micros(now));
    let row = query.fetch_optional(reader.sql()).await?;
    row.map(|row| read(digest, purpose, &row)).transpose()
}

fn read(digest: Digest, purpose: &str, row: &AnyRow) -> Result<Link> {
    let (account, expires) = (row::opt_parsed(row, "account")?, row::instant(row, "expires")?);
    Ok(Link { digest, purpose: purpose.to_owned(), account, expires })
}
