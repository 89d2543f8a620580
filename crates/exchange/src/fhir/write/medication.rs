//! A medication as `MedicationRequest`.

use chart::entry::{Medication, Value};

use super::Refs;
use super::datatype::{code, concept, concepts, named, note, period, quantity, required, when};
use super::entry::About;
use crate::fhir::json::Object;
use crate::fhir::table;

/// The medication with one dosage.
pub(super) fn medication_request(start: Object, one: &Medication, about: About, refs: &dyn Refs) -> Object {
    start
        .with("status", about.status("MedicationRequest.status", &one.status))
        .with("intent", table::bound("MedicationRequest.intent", &one.intent))
        .list(
            "category",
            [code("http://terminology.hl7.org/CodeSystem/medicationrequest-category", &one.category)],
        )
        .with("medicationCodeableConcept", required(concept(&one.what)))
        .with("subject", about.patient)
        .with("encounter", about.encounter)
        .maybe("authoredOn", one.ordered.map(when))
        .maybe("requester", one.by.as_ref().map(|by| named(by, refs)))
        .list("reasonCode", concepts(&one.reasons))
        .list("note", note(&one.note))
        .list("dosageInstruction", [dosage(one)])
}

/// How it is taken. A dose in words has no element and stands as an additional instruction.
fn dosage(one: &Medication) -> Object {
    let repeat = Object::new().with("boundsPeriod", period(one.start, one.end));
    let timing =
        Object::new().with("repeat", repeat).with("code", Object::new().with("text", &one.frequency));
    let dose = quantity(&one.dose).map(|dose| Object::new().with("doseQuantity", dose));
    let in_words = match (&dose, &one.dose) {
        (Some(_), _) | (None, Value::None) => String::new(),
        (None, words) => words.shown(),
    };
    Object::new()
        .with("text", &one.direction)
        .list("additionalInstruction", [Object::new().with("text", in_words)])
        .with("timing", timing)
        .maybe("route", one.route.as_ref().map(concept))
        .list("doseAndRate", dose)
}
