//! A policy as `Coverage`.

use chart::directory::Named;
use chart::entry::Coverage;

use super::Refs;
use super::datatype::{code, concept, named, period};
use super::entry::About;
use crate::fhir::json::Object;

/// The policy. R4 demands a payer: one that is not known is said to be so.
pub(super) fn coverage(start: Object, one: &Coverage, about: About, refs: &dyn Refs) -> Object {
    let group = Object::new()
        .with("type", code("http://terminology.hl7.org/CodeSystem/coverage-class", "group"))
        .with("value", &one.group);
    let payer = if one.payer == Named::default() {
        Object::new().with("display", "not known")
    } else {
        named(&one.payer, refs)
    };
    start
        .with("status", about.status(&one.status, "active"))
        .with("type", concept(&one.plan))
        .with("subscriberId", &one.member)
        .with("beneficiary", about.patient)
        .maybe("relationship", one.relationship.as_ref().map(concept))
        .with("period", period(one.start, one.end))
        .list("payor", [payer])
        .list("class", (!one.group.is_empty()).then_some(group))
        .maybe("order", one.rank)
}
