//! What does not agree in records: checked after a change, kept, and put right or overridden with a reason.

use std::collections::{BTreeMap, HashSet};

use accuracy::Finding;
use chart::access::Permission;
use chart::id::{EncounterId, FindingId, PatientId};
use chart::patient::Patient;
use chart::record::Record;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use store::department::findings::{self, Decision, Details, Kept, State};
use store::{Store, Tx};

use crate::{Context, Error, Result, gate};

/// Days until a finding should have been looked at; our own default, as no rule sets one.
const LOOK_WITHIN: SignedDuration = SignedDuration::from_hours(72);
/// A reason of fewer letters says nothing.
const SHORTEST_REASON: usize = 8;

/// What the rules find in a record, by identity, with the stay it was found in.
pub(crate) type Found = BTreeMap<String, (Option<EncounterId>, Finding)>;

/// Stores what has changed in these records, given what was found in each, within the transaction that evaluates them.
///
/// # Errors
/// When the store fails.
pub(crate) async fn of_records(
    tx: &mut Tx,
    context: &mut Context,
    records: &[Record],
    all: Vec<Found>,
) -> Result<()> {
    let patients: Vec<PatientId> = records.iter().map(|record| record.patient.id).collect();
    let mut before = findings::of_patients(tx, &patients).await?;
    let mut new = Vec::new();
    for (record, found) in records.iter().zip(all) {
        let before = before.remove(&record.patient.id).unwrap_or_default();
        let known: HashSet<&str> = before.iter().map(|one| one.details.finding.identity.as_str()).collect();
        for (encounter, finding) in found.values().filter(|(_, one)| !known.contains(one.identity.as_str())) {
            new.push(kept(context, record.patient.id, *encounter, finding));
        }
        // A merge brings together what was found in both charts; it stands once from now on.
        let mut once = HashSet::new();
        for one in before {
            let identity = one.details.finding.identity.clone();
            let is_found = found.contains_key(&identity) && once.insert(identity);
            if let Some(changed) = again(one, is_found) {
                findings::update(tx, &changed, context.at).await?;
            }
        }
    }
    findings::insert_all(tx, &new).await?;
    Ok(())
}

/// What the rules find in a record, so that nothing stands twice.
pub(crate) fn found(record: &Record, at: Timestamp, zone: &TimeZone) -> Found {
    let mut all = BTreeMap::new();
    for (stay, findings) in accuracy::check(record, at, zone) {
        for finding in findings {
            all.entry(finding.identity.clone()).or_insert((stay, finding));
        }
    }
    all
}

/// A finding as it is kept from now on.
fn kept(
    context: &mut Context,
    patient: PatientId,
    encounter: Option<EncounterId>,
    finding: &Finding,
) -> Kept {
    Kept {
        id: context.id(FindingId::from_bits),
        version: 1,
        patient,
        encounter,
        state: State::Open,
        due: context.at + LOOK_WITHIN,
        found: context.at,
        details: Details { finding: finding.clone(), decisions: Vec::new() },
    }
}

/// What becomes of a kept finding: gone when the record does not have it any more, open again when it is back.
/// What a person overrode stays overridden.
fn again(mut one: Kept, is_found: bool) -> Option<Kept> {
    one.state = match (one.state, is_found) {
        (State::Open, false) => State::Gone,
        (State::Gone, true) => State::Open,
        _ => return None,
    };
    Some(one)
}

/// The findings of a patient's record, the first due first.
#[derive(Debug, Clone)]
pub struct Findings {
    /// Who it is.
    pub patient: Patient,
    /// Open and decided ones; what is gone is not shown.
    pub all: Vec<Kept>,
}

/// What does not agree in a patient's record.
///
/// # Errors
/// [`Error::Forbidden`] and [`Error::Closed`] as for every chart.
pub async fn of_patient(store: &Store, context: &Context, id: PatientId) -> Result<Findings> {
    let mut view = store.view().await?;
    let patient = gate::open(&mut view, context, id, Permission::ChartRead).await?;
    let mut kept = findings::of_patients(&mut view, &[patient.id]).await?;
    let mut all = kept.remove(&patient.id).unwrap_or_default();
    all.retain(|one| one.state != State::Gone);
    let event = context.event("chart-read").patient(patient.id);
    view.finish(event.detail(serde_json::json!({ "part": "accuracy" }))).await?;
    Ok(Findings { patient, all })
}

/// Says what has become of a finding that was read in version `version`: put right, or overridden, with a reason.
///
/// # Errors
/// Without a reason, for a finding that is decided already, or when somebody was faster.
pub async fn decide(
    store: &Store,
    context: &Context,
    (id, version): (FindingId, i64),
    state: State,
    reason: &str,
) -> Result<PatientId> {
    context.must(Permission::QueueWork)?;
    let Some(user) = context.user() else { return Err(Error::refused("only a person decides a finding")) };
    let reason = reason.trim();
    if reason.chars().count() < SHORTEST_REASON {
        return Err(Error::refused("say in a few words what was done, or why it is to stay"));
    }
    let mut tx = store.begin().await?;
    let mut kept = findings::get(&mut tx, id).await?;
    gate::open(&mut tx, context, kept.patient, Permission::ChartRead).await?;
    if kept.state != State::Open || !matches!(state, State::Resolved | State::Overridden) {
        return Err(Error::refused("this finding is not open any more; read it again"));
    }
    let name = store::access::accounts::by_id(&mut tx, user).await?.map(|account| account.name);
    kept.version = version;
    kept.state = state;
    let name = name.unwrap_or_default();
    kept.details.decisions.push(Decision {
        state,
        by: user,
        name,
        at: context.at,
        reason: reason.to_owned(),
    });
    findings::update(&mut tx, &kept, context.at).await?;
    let event = context.event("finding-decide").patient(kept.patient).object("finding", id).reason(reason);
    tx.commit(event.detail(serde_json::json!({ "state": state }))).await?;
    Ok(kept.patient)
}
