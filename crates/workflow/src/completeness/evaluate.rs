//! Applying the rules to what is stored: one patient after an event, everybody after a change of policy.

use std::collections::{HashMap, HashSet};

use alerts::Alert;
use chart::directory::Named;
use chart::encounter::{Encounter, Stay};
use chart::id::{EncounterId, JobId, PartyId, PatientId};
use chart::intake::SourceKey;
use chart::machine::{Actor, Stamp};
use chart::patient::Patient;
use chart::record::Record;
use chart::signature::{Meaning, Signature};
use completeness::{Finding, OpenQuery, Own, OwnSignature, Policy, Standing};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::analyses::{Analysis, Details, State};
use store::deficiencies::Filed;
use store::jobs::{self, Job};
use store::{Reader, Store, Tx};

use super::apply::{Given, by_encounter, changes, tally};
use super::policy;
use super::raise::People;
use crate::accuracy::Found;
use crate::clarifying::gaps;
use crate::{Context, Error, Result};

/// The job that evaluates one patient's encounters.
pub(crate) const EVALUATE: &str = "evaluate-record";
/// The job that evaluates everybody, a part at a time.
pub(crate) const EVALUATE_ALL: &str = "evaluate-all";
/// Patients evaluated in one transaction.
const AT_ONCE: u32 = 100;

/// Asks for a patient's encounters to be evaluated, in the transaction that changed the chart. A patient who waits
/// already is not asked for again: an import changes a chart many times.
pub(crate) async fn ask(tx: &mut Tx, context: &mut Context, patient: PatientId) -> Result<()> {
    let (id, payload) = (context.id(JobId::from_bits), json!({ "patient": patient }));
    Ok(jobs::enqueue_once(tx, id, EVALUATE, &payload, context.at).await?)
}

/// What is looked at when everybody is evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extent {
    /// Which forms, elements and signatures are owed: all that a change of policy can alter.
    Owed,
    /// Also whether the pages agree with one another, and what they show that nobody has named.
    Everything,
}

/// A part of the evaluation of everybody: what is looked at, from the patient after `after` on.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Part {
    extent: Extent,
    after: Option<PatientId>,
}

/// Asks for everybody to be evaluated.
pub(super) async fn ask_all(tx: &mut Tx, context: &mut Context, extent: Extent) -> Result<()> {
    ask_part(tx, context, Part { extent, after: None }).await
}

async fn ask_part(tx: &mut Tx, context: &mut Context, part: Part) -> Result<()> {
    let (id, payload) = (context.id(JobId::from_bits), json!(part));
    Ok(jobs::enqueue(tx, id, EVALUATE_ALL, &payload, context.at, context.at).await?)
}

/// Does one of the two jobs.
pub(crate) async fn from_job(store: &Store, context: &mut Context, job: &Job, zone: &TimeZone) -> Result<()> {
    let unreadable = |_| Error::refused(format!("job {} names no patient", job.id));
    let mut tx = store.begin().await?;
    if job.kind == EVALUATE_ALL {
        let now: Part = serde_json::from_value(job.payload.clone()).map_err(unreadable)?;
        let last = part(&mut tx, context, now, zone).await?;
        if last.is_some() {
            ask_part(&mut tx, context, Part { after: last, ..now }).await?;
        }
        jobs::done(&mut tx, job).await?;
        tx.commit(context.event("records-evaluate").object("job", job.id)).await?;
        return Ok(());
    }
    let patient: PatientId = serde_json::from_value(job.payload["patient"].clone()).map_err(unreadable)?;
    if let Some(patient) = store::patients::by_id(&mut tx, patient).await? {
        several(&mut tx, context, vec![patient], Extent::Everything, zone).await?;
    }
    jobs::done(&mut tx, job).await?;
    tx.commit(context.event("record-evaluate").patient(patient).object("job", job.id)).await?;
    Ok(())
}

/// Evaluates a patient's encounters now.
///
/// # Errors
/// When there is no such patient, or the store fails.
pub async fn evaluate_patient(
    store: &Store,
    context: &mut Context,
    id: PatientId,
    zone: &TimeZone,
) -> Result<()> {
    let mut tx = store.begin().await?;
    let patient = store::patients::get(&mut tx, id).await?;
    several(&mut tx, context, vec![patient], Extent::Everything, zone).await?;
    tx.commit(context.event("record-evaluate").patient(id)).await?;
    Ok(())
}

/// Evaluates everybody now, a hundred patients in a transaction; gives how many encounters were evaluated.
///
/// # Errors
/// When the store fails; what was evaluated before stays so.
pub async fn evaluate_all(
    store: &Store,
    context: &mut Context,
    extent: Extent,
    zone: &TimeZone,
) -> Result<i64> {
    let mut after = None;
    loop {
        let mut tx = store.begin().await?;
        let last = part(&mut tx, context, Part { extent, after }, zone).await?;
        tx.commit(context.event("records-evaluate")).await?;
        if last.is_none() {
            break;
        }
        after = last;
    }
    let mut view = store.view().await?;
    let count = store::analyses::count(&mut view, &store::analyses::Filter::default()).await?;
    view.close().await?;
    Ok(count)
}

/// Evaluates the next patients; gives the last of them, or nothing when there were none.
async fn part(
    tx: &mut Tx,
    context: &mut Context,
    Part { extent, after }: Part,
    zone: &TimeZone,
) -> Result<Option<PatientId>> {
    let patients = store::patients::all(tx, after, AT_ONCE).await?;
    let last = patients.last().map(|patient| patient.id);
    several(tx, context, patients, extent, zone).await?;
    Ok(last)
}

async fn several(
    tx: &mut Tx,
    context: &mut Context,
    patients: Vec<Patient>,
    extent: Extent,
    zone: &TimeZone,
) -> Result<()> {
    if patients.is_empty() {
        return Ok(());
    }
    let ids: Vec<PatientId> = patients.iter().map(|patient| patient.id).collect();
    let day = context.at.to_zoned(zone.clone()).date();
    let (policy, version) = policy::in_force(tx, day).await?;
    let records = store::records::of_patients(tx, patients).await?;
    if extent == Extent::Everything {
        let (findings, alerts) = read_pages(&records, context.at, zone);
        crate::accuracy::of_records(tx, context, &records, findings).await?;
        gaps::of_records(tx, context, &records, alerts).await?;
    }
    let mut kept = by_encounter(store::deficiencies::of_patients(tx, &ids).await?);
    let analyses = store::analyses::of_patients(tx, &ids).await?;
    let mut analyses = analyses.into_iter().map(|one| (one.encounter, one)).collect::<HashMap<_, _>>();
    let unanswered = crate::clarifying::unanswered(tx, &ids).await?;
    let people = people(tx, &records, &unanswered).await?;
    let own = own(store::signatures::of_patients(tx, &ids).await?, unanswered);
    let mut desk =
        Desk { context, policy: &policy, version, people: &people, own: &own, zone, out: Out::default() };
    for record in &records {
        for encounter in &record.encounters {
            let before = kept.remove(&encounter.id).unwrap_or_default();
            desk.encounter(record, encounter, before, analyses.remove(&encounter.id))?;
        }
    }
    desk.out.write(tx, desk.context).await
}

/// What accuracy and alerts find in these records. The two read every page with their own words and know nothing of
/// each other: they read at the same time.
fn read_pages(records: &[Record], at: Timestamp, zone: &TimeZone) -> (Vec<Found>, Vec<Vec<Vec<Alert>>>) {
    std::thread::scope(|scope| {
        let findings = scope.spawn(|| {
            records.iter().map(|record| crate::accuracy::found(record, at, zone)).collect::<Vec<_>>()
        });
        let alerts = records.iter().map(|record| gaps::found(record, zone)).collect();
        let findings = findings.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (findings, alerts)
    })
}

/// People named in the records and in queries about them, by their keys, with their entries in the directory.
async fn people(
    reader: &mut Reader,
    records: &[Record],
    unanswered: &[(PatientId, OpenQuery)],
) -> Result<People> {
    let mut keys: HashSet<SourceKey> =
        unanswered.iter().filter_map(|(_, query)| query.to.key.clone()).collect();
    for record in records {
        let attending = record.encounters.iter().flat_map(|one| &one.visit.attendance).map(|one| &one.who);
        let authors = record.documents.iter().flat_map(|one| &one.content.authors);
        keys.extend(attending.chain(authors).filter_map(|named| named.key.clone()));
        for entry in &record.entries {
            match &entry.content {
                chart::entry::EntryContent::Order(one) => {
                    keys.extend(one.by.iter().filter_map(|named| named.key.clone()));
                }
                chart::entry::EntryContent::Procedure(one) => {
                    keys.extend(one.by.iter().filter_map(|named| named.key.clone()));
                }
                _ => {}
            }
        }
    }
    let keys: Vec<SourceKey> = keys.into_iter().collect();
    let targets = store::keys::find_all(reader, &keys).await?;
    Ok(targets.into_iter().filter_map(|(key, to)| Some((key, to.id.parse::<PartyId>().ok()?))).collect())
}

/// What was signed here and what was asked here without an answer, by patient.
fn own(
    signatures: Vec<(PatientId, Signature)>,
    unanswered: Vec<(PatientId, OpenQuery)>,
) -> HashMap<PatientId, Own> {
    let mut own: HashMap<PatientId, Own> = HashMap::new();
    for (patient, one) in signatures {
        // An author's attestation authenticates for the author: to the engine it is the author's signature.
        let meaning = if one.meaning.is_for_author() { Meaning::Author.key() } else { one.meaning.key() };
        let signer = Named { name: one.signer.name, key: None };
        let signature =
            OwnSignature { document: one.document, signer, meaning: meaning.to_owned(), at: one.at };
        own.entry(patient).or_default().signatures.push(signature);
    }
    for (patient, query) in unanswered {
        own.entry(patient).or_default().queries.push(query);
    }
    own
}

/// The rows to be written.
#[derive(Default)]
struct Out {
    new: Vec<Filed>,
    moved: Vec<(Filed, i64)>,
    analyses: Vec<Analysis>,
}

impl Out {
    async fn write(self, tx: &mut Tx, context: &Context) -> Result<()> {
        store::deficiencies::insert_all(tx, &self.new, context.at).await?;
        for (filed, read) in &self.moved {
            store::deficiencies::update(tx, filed, *read, context.at).await?;
        }
        store::analyses::put(tx, &self.analyses).await?;
        Ok(())
    }
}

/// The evaluation of some records at one instant.
struct Desk<'a> {
    context: &'a mut Context,
    policy: &'a Policy,
    version: i64,
    people: &'a People,
    own: &'a HashMap<PatientId, Own>,
    zone: &'a TimeZone,
    out: Out,
}

impl Desk<'_> {
    fn encounter(
        &mut self,
        record: &Record,
        encounter: &Encounter,
        kept: Vec<Filed>,
        before: Option<Analysis>,
    ) -> Result<()> {
        let nothing = Own::default();
        let own = self.own.get(&record.patient.id).unwrap_or(&nothing);
        let now = self.context.at;
        let findings = completeness::evaluate(record, encounter.id, own, self.policy, now, self.zone);
        let edition = format!("policy {}", self.version);
        let policy = self.policy;
        let stamp = Stamp { by: Actor::program("completeness"), at: self.context.at };
        let ids: Vec<Filed> = kept.clone();
        let given = Given {
            encounter,
            findings: &findings,
            kept,
            people: self.people,
            edition: &edition,
            has_rule: &|key| policy.has_rule(key),
            stamp,
            zone: self.zone,
        };
        let changed = changes(self.context, given)?;
        let moved =
            |one: &&Filed| !changed.moved.iter().any(|(filed, _)| filed.deficiency.id == one.deficiency.id);
        let all =
            ids.iter().filter(moved).chain(&changed.new).chain(changed.moved.iter().map(|(filed, _)| filed));
        let counts = tally(all.map(|filed| &filed.deficiency));
        self.out.analyses.push(self.analysis(encounter, &findings, counts, before));
        self.out.new.extend(changed.new);
        self.out.moved.extend(changed.moved);
        Ok(())
    }

    fn analysis(
        &self,
        encounter: &Encounter,
        findings: &[Finding],
        (owed, predicted, due): (i64, i64, Option<Timestamp>),
        before: Option<Analysis>,
    ) -> Analysis {
        let late = findings.iter().filter(|one| one.standing == Standing::Late);
        let late = late.filter_map(|one| serde_json::to_value(one).ok()).collect();
        let state = state(encounter, before.as_ref().map(|one| one.state), owed);
        let analysed = before.and_then(|one| one.details.analysed);
        Analysis {
            encounter: encounter.id,
            version: 1,
            patient: encounter.patient,
            setting: encounter.visit.setting,
            state,
            discharged: encounter.visit.stay.until(),
            due,
            owed,
            predicted,
            evaluated: self.context.at,
            details: Details { policy: self.version, late, analysed },
        }
    }
}

/// How far the analysis has come after an evaluation: what an analyst said stays, until all that was owed has come.
fn state(encounter: &Encounter, before: Option<State>, owed: i64) -> State {
    match (encounter.visit.stay, before) {
        (Stay::Planned { .. } | Stay::Open { .. }, _) => State::Here,
        (Stay::Cancelled { .. }, _) => State::Complete,
        (Stay::Closed { .. }, Some(State::Analysed | State::Again)) if owed == 0 => State::Again,
        (Stay::Closed { .. }, Some(State::Analysed | State::Again | State::Complete)) if owed > 0 => {
            State::Analysed
        }
        (Stay::Closed { .. }, Some(State::Complete)) => State::Complete,
        (Stay::Closed { .. }, _) => State::Waiting,
    }
}

/// The encounters of a patient that have been evaluated, for those who show them.
pub(super) async fn analysed(
    reader: &mut Reader,
    patient: PatientId,
) -> Result<HashMap<EncounterId, Analysis>> {
    let all = store::analyses::of_patients(reader, &[patient]).await?;
    Ok(all.into_iter().map(|one| (one.encounter, one)).collect())
}
