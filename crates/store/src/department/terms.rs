//! Accounts that end on a date: outside workers, locums, students.

use chart::id::UserId;
use jiff::Timestamp;

use crate::row::{self, micros};
use crate::{Reader, Result, Tx};

const PUT: &str = "
insert into account_term (account, ends)
values ($1, $2)
on conflict (account) do update
set ends = excluded.ends
";

const REMOVE: &str = "
delete from account_term
where account = $1
";

/// Sets when an account ends; `None` for one that stays.
pub async fn set(tx: &mut Tx, account: UserId, ends: Option<Timestamp>) -> Result<()> {
    let query = match ends {
        Some(ends) => sqlx::query(PUT).bind(account.to_string()).bind(micros(ends)),
        None => sqlx::query(REMOVE).bind(account.to_string()),
    };
    query.execute(tx.sql()).await?;
    Ok(())
}

const GET: &str = "
select ends
from account_term
where account = $1
";

/// When an account ends, if it does.
pub async fn ends(reader: &mut Reader, account: UserId) -> Result<Option<Timestamp>> {
    let row = sqlx::query(GET).bind(account.to_string()).fetch_optional(reader.sql()).await?;
    row.map(|row| row::instant(&row, "ends")).transpose()
}
