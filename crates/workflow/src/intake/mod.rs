//! What comes in is applied to the record: by whichever way it came, each arrival whole or not at all.
//!
//! Many arrivals go in one transaction. They are first turned into rows in memory (`plan`), so that the rows can be
//! written many at a time; a merge or a move, which works on rows already there, has them written before.

mod check;
mod people;
mod plan;
mod record;
mod structure;

use std::collections::{BTreeMap, BTreeSet};

use chart::id::{Digest, PatientId};
use chart::intake::{Arrival, Change, Channel, Original};
use serde_json::json;
use store::Store;
use store::audit::{Event, Events};

use crate::{Context, Result, completeness};
use plan::Plan;

/// What a reader made of bytes that came in.
#[derive(Debug, Clone, PartialEq)]
pub enum Incoming {
    /// It could be read.
    Read(Box<Arrival>),
    /// It could not; it goes to the error queue.
    Unread {
        /// By which way it came.
        channel: Channel,
        /// What it seems to be: `Observation`, `C-CDA document`.
        kind: String,
        /// Its bytes.
        original: Original,
        /// What is wrong, where, and what to do.
        reason: String,
    },
}

impl From<Arrival> for Incoming {
    fn from(arrival: Arrival) -> Self {
        Self::Read(Box::new(arrival))
    }
}

/// What became of an arrival.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What it was: `Observation`, `ADT^A01`.
    pub kind: String,
    /// What became of it.
    pub outcome: Outcome,
    /// What was odd about it, in plain words.
    pub remarks: Vec<String>,
    /// Whose chart it is in, where it is of one patient.
    pub patient: Option<PatientId>,
}

/// What became of an arrival.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It changed the chart.
    Applied,
    /// Its original is kept; the chart has no place for it yet.
    Kept,
    /// The same had come before.
    Unchanged,
    /// It cannot be applied; the reason says what to mend.
    Rejected(String),
}

impl Outcome {
    /// The key it is counted by.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Kept => "kept",
            Self::Unchanged => "unchanged",
            Self::Rejected(_) => "rejected",
        }
    }
}

/// Applies arrivals in order, in one transaction; gives what became of each.
///
/// Rejected ones are kept in the error queue with their reason, and do not hinder the others.
///
/// # Errors
/// Only when the store fails: then nothing was applied.
pub async fn apply(store: &Store, context: &mut Context, incoming: Vec<Incoming>) -> Result<Vec<Verdict>> {
    let mut tx = store.begin().await?;
    let (verdicts, events) = apply_in(&mut tx, context, incoming, Rejects::Queue).await?;
    tx.commit_all(events).await?;
    Ok(verdicts)
}

/// What to do with arrivals that cannot be applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rejects {
    /// Put them in the error queue.
    Queue,
    /// Only say so: the message is in the queue already.
    Report,
}

/// [`apply`] within a transaction that does more.
pub(crate) async fn apply_in(
    tx: &mut store::Tx,
    context: &mut Context,
    incoming: Vec<Incoming>,
    rejects: Rejects,
) -> Result<(Vec<Verdict>, Events)> {
    let mut plan = Plan::begin(tx, context, &incoming).await?;
    let mut verdicts = Vec::with_capacity(incoming.len());
    for one in incoming {
        verdicts.push(match one {
            Incoming::Read(arrival) => apply_one(&mut plan, *arrival, rejects).await?,
            Incoming::Unread { channel, kind, original, reason } => {
                reject(&mut plan, channel, kind, (original, reason), rejects)
            }
        });
    }
    plan.write().await?;
    for patient in changed(&verdicts) {
        completeness::ask(tx, context, patient).await?;
    }
    let events = events(context, &verdicts);
    Ok((verdicts, events))
}

async fn apply_one(plan: &mut Plan<'_>, arrival: Arrival, rejects: Rejects) -> Result<Verdict> {
    let digest = Digest::of(&arrival.original.bytes);
    let Arrival { kind, channel, original, changes, attachments, mut remarks } = arrival;
    if plan.was_told(channel, digest) || plan.knows_all(&changes, digest) {
        return Ok(Verdict { kind, outcome: Outcome::Unchanged, remarks, patient: None });
    }
    if let Some(reason) = check::refusal(plan, &changes) {
        return Ok(reject(plan, channel, kind, (original, reason), rejects));
    }
    plan.keep_original(original);
    for attachment in attachments {
        plan.keep_original(attachment);
    }
    let outcome = if changes.iter().all(|change| matches!(change, Change::Keep { .. })) {
        Outcome::Kept
    } else {
        Outcome::Applied
    };
    plan.source(channel, digest);
    let mut patient = None;
    for change in changes {
        patient = patient.or(plan.apply(change, &mut remarks).await?);
    }
    plan.tell();
    Ok(Verdict { kind, outcome, remarks, patient })
}

/// Puts what cannot be applied in the error queue, unless it is there.
fn reject(
    plan: &mut Plan<'_>,
    channel: Channel,
    kind: String,
    (original, reason): (Original, String),
    rejects: Rejects,
) -> Verdict {
    if rejects == Rejects::Queue {
        plan.reject(channel, &kind, original, &reason);
    }
    Verdict { kind, outcome: Outcome::Rejected(reason), remarks: Vec::new(), patient: None }
}

/// The patients whose charts changed, each once.
fn changed(verdicts: &[Verdict]) -> BTreeSet<PatientId> {
    let applied = verdicts.iter().filter(|one| one.outcome == Outcome::Applied);
    applied.filter_map(|one| one.patient).collect()
}

/// One event for each patient whose chart changed, or one for all when none did.
fn events(context: &Context, verdicts: &[Verdict]) -> Events {
    let mut patients: BTreeMap<PatientId, BTreeMap<&str, u32>> = BTreeMap::new();
    for verdict in verdicts {
        if let Some(patient) = verdict.patient {
            *patients.entry(patient).or_default().entry(&verdict.kind).or_default() += 1;
        }
    }
    let mut all: Vec<Event> = patients
        .into_iter()
        .map(|(patient, kinds)| context.event("record-receive").patient(patient).detail(json!(kinds)))
        .collect();
    let mut outcomes: BTreeMap<&str, u32> = BTreeMap::new();
    for verdict in verdicts {
        *outcomes.entry(verdict.outcome.key()).or_default() += 1;
    }
    let first = all.pop().unwrap_or_else(|| context.event("record-receive").detail(json!(outcomes)));
    Events::new(first, all)
}
