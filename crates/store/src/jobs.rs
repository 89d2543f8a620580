//! Work to be done later: put down in the transaction that makes it necessary, and done by whoever claims it.

use chart::id::JobId;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

use crate::row::{self, key_of, micros};
use crate::{Error, Page, Reader, Result, Store, Tx};

/// A piece of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Our identifier.
    pub id: JobId,
    /// What is to be done: `apply-arrival`.
    pub kind: String,
    /// With what: identifiers, no clinical content.
    pub payload: serde_json::Value,
    /// How far it is.
    pub state: State,
    /// Not before.
    pub due: Timestamp,
    /// How often it was claimed.
    pub attempts: i64,
    /// Who has it.
    pub worker: Option<String>,
    /// Until when; afterwards anybody may claim it again.
    pub lease_until: Option<Timestamp>,
    /// Why it did not work the last time.
    pub reason: String,
    /// When it was put down.
    pub created: Timestamp,
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Nobody has it.
    Waiting,
    /// A worker has it until its lease ends.
    Running,
    /// Done.
    Done,
    /// Given up: a person has to look at it.
    Dead,
}

const ENQUEUE: &str = "
insert into job (id, kind, payload, state, due, attempts, worker, lease_until, reason, created)
values ($1, $2, $3, 'waiting', $4, 0, null, null, '', $5)
";

/// Puts work down, to be done at `due` or later.
pub async fn enqueue(
    tx: &mut Tx,
    id: JobId,
    kind: &str,
    payload: &serde_json::Value,
    due: Timestamp,
    created: Timestamp,
) -> Result<()> {
    let query = sqlx::query(ENQUEUE)
        .bind(id.to_string())
        .bind(kind)
        .bind(payload.to_string())
        .bind(micros(due))
        .bind(micros(created));
    query.execute(tx.sql()).await?;
    Ok(())
}

const ENQUEUE_ONCE: &str = "
insert into job (id, kind, payload, state, due, attempts, worker, lease_until, reason, created)
select $1, $2, $3, 'waiting', $4, 0, null, null, '', $5
where not exists (
  select 1
  from job
  where kind = $2
    and payload = $3
    and state = 'waiting'
)
";

/// Puts work down that is due at once, unless the same waits already: it is done after this change and sees it.
pub async fn enqueue_once(
    tx: &mut Tx,
    id: JobId,
    kind: &str,
    payload: &serde_json::Value,
    now: Timestamp,
) -> Result<()> {
    let query = sqlx::query(ENQUEUE_ONCE)
        .bind(id.to_string())
        .bind(kind)
        .bind(payload.to_string())
        .bind(micros(now))
        .bind(micros(now));
    query.execute(tx.sql()).await?;
    Ok(())
}

/// What a worker asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim<'a> {
    /// Who asks.
    pub worker: &'a str,
    /// Which kinds of work it does; at least one.
    pub kinds: &'a [&'a str],
    /// How many jobs at most.
    pub take: u32,
    /// Now.
    pub now: Timestamp,
    /// How long it may take. A worker that needs longer loses the job to another.
    pub lease: SignedDuration,
}

const CLAIM: &str = "
update job
set state = 'running', worker = $1, lease_until = $2, attempts = attempts + 1
where id in (
  select id
  from job
  where (state = 'waiting' and due <= $3 or state = 'running' and lease_until <= $3)
    and kind in
";

const CLAIMED: &str = "
)
returning id, kind, payload, state, due, attempts, worker, lease_until, reason, created
";

/// Takes jobs that are due, or whose worker did not finish in time, the longest due first.
///
/// A claim is a transaction of its own. It changes nothing of the record, so it has no audit event.
pub async fn claim(store: &Store, claim: &Claim<'_>) -> Result<Vec<Job>> {
    let mut tx = store.begin().await?;
    let places = crate::write::places(3, claim.kinds.len());
    let locking = tx.kind().skip_locked();
    let sql = format!("{CLAIM} ({places}) order by due, id limit {} {locking} {CLAIMED}", claim.take);
    let query = sqlx::query(AssertSqlSafe(sql))
        .bind(claim.worker)
        .bind(micros(claim.now.saturating_add(claim.lease).unwrap_or(Timestamp::MAX)))
        .bind(micros(claim.now));
    let query = claim.kinds.iter().fold(query, |query, kind| query.bind(*kind));
    let mut jobs = row::all(&query.fetch_all(tx.sql()).await?, read)?;
    tx.commit_unaudited().await?;
    jobs.sort_by_key(|job| (job.due, job.id));
    Ok(jobs)
}

const DONE: &str = "
update job
set state = 'done', worker = null, lease_until = null, reason = ''
where id = $1
  and worker = $2
  and attempts = $3
  and state = 'running'
";

/// Says that a job is done, in the transaction that did it. Refused when the lease was lost to another claim.
pub async fn done(tx: &mut Tx, job: &Job) -> Result<()> {
    let query = sqlx::query(DONE).bind(job.id.to_string()).bind(job.worker.as_deref()).bind(job.attempts);
    still_mine(query.execute(tx.sql()).await?.rows_affected(), job)
}

const RETRY: &str = "
update job
set state = $4, due = $5, reason = $6, worker = null, lease_until = null
where id = $1
  and worker = $2
  and attempts = $3
  and state = 'running'
";

/// Says that a job did not work: it is due again after a pause that doubles each time, or dead after `most` attempts.
pub async fn failed(tx: &mut Tx, job: &Job, reason: &str, most: i64, now: Timestamp) -> Result<State> {
    let state = if job.attempts >= most { State::Dead } else { State::Waiting };
    let query = sqlx::query(RETRY)
        .bind(job.id.to_string())
        .bind(job.worker.as_deref())
        .bind(job.attempts)
        .bind(key_of(&state)?)
        .bind(micros(now.saturating_add(pause(job.attempts)).unwrap_or(Timestamp::MAX)))
        .bind(reason);
    still_mine(query.execute(tx.sql()).await?.rows_affected(), job)?;
    Ok(state)
}

/// The pause before the next attempt: 2 seconds after the first, doubled each time, at most an hour.
fn pause(attempts: i64) -> SignedDuration {
    let doublings = u32::try_from(attempts.clamp(1, 12)).unwrap_or(1);
    SignedDuration::from_secs(1_i64 << doublings).min(SignedDuration::from_hours(1))
}

fn still_mine(changed: u64, job: &Job) -> Result<()> {
    if changed == 0 {
        return Err(Error::Refused(format!(
            "job {} was taken over by another worker after its lease ended",
            job.id
        )));
    }
    Ok(())
}

const REVIVE: &str = "
update job
set state = 'waiting', due = $2, attempts = 0
where id = $1
  and state = 'dead'
";

/// Has a job tried again that was given up.
pub async fn revive(tx: &mut Tx, id: JobId, due: Timestamp) -> Result<()> {
    let changed = sqlx::query(REVIVE).bind(id.to_string()).bind(micros(due)).execute(tx.sql()).await?;
    if changed.rows_affected() == 0 {
        return Err(Error::Missing { what: "job that was given up", id: id.to_string() });
    }
    Ok(())
}

const BY_STATE: &str = "
select id, kind, payload, state, due, attempts, worker, lease_until, reason, created
from job
where state = $1
order by due, id
limit $2 offset $3
";

/// The jobs in a state, the longest due first.
pub async fn list(reader: &mut Reader, state: State, page: Page) -> Result<Vec<Job>> {
    let query = sqlx::query(BY_STATE).bind(key_of(&state)?).bind(page.limit()).bind(page.offset());
    row::all(&query.fetch_all(reader.sql()).await?, read)
}

const COUNT: &str = "
select count(*) as count
from job
where state = $1
";

/// How many jobs are in a state.
pub async fn count(reader: &mut Reader, state: State) -> Result<i64> {
    row::int(&sqlx::query(COUNT).bind(key_of(&state)?).fetch_one(reader.sql()).await?, "count")
}

fn read(row: &AnyRow) -> Result<Job> {
    Ok(Job {
        id: row::parsed(row, "id")?,
        kind: row::text(row, "kind")?,
        payload: row::json(row, "payload")?,
        state: row::choice(row, "state")?,
        due: row::instant(row, "due")?,
        attempts: row::int(row, "attempts")?,
        worker: row::opt_text(row, "worker")?,
        lease_until: row::opt_instant(row, "lease_until")?,
        reason: row::text(row, "reason")?,
        created: row::instant(row, "created")?,
    })
}
