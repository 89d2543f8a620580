//! An entry of the chart as the resource of its kind.

use chart::entry::{Entry, EntryContent};

use super::datatype::reference;
use super::{Refs, charge, coverage, diagnosis, finding, medication, order, procedure, report, resource};
use crate::fhir::json::{Json, Object};
use crate::fhir::table;

/// The entry as a Condition, Procedure, Observation, DiagnosticReport, ServiceRequest, MedicationRequest,
/// AllergyIntolerance, Immunization, Coverage or ChargeItem.
#[must_use]
pub fn entry(entry: &Entry, refs: &dyn Refs) -> Json {
    let id = entry.id.to_string();
    let start = resource(resource_type(&entry.content), &id, entry.version, Some(&entry.origin));
    let about = About {
        patient: reference(format!("Patient/{}", entry.patient)),
        encounter: entry.encounter.map(|id| reference(format!("Encounter/{id}"))).unwrap_or_default(),
        in_error: entry.in_error,
    };
    let written = match &entry.content {
        EntryContent::Diagnosis(one) => diagnosis::condition(start, one, about, refs),
        EntryContent::Allergy(one) => diagnosis::allergy(start, one, about, refs),
        EntryContent::Procedure(one) => procedure::procedure(start, one, about, refs),
        EntryContent::Immunization(one) => procedure::immunization(start, one, about, refs),
        EntryContent::Result(one) => finding::observation(start, one, about, refs),
        EntryContent::Report(one) => report::diagnostic_report(start, one, about, refs),
        EntryContent::Order(one) => order::service_request(start, one, about, refs),
        EntryContent::Medication(one) => medication::medication_request(start, one, about, refs),
        EntryContent::Coverage(one) => coverage::coverage(start, one, about, refs),
        EntryContent::Charge(one) => charge::charge_item(start, one, about, refs),
    };
    written.into()
}

/// The type of resource that an entry is written as.
#[must_use]
pub const fn resource_type(content: &EntryContent) -> &'static str {
    match content {
        EntryContent::Diagnosis(_) => "Condition",
        EntryContent::Procedure(_) => "Procedure",
        EntryContent::Result(_) => "Observation",
        EntryContent::Report(_) => "DiagnosticReport",
        EntryContent::Order(_) => "ServiceRequest",
        EntryContent::Medication(_) => "MedicationRequest",
        EntryContent::Allergy(_) => "AllergyIntolerance",
        EntryContent::Immunization(_) => "Immunization",
        EntryContent::Coverage(_) => "Coverage",
        EntryContent::Charge(_) => "ChargeItem",
    }
}

/// Whose the entry is, where, and whether it is withdrawn.
pub(super) struct About {
    /// The patient.
    pub(super) patient: Object,
    /// The encounter, empty when there is none.
    pub(super) encounter: Object,
    in_error: bool,
}

impl About {
    /// The code for `element` (`Observation.status`): as sent where R4 takes it, unless the entry is withdrawn.
    pub(super) fn status<'s>(&self, element: &str, sent: &'s str) -> &'s str {
        if self.in_error { "entered-in-error" } else { table::bound(element, sent) }
    }

    /// The code of a verification status: as sent, unless the entry is withdrawn.
    pub(super) const fn verification<'s>(&self, sent: &'s str) -> &'s str {
        if self.in_error { "entered-in-error" } else { sent }
    }
}
