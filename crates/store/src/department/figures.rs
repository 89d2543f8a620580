//! What was done by whom: counted from the audit trail.

use chart::id::UserId;
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::row::{self, micros};
use crate::{Reader, Result};

/// How often somebody did something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Who.
    pub user: UserId,
    /// In which role.
    pub role: String,
    /// What: the key of the audit trail.
    pub action: String,
    /// How often.
    pub count: i64,
}

const DONE: &str = "
select actor_user, role, action, count(*) as count
from audit
where at >= $1
  and at < $2
  and actor_user is not null
  and outcome = 'done'
group by actor_user, role, action
order by actor_user, role, action
";

/// What was done in a time, by person, role and task.
pub async fn done(reader: &mut Reader, from: Timestamp, until: Timestamp) -> Result<Vec<Done>> {
    let rows = sqlx::query(DONE).bind(micros(from)).bind(micros(until)).fetch_all(reader.sql()).await?;
    row::all(&rows, read)
}

const DISCHARGES: &str = "
select count(*) as count
from encounter
where status = 'closed'
  and until >= $1
  and until < $2
";

/// How many encounters ended in a time.
pub async fn discharges(reader: &mut Reader, from: Timestamp, until: Timestamp) -> Result<i64> {
    let row = sqlx::query(DISCHARGES).bind(micros(from)).bind(micros(until)).fetch_one(reader.sql()).await?;
    row::int(&row, "count")
}

const FIRST_DISCHARGE: &str = "
select min(until) as first
from encounter
where status = 'closed'
";

/// When the first encounter of the record ended.
pub async fn first_discharge(reader: &mut Reader) -> Result<Option<Timestamp>> {
    let row = sqlx::query(FIRST_DISCHARGE).fetch_one(reader.sql()).await?;
    row::opt_instant(&row, "first")
}

fn read(row: &AnyRow) -> Result<Done> {
    Ok(Done {
        user: row::parsed(row, "actor_user")?,
        role: row::text(row, "role")?,
        action: row::text(row, "action")?,
        count: row::int(row, "count")?,
    })
}
