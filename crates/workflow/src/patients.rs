//! Finding, registering, correcting and restricting patients.

use chart::access::Permission;
use chart::id::PatientId;
use chart::intake::{KeyKind, SourceKey};
use chart::patient::{Demographics, Identifier, Patient, Restriction, RestrictionKind, Standing};
use serde_json::json;
use store::patients::Query;
use store::{Page, Store};

use crate::matching::{self, Likeness};
use crate::{Context, Error, Result, gate};

/// The assigning authority of record numbers given here.
pub const OWN: &str = "chartroom";

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

/// Who may be this person already: to be looked at before anybody new is registered.
pub async fn alike(store: &Store, context: &Context, demographics: &Demographics) -> Result<Vec<Likeness>> {
    context.must(Permission::PatientSearch)?;
    let mut view = store.view().await?;
    let found = matching::alike(&mut view, demographics, None).await?;
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
        return Err(Error::refused(
            "a family name is needed; for somebody who cannot be identified write UNKNOWN",
        ));
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

/// Corrects who a patient is; `version` is the one the form was filled from.
pub async fn correct(
    store: &Store,
    context: &mut Context,
    (id, version): (PatientId, i64),
    demographics: Demographics,
) -> Result<Patient> {
    let mut tx = store.begin().await?;
    let mut patient = gate::open(&mut tx, context, id, Permission::PatientRegister).await?;
    patient.version = version;
    patient.demographics = demographics;
    patient.version = store::patients::update(&mut tx, &patient, context.at).await?;
    matching::index(&mut tx, context, &patient).await?;
    tx.commit(context.event("patient-correct").patient(id).detail(json!({ "version": patient.version })))
        .await?;
    Ok(patient)
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
