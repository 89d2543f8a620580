//! A report as `DiagnosticReport`.

use chart::entry::Report;

use super::datatype::{attachment, concept, key, named, required, when};
use super::entry::About;
use super::finding::{issued, issued_day};
use super::{Refs, narrative};
use crate::fhir::json::Object;
use crate::fhir::{own, table};

/// The report; its text is the narrative.
pub(super) fn diagnostic_report(start: Object, one: &Report, about: About, refs: &dyn Refs) -> Object {
    start
        .with("text", narrative::narrative(&one.text))
        .list("extension", issued_day(one.issued))
        .list("basedOn", one.order.as_ref().map(|order| key(order, refs)))
        .with("status", about.status("DiagnosticReport.status", &one.status))
        .list("category", [category(&one.category)])
        .with("code", required(concept(&one.what)))
        .with("subject", about.patient)
        .with("encounter", about.encounter)
        .maybe("effectiveDateTime", one.at.map(when))
        .maybe("issued", issued(one.issued))
        .list("resultsInterpreter", one.by.iter().map(|by| named(by, refs)))
        .list("result", one.results.iter().map(|result| key(result, refs)))
        .with("conclusion", &one.conclusion)
        .list("presentedForm", one.attachments.iter().map(attachment))
}

/// A category: HL7's diagnostic service section where there is one for it, and our own word.
pub(super) fn category(category: &str) -> Object {
    if category.is_empty() {
        return Object::new();
    }
    let section = table::section(category).map(|code| {
        Object::new().with("system", "http://terminology.hl7.org/CodeSystem/v2-0074").with("code", code)
    });
    let own = Object::new().with("system", own::CATEGORY).with("code", category);
    Object::new().list("coding", section.into_iter().chain([own]))
}
