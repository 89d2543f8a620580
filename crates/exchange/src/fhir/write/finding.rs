//! A result as `Observation`.

use chart::date::When;
use chart::entry::{Finding, Part, Value};

use super::Refs;
use super::datatype::{code, concept, extension, key, named, note, quantity, reference, required, when};
use super::entry::About;
use crate::fhir::json::{Json, Object};
use crate::fhir::{own, read};

/// Codes of HL7 observation-category; other categories are written in words.
const CATEGORIES: [&str; 9] = [
    "social-history",
    "vital-signs",
    "imaging",
    "laboratory",
    "procedure",
    "survey",
    "exam",
    "therapy",
    "activity",
];

/// The result. A specimen that is only words and codes is contained.
pub(super) fn observation(start: Object, one: &Finding, about: About, refs: &dyn Refs) -> Object {
    let specimen = one
        .specimen
        .as_ref()
        .map(|specimen| Object::resource("Specimen").with("id", "specimen").with("type", concept(specimen)));
    let in_specimen = specimen.as_ref().map(|_| reference("#specimen".into()));
    let report =
        one.report.as_ref().map(|report| extension(own::REPORT, "valueReference", key(report, refs)));
    let resource = start
        .list("contained", specimen)
        .list("extension", report.into_iter().chain(issued_day(one.issued)))
        .with("status", about.status("Observation.status", &one.status))
        .list("category", [category(&one.category)])
        .with("code", required(concept(&one.what)))
        .with("subject", about.patient)
        .with("encounter", about.encounter)
        .maybe("effectiveDateTime", one.at.map(when))
        .maybe("issued", issued(one.issued))
        .list("performer", one.by.iter().map(|by| named(by, refs)));
    value(resource, &one.value)
        .maybe("dataAbsentReason", one.absent_reason.as_ref().map(concept))
        .list("interpretation", flags(&one.flags))
        .list("note", note(&one.note))
        .maybe("specimen", in_specimen)
        .list("referenceRange", [range(&one.range, one.low.as_deref(), one.high.as_deref())])
        .list("component", one.parts.iter().map(part))
}

fn category(category: &str) -> Object {
    if CATEGORIES.contains(&category) {
        code("http://terminology.hl7.org/CodeSystem/observation-category", category)
    } else {
        Object::new().with("text", category)
    }
}

/// `issued` is an instant; a day without a time goes into an extension of ours.
pub(super) fn issued(issued: Option<When>) -> Option<String> {
    issued.filter(|issued| matches!(issued, When::Instant(_))).map(when)
}

/// See [`issued`].
pub(super) fn issued_day(issued: Option<When>) -> Option<Object> {
    let day = issued.filter(|issued| matches!(issued, When::Date(_)))?;
    Some(extension(own::ISSUED, "valueDateTime", when(day)))
}

/// `value[x]`. A number that JSON cannot hold is written as words.
fn value(resource: Object, value: &Value) -> Object {
    match value {
        Value::None => resource,
        Value::Coded(coded) => resource.with("valueCodeableConcept", concept(coded)),
        Value::Text(text) => resource.with("valueString", text),
        Value::Quantity { .. } => match quantity(value) {
            Some(quantity) => resource.with("valueQuantity", quantity),
            None => resource.with("valueString", value.shown()),
        },
    }
}

fn flags(flags: &[String]) -> impl Iterator<Item = Object> {
    let system = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
    flags.iter().map(move |flag| code(system, flag))
}

/// The range: its ends, and its words where they say more.
fn range(words: &str, low: Option<&str>, high: Option<&str>) -> Object {
    let end = |digits: Option<&str>| Some(Object::new().with("value", Json::decimal(digits?)?));
    let words = if words == read::range_shown(low, high) { "" } else { words };
    Object::new().maybe("low", end(low)).maybe("high", end(high)).with("text", words)
}

fn part(part: &Part) -> Object {
    value(Object::new().with("code", required(concept(&part.what))), &part.value)
        .list("interpretation", flags(&part.flags))
        .list("referenceRange", [range(&part.range, None, None)])
}
