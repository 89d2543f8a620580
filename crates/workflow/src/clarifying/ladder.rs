//! The ladder of a query that waits for its answer: a job wakes when the next rung is reached.

use chart::clock::due;
use chart::id::{JobId, QueryId};
use chart::machine::{Actor, Stamp};
use chart::query::{Measure, Query, Rung, query_ladder};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::jobs::{self, Job};
use store::{Store, Tx};

use crate::{Context, Error, Result};

/// The job that takes the next rung.
pub(crate) const CLIMB: &str = "query-climb";

/// Begins to climb: the query was just put to somebody, for the first time or again.
pub(super) async fn begin(tx: &mut Tx, context: &mut Context, query: &Query, zone: &TimeZone) -> Result<()> {
    let Some(at) = next(query, zone) else { return Ok(()) };
    let payload = json!({ "query": query.id, "round": round(query) });
    Ok(jobs::enqueue(tx, context.id(JobId::from_bits), CLIMB, &payload, at, context.at).await?)
}

/// How often it was put to somebody. A job of an earlier round has nothing to do any more.
fn round(query: &Query) -> usize {
    let asked = |verb: &str| matches!(verb, "issue" | "reopen");
    query.history.all().iter().filter(|one| asked(&one.verb)).count()
}

/// When the next rung is reached; a rung is reached when its time is over.
fn next(query: &Query, zone: &TimeZone) -> Option<Timestamp> {
    let issued = query.issued_at()?;
    let mut above = query_ladder().rungs(query.ask.timing).filter(|rung| rung.level > query.level);
    let at = due(issued, above.next()?.after, zone);
    at.checked_add(SignedDuration::from_secs(1)).ok()
}

/// Takes the rung that was reached, if an answer is still owed, and asks to be woken for the next.
pub(crate) async fn from_job(store: &Store, context: &mut Context, job: &Job, zone: &TimeZone) -> Result<()> {
    let unreadable = |_| Error::refused(format!("job {} names no query", job.id));
    let id: QueryId = serde_json::from_value(job.payload["query"].clone()).map_err(unreadable)?;
    let mut tx = store.begin().await?;
    let mut query = store::queries::get(&mut tx, id).await?;
    let is_of_this_round = job.payload["round"] == json!(round(&query));
    let mut action = "query-look";
    if is_of_this_round && query.is_owed() {
        if let Some(rung) = query_ladder().reached(&query, context.at, zone) {
            (query, action) = climbed(query, rung, context.at)?;
            store::queries::update(&mut tx, &query, context.at).await?;
        }
        begin(&mut tx, context, &query, zone).await?;
    }
    jobs::done(&mut tx, job).await?;
    tx.commit(context.event(action).patient(query.patient).object("query", id)).await?;
    Ok(())
}

fn climbed(query: Query, rung: &Rung, at: Timestamp) -> Result<(Query, &'static str)> {
    let stamp = Stamp { by: Actor::program("query ladder"), at };
    Ok(match rung.measure {
        Measure::Escalate => (query.escalate(stamp, rung, &rung.title)?, "query-escalate"),
        Measure::Remind | Measure::Due => (query.remind(stamp, rung)?, "query-remind"),
    })
}
