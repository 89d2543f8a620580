//! One resource read: which type it is, and what the record makes of it.

mod allergy;
mod attachment;
mod composition;
mod condition;
mod coverage;
mod datatype;
mod diagnostic_report;
mod document;
mod document_reference;
mod encounter;
mod immunization;
mod known;
mod medication;
mod narrative;
mod observation;
mod order;
mod party;
mod patient;
mod procedure;
mod range;
mod reading;
mod reference;
mod value;
mod when;

use chart::entry::EntryContent;
use chart::intake::{Arrival, Change, Channel, Original, Refusal, SourceKey};

pub use known::Known;
pub(super) use range::shown as range_shown;
use reading::Reading;
pub(super) use reading::not_json;
pub(super) use reference::own_key;
pub(super) use when::when;

use super::{MEDIA_TYPE, Source};

/// The resource types that have a place in the chart, in the order in which those of a folder are to be applied: what
/// others refer to comes first. Types that are not named come last, in any order.
#[must_use]
pub const fn kinds() -> &'static [&'static str] {
    &[
        "Organization",
        "Location",
        "Practitioner",
        "PractitionerRole",
        "Medication",
        "Specimen",
        "Patient",
        "Coverage",
        "Encounter",
        "Condition",
        "AllergyIntolerance",
        "ServiceRequest",
        "MedicationRequest",
        "Procedure",
        "Immunization",
        "Observation",
        "DiagnosticReport",
        "DocumentReference",
        "Composition",
    ]
}

/// Reads one resource by itself.
///
/// # Errors
/// When it is no resource, or cannot be filed because it names no patient.
pub fn read_resource(bytes: &[u8], source: &Source) -> Result<Arrival, Refusal> {
    read_resource_knowing(bytes, source, &Known::default())
}

/// Reads one resource of a batch, with what others of it say.
///
/// # Errors
/// As [`read_resource`].
pub fn read_resource_knowing(bytes: &[u8], source: &Source, known: &Known) -> Result<Arrival, Refusal> {
    let reading = Reading::open(bytes, source, known)?;
    let changes = changes(&reading)?;
    let kind = reading.resource_type.clone();
    let (remarks, attachments) = reading.close();
    let original = Original { media_type: MEDIA_TYPE.into(), bytes: bytes.to_vec() };
    Ok(Arrival { channel: Channel::Fhir, kind, original, changes, attachments, remarks })
}

/// What a resource does to the record.
fn changes(reading: &Reading<'_>) -> Result<Vec<Change>, Refusal> {
    if is_withdrawn(reading) {
        return Ok(vec![Change::Withdraw { key: reading.key.clone() }]);
    }
    let entry = |content| entry(reading, content).map(|change| vec![change]);
    match reading.resource_type.as_str() {
        "Patient" => Ok(patient::changes(reading)),
        "Encounter" => encounter::change(reading).map(|change| vec![change]),
        "Condition" => entry(EntryContent::Diagnosis(condition::diagnosis(reading))),
        "Procedure" => entry(EntryContent::Procedure(procedure::procedure(reading))),
        "Observation" => entry(EntryContent::Result(observation::finding(reading))),
        "DiagnosticReport" => entry(EntryContent::Report(diagnostic_report::report(reading))),
        "ServiceRequest" => entry(EntryContent::Order(order::order(reading))),
        "MedicationRequest" => entry(EntryContent::Medication(medication::medication(reading))),
        "AllergyIntolerance" => entry(EntryContent::Allergy(allergy::allergy(reading))),
        "Immunization" => entry(EntryContent::Immunization(immunization::immunization(reading))),
        "Coverage" => entry(EntryContent::Coverage(coverage::coverage(reading))),
        "Composition" => composition::change(reading).map(|change| vec![change]),
        "DocumentReference" => document_reference::change(reading).map(|change| vec![change]),
        "Practitioner" => Ok(vec![party::practitioner(reading)]),
        "Organization" => Ok(vec![party::organization(reading)]),
        "Location" => Ok(vec![party::location(reading)]),
        other => Ok(vec![keep(reading, other)]),
    }
}

/// The sender's key of a resource, as it will be filed.
pub(super) fn key_of(bytes: &[u8], source: &Source) -> Result<SourceKey, Refusal> {
    Reading::open(bytes, source, &Known::default()).map(|reading| reading.key)
}

/// Whether the sender takes the resource back.
fn is_withdrawn(reading: &Reading<'_>) -> bool {
    let status = reading.text("status");
    status == "entered-in-error" || reading.word("verificationStatus") == "entered-in-error"
}

/// An entry of the chart.
fn entry(reading: &Reading<'_>, content: EntryContent) -> Result<Change, Refusal> {
    Ok(Change::Entry {
        key: reading.key.clone(),
        patient: reading.required_patient()?,
        encounter: reading.encounter(),
        content: Box::new(content),
    })
}

/// A resource that is only kept.
fn keep(reading: &Reading<'_>, resource_type: &str) -> Change {
    Change::Keep {
        key: reading.key.clone(),
        patient: reading.patient(),
        reason: format!("the chart has no place yet for resources of type {resource_type}"),
    }
}
