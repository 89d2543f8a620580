//! Finding, registering, correcting and restricting patients.

use chart::access::Permission;
use chart::correction::Correction;
use chart::difference::differences;
use chart::id::PatientId;
use chart::intake::{KeyKind, SourceKey};
use chart::patient::{Demographics, Identifier, Patient, Restriction, RestrictionKind, Standing};
use serde_json::json;
use store::patients::Query;
use store::{Page, Store};

use crate::matching::{self, Likeness};
use crate::{Context, Error, Result, gate, history};

/// The assigning authority of record numbers given here.
pub const OWN: &str = "chartroom";

const NO_FAMILY_NAME: &str = "a family name is needed; for somebody who cannot be identified write UNKNOWN";

/// Patients found, and how many there are in all.
#[derive(Debug, Clone)]
pub struct Found {
    /// The page asked for, by name as filed.
    pub patients: Vec<Patient>,
    /// How many there are.
    pub count: i64,
}

/// Finds patients: who they are, not what is in their charts. Restricted ones are among them: the page masks them.
pub async fn search(store: &Store, context: &Context, query: &Query, page: Page) -> Result<Found> {
    context.must(Permission::PatientSearch)?;
    let mut view = store.view().await?;
    let patients = store::patients::search(&mut view, query, page).await?;
    let count = store::patients::count(&mut view, query).await?;
    let event = context.event("patient-search").detail(json!({
        "found": count,
        "shown": patients.iter().map(|one| one.id).collect::<Vec<_>>(),
    }));
    view.finish(event).await?;
    Ok(Found { patients, count })
}

/// Who may be this person already, and who else has the telephone number: to be looked at before anybody new is
/// registered.
pub async fn alike(store: &Store, context: &Context, demographics: &Demographics) -> Result<Vec<Likeness>> {
    context.must(Permission::PatientSearch)?;
    let mut view = store.view().await?;
    let mut found = matching::alike(&mut view, demographics, None).await?;
    for other in matching::with_telephone(&mut view, demographics).await? {
        if !found.iter().any(|one| one.patient.id == other.patient.id) {
            found.push(other);
        }
    }
    let shown: Vec<PatientId> = found.iter().map(|one| one.patient.id).collect();
    view.finish(context.event("patient-search").detail(json!({ "shown": shown }))).await?;
    Ok(found)
}

/// Registers somebody new. `seen` are the likely matches the registrar was shown and found to be others.
///
/// # Errors
/// [`Error::Refused`] without a name, or when there is a likely match that was not shown.
pub async fn register(
    store: &Store,
    context: &mut Context,
    mut demographics: Demographics,
    seen: &[PatientId],
) -> Result<Patient> {
    context.must(Permission::PatientRegister)?;
    if demographics.names.iter().all(|name| name.family.trim().is_empty()) {
        return Err(Error::refused(NO_FAMILY_NAME));
    }
    let mut tx = store.begin().await?;
    let alike = matching::alike(&mut tx, &demographics, None).await?;
    if let Some(other) = alike.iter().find(|one| !seen.contains(&one.patient.id)) {
        let name = other.patient.demographics.filed_name();
        return Err(Error::refused(format!(
            "{name} is registered and may be the same person: look before you register"
        )));
    }
    let id = context.id(PatientId::from_bits);
    if !demographics.identifiers.iter().any(|one| one.kind == "MR") {
        let number = Identifier { system: OWN.into(), value: record_number(id), kind: "MR".into() };
        demographics.identifiers.insert(0, number);
    }
    let patient = Patient { id, version: 1, demographics, standing: Standing::Active, restriction: None };
    store::patients::insert(&mut tx, &patient, context.at).await?;
    matching::index(&mut tx, context, &patient).await?;
    let key = SourceKey::new(OWN, KeyKind::Patient, record_number(id));
    let target = store::keys::Target { id: id.to_string(), original: None };
    store::keys::set(&mut tx, &[(key, target)], context.at).await?;
    let others: Vec<PatientId> = seen.to_vec();
    tx.commit(context.event("patient-register").patient(id).detail(json!({ "seen": others }))).await?;
    Ok(patient)
}

/// A record number of our own: the identifier's time and the end of its chance, ten characters to read out.
fn record_number(id: PatientId) -> String {
    let text = id.to_string();
    format!("CR-{}{}", &text[4..10], &text[22..])
}

/// Corrects who a patient is; `version` is the one the form was filled from. Duplicates are looked for anew.
///
/// # Errors
/// [`Error::Refused`] without a reason, when nothing differs, or when the chart would have no family name or record
/// number; [`store::Error::Conflict`] when somebody changed the patient since.
pub async fn correct(
    store: &Store,
    context: &mut Context,
    (id, version): (PatientId, i64),
    correction: &Correction,
    reason: &str,
) -> Result<Patient> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::refused(
            "say how you know, such as `driving licence seen`: it stays with the change",
        ));
    }
    let mut tx = store.begin().await?;
    let mut patient = gate::open(&mut tx, context, id, Permission::PatientRegister).await?;
    let before = std::mem::take(&mut patient.demographics);
    patient.version = version;
    patient.demographics = correction.apply(&before);
    let fields = changed(&before, &patient.demographics)?;
    patient.version = store::patients::update(&mut tx, &patient, context.at).await?;
    matching::index(&mut tx, context, &patient).await?;
    let event = context.event(history::CORRECTED).patient(patient.id).reason(reason);
    tx.commit(event.detail(json!({ "version": patient.version, "fields": fields }))).await?;
    Ok(patient)
}

/// The fields a correction changes, if a chart can be found after it.
fn changed(before: &Demographics, after: &Demographics) -> Result<Vec<&'static str>> {
    let is_record_number = |one: &Identifier| one.kind == "MR";
    if after.names.first().is_none_or(|name| name.family.trim().is_empty()) {
        return Err(Error::refused(NO_FAMILY_NAME));
    }
    if before.identifiers.iter().any(is_record_number) && !after.identifiers.iter().any(is_record_number) {
        return Err(Error::refused("a chart needs a record number: correct it, but do not leave it empty"));
    }
    let fields: Vec<&str> = differences(before, after).iter().map(|one| one.field).collect();
    if fields.is_empty() { Err(Error::refused("nothing differs from what is known")) } else { Ok(fields) }
}

/// Restricts a chart, or lifts the restriction.
pub async fn restrict(
    store: &Store,
    context: &Context,
    id: PatientId,
    kind: Option<RestrictionKind>,
    reason: &str,
) -> Result<Patient> {
    context.must(Permission::ChartRestrict)?;
    let Some(by) = context.user() else { return Err(Error::refused("only a person restricts a chart")) };
    if reason.trim().is_empty() {
        return Err(Error::refused("say why: the reason stays with the change"));
    }
    let mut tx = store.begin().await?;
    let mut patient = gate::surviving(&mut tx, id).await?;
    patient.restriction = kind.map(|kind| Restriction { kind, by, at: context.at });
    patient.version = store::patients::update(&mut tx, &patient, context.at).await?;
    let event =
        context.event("chart-restrict").patient(patient.id).reason(reason).detail(json!({ "kind": kind }));
    tx.commit(event).await?;
    Ok(patient)
}
