//! A policy as `Coverage`.

use chart::entry::Coverage;

use super::Refs;
use super::datatype::{code, concept, named, period, required};
use super::entry::About;
use crate::fhir::json::Object;

/// The policy.
pub(super) fn coverage(start: Object, one: &Coverage, about: About, refs: &dyn Refs) -> Object {
    let group = Object::new()
        .with("type", code("http://terminology.hl7.org/CodeSystem/coverage-class", "group"))
        .with("value", &one.group);
    start
        .with("status", about.status("Coverage.status", &one.status))
        .with("type", concept(&one.plan))
        .with("subscriberId", &one.member)
        .with("beneficiary", about.patient)
        .maybe("relationship", one.relationship.as_ref().map(concept))
        .with("period", period(one.start, one.end))
        .list("payor", [required(named(&one.payer, refs))])
        .list("class", (!one.group.is_empty()).then_some(group))
        .maybe("order", one.rank)
}
