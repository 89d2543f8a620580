//! The privacy officer's desk: who saw this patient, what did this person see, and whether the trail is whole.

use std::collections::BTreeMap;

use chart::access::Permission;
use chart::id::{PatientId, UserId};
use chart::patient::Patient;
use jiff::Timestamp;
use serde_json::json;
use store::access::accounts;
use store::audit::{self, Actor, Filter, Line, Outcome, Verdict};
use store::patients::Query;
use store::{Page, Reader, Store};

use crate::{Context, Error, Result};

/// Accounts offered to choose from.
const ACCOUNTS: Page = Page::first(1_000);

/// Which events are asked for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// About the patient with this record number.
    pub number: Option<String>,
    /// By this person.
    pub user: Option<UserId>,
    /// Of this kind.
    pub action: Option<String>,
    /// At or after.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
}

/// Events, with the names that belong to their identifiers.
#[derive(Debug, Clone, Default)]
pub struct Trail {
    /// The events, the newest first.
    pub lines: Vec<Line>,
    /// How many there are.
    pub count: i64,
    /// Everybody who can be asked about.
    pub users: Vec<(UserId, String)>,
    /// The patients the events are about, as far as they are still there.
    pub patients: BTreeMap<PatientId, Patient>,
}

/// The events asked for. Looking at them is an event itself.
///
/// # Errors
/// [`Error::Forbidden`] without the permission; [`Error::Refused`] when no patient has the number.
pub async fn trail(store: &Store, context: &Context, asked: &Asked, page: Page) -> Result<Trail> {
    context.must(Permission::AuditRead)?;
    let mut view = store.view().await?;
    let patients = match &asked.number {
        Some(number) => with_number(&mut view, number).await?,
        None => Vec::new(),
    };
    let filter = Filter {
        patients,
        user: asked.user,
        action: asked.action.clone(),
        from: asked.from,
        until: asked.until,
    };
    let lines = audit::lines(&mut view, &filter, page).await?;
    let count = audit::count(&mut view, &filter).await?;
    let patients = patients_of(&mut view, &lines).await?;
    let users =
        accounts::list(&mut view, ACCOUNTS).await?.into_iter().map(|one| (one.id, one.name)).collect();
    let event = context.event("audit-read").detail(json!({ "user": asked.user, "action": asked.action }));
    view.finish(filter.patients.first().map_or(event.clone(), |patient| event.patient(*patient))).await?;
    Ok(Trail { lines, count, users, patients })
}

/// What was refused to somebody who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The role worn lacks the permission.
    Permission(Permission),
    /// The chart opens only with a reason.
    Chart(PatientId),
}

/// Writes down that somebody was refused at an address. `route` is the address's pattern, without what stood in it.
///
/// # Errors
/// When the store fails.
pub async fn refused(store: &Store, context: &Context, route: &str, refusal: Refusal) -> Result<()> {
    let event = context.event("access-refused").outcome(Outcome::Denied);
    let event = match refusal {
        Refusal::Permission(permission) => event.reason(format!("the role worn lacks {permission}")),
        Refusal::Chart(patient) => event.patient(patient).reason("the chart is closed to them"),
    };
    let tx = store.begin().await?;
    tx.commit(event.detail(json!({ "route": route }))).await?;
    Ok(())
}

/// The chart with this number, and everything that was merged into it.
async fn with_number(reader: &mut Reader, number: &str) -> Result<Vec<PatientId>> {
    let query = Query { identifier: Some(number.to_owned()), with_merged: true, ..Query::default() };
    let found = store::patients::search(reader, &query, Page::first(20)).await?;
    let mut ids: Vec<PatientId> = found.iter().map(|one| one.id).collect();
    for patient in &found {
        ids.extend(store::patients::merged_into(reader, patient.id).await?.iter().map(|one| one.id));
    }
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() { Err(Error::refused("no patient has this number")) } else { Ok(ids) }
}

async fn patients_of(reader: &mut Reader, lines: &[Line]) -> Result<BTreeMap<PatientId, Patient>> {
    let mut patients = BTreeMap::new();
    for id in lines.iter().filter_map(|line| line.event.patient) {
        if !patients.contains_key(&id)
            && let Some(patient) = store::patients::by_id(reader, id).await?
        {
            patients.insert(id, patient);
        }
    }
    Ok(patients)
}

/// Goes through the whole trail and says what is wrong with it first, if anything is.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn verify(store: &Store, context: &Context) -> Result<Verdict> {
    context.must(Permission::AuditRead)?;
    let mut view = store.view().await?;
    let verdict = audit::verify(&mut view, None).await?;
    let event = context.event("audit-verify");
    view.finish(event.detail(json!({ "verified": verdict.verified, "whole": verdict.fault.is_none() })))
        .await?;
    Ok(verdict)
}

/// Who did it: the person, or the part of the program.
#[must_use]
pub fn actor_name(actor: &Actor, users: &[(UserId, String)]) -> String {
    match actor {
        Actor::User { id, .. } => {
            users.iter().find(|(one, _)| one == id).map_or_else(|| id.to_string(), |(_, name)| name.clone())
        }
        Actor::System(part) => format!("the program ({part})"),
    }
}
