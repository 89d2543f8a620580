//! Work that follows from a change, done later by whoever claims it.

use chart::id::PatientId;
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use store::Store;
use store::jobs::{self, Claim, Job};

use crate::{Context, Error, Result, clarifying, completeness, identity, matching};

/// A job that takes longer is given to another worker.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// Jobs taken at once.
const TAKE: u32 = 64;
/// After this many attempts a person has to look at it.
const MOST_ATTEMPTS: i64 = 8;

/// Does the jobs that are due; gives how many there were. Call it again until there are none. `zone` is the facility's.
pub async fn work(store: &Store, context: &mut Context, worker: &str, zone: &TimeZone) -> Result<usize> {
    let kinds =
        [matching::FIND_DUPLICATES, completeness::EVALUATE, completeness::EVALUATE_ALL, clarifying::CLIMB];
    let claim = Claim { worker, kinds: &kinds, take: TAKE, now: context.at, lease: LEASE };
    let claimed = jobs::claim(store, &claim).await?;
    for job in &claimed {
        if let Err(error) = one(store, context, job, zone).await {
            let mut tx = store.begin().await?;
            jobs::failed(&mut tx, job, &error.to_string(), MOST_ATTEMPTS, context.at).await?;
            tx.commit(context.event("job-fail").object("job", job.id)).await?;
        }
    }
    Ok(claimed.len())
}

async fn one(store: &Store, context: &mut Context, job: &Job, zone: &TimeZone) -> Result<()> {
    match job.kind.as_str() {
        completeness::EVALUATE | completeness::EVALUATE_ALL => {
            completeness::from_job(store, context, job, zone).await
        }
        clarifying::CLIMB => clarifying::from_job(store, context, job, zone).await,
        _ => find_duplicates(store, context, job).await,
    }
}

async fn find_duplicates(store: &Store, context: &mut Context, job: &Job) -> Result<()> {
    let patient: PatientId = serde_json::from_value(job.payload["patient"].clone())
        .map_err(|_| Error::refused(format!("job {} names no patient", job.id)))?;
    let mut tx = store.begin().await?;
    let pairs = identity::find_duplicates(&mut tx, context, patient).await?;
    jobs::done(&mut tx, job).await?;
    let event = context.event("duplicates-find").patient(patient).object("job", job.id);
    tx.commit(event.detail(serde_json::json!({ "pairs": pairs }))).await?;
    Ok(())
}
