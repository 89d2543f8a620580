//! An order as `ServiceRequest`.

use chart::entry::Order;

use super::Refs;
use super::datatype::{concept, concepts, extension, identifier, named, note, when};
use super::entry::About;
use super::report::category;
use crate::fhir::json::Object;
use crate::fhir::{own, table};

/// The order; who took it down and when it was authenticated are extensions.
pub(super) fn service_request(start: Object, one: &Order, about: About, refs: &dyn Refs) -> Object {
    let extensions = [
        one.verbal_to.as_ref().map(|by| extension(own::VERBAL_TO, "valueReference", named(by, refs))),
        one.authenticated.map(|at| extension(own::AUTHENTICATED, "valueDateTime", when(at))),
    ];
    start
        .list("extension", extensions.into_iter().flatten())
        .list("identifier", one.identifiers.iter().map(identifier))
        .with("status", about.status("ServiceRequest.status", &one.status))
        .with("intent", "order")
        .list("category", [category(&one.category)])
        .with("priority", table::bound("ServiceRequest.priority", &one.priority))
        .with("code", concept(&one.what))
        .with("subject", about.patient)
        .with("encounter", about.encounter)
        .maybe("occurrenceDateTime", one.due.map(when))
        .maybe("authoredOn", one.ordered.map(when))
        .maybe("requester", one.by.as_ref().map(|by| named(by, refs)))
        .list("reasonCode", concepts(&one.reasons))
        .list("note", note(&one.note))
}
