//! An intervention as `Procedure`, a vaccine as `Immunization`.

use chart::entry::{Immunization, Procedure};

use super::Refs;
use super::datatype::{concept, concepts, extension, named, note, period, quantity, required, when};
use super::entry::About;
use crate::fhir::json::Object;
use crate::fhir::own;

/// The procedure.
pub(super) fn procedure(start: Object, one: &Procedure, about: About, refs: &dyn Refs) -> Object {
    let anesthesia = one.anesthesia.as_ref().map(concept).unwrap_or_default();
    let extensions = [
        one.rank.map(|rank| extension(own::RANK, "valuePositiveInt", rank)),
        Some(extension(own::ANESTHESIA, "valueCodeableConcept", anesthesia)),
    ];
    let resource = start
        .list("extension", extensions.into_iter().flatten())
        .with("status", about.status("Procedure.status", &one.status))
        .with("code", concept(&one.what))
        .with("subject", about.patient)
        .with("encounter", about.encounter);
    performed(resource, one)
        .list("performer", one.by.iter().map(|by| Object::new().with("actor", named(by, refs))))
        .list("reasonCode", concepts(&one.reasons))
        .list("bodySite", concepts(&one.sites))
        .maybe("outcome", one.outcome.as_ref().map(concept))
        .list("note", note(&one.note))
}

fn performed(resource: Object, one: &Procedure) -> Object {
    match (one.start, one.end) {
        (start, None) => resource.maybe("performedDateTime", start.map(when)),
        (start, end) => resource.with("performedPeriod", period(start, end)),
    }
}

/// The vaccine. R4 demands a date: one that is not known is said to be so.
pub(super) fn immunization(start: Object, one: &Immunization, about: About, refs: &dyn Refs) -> Object {
    let resource = start
        .with("status", about.status("Immunization.status", &one.status))
        .maybe("statusReason", one.not_done_reason.as_ref().map(concept))
        .with("vaccineCode", required(concept(&one.what)))
        .with("patient", about.patient)
        .with("encounter", about.encounter);
    let resource = match one.at {
        Some(at) => resource.with("occurrenceDateTime", when(at)),
        None => resource.with("occurrenceString", "not known"),
    };
    resource
        .with("lotNumber", &one.lot)
        .maybe("site", one.site.as_ref().map(concept))
        .maybe("route", one.route.as_ref().map(concept))
        .maybe("doseQuantity", quantity(&one.dose))
        .list("performer", one.by.as_ref().map(|by| Object::new().with("actor", named(by, refs))))
        .list("note", note(&one.note))
}
