//! The data types of R4, written.

use chart::coded::{Coded, Coding};
use chart::date::When;
use chart::directory::Named;
use chart::document::Attachment;
use chart::entry::Value;
use chart::intake::{KeyKind, SourceKey};
use chart::patient::{Address, Identifier, Name, NameUse, Telecom};

use super::Refs;
use crate::fhir::json::{Json, Object};
use crate::fhir::table;

/// A `CodeableConcept`.
pub(super) fn concept(coded: &Coded) -> Object {
    Object::new().list("coding", coded.codings.iter().map(coding)).with("text", &coded.text)
}

/// Several `CodeableConcept`s.
pub(super) fn concepts(all: &[Coded]) -> impl Iterator<Item = Object> {
    all.iter().map(concept)
}

/// A `Coding`.
pub(super) fn coding(coding: &Coding) -> Object {
    Object::new().with("system", &coding.system).with("code", &coding.code).with("display", &coding.display)
}

/// A concept of one code.
pub(super) fn code(system: &str, code: &str) -> Object {
    if code.is_empty() {
        return Object::new();
    }
    Object::new().list("coding", [Object::new().with("system", system).with("code", code)])
}

/// A `dateTime`.
pub(super) fn when(when: When) -> String {
    match when {
        When::Instant(at) => at.to_string(),
        When::Date(date) => date.to_string(),
    }
}

/// An `Identifier`.
pub(super) fn identifier(one: &Identifier) -> Object {
    Object::new()
        .with("type", code("http://terminology.hl7.org/CodeSystem/v2-0203", &one.kind))
        .with("system", &one.system)
        .with("value", &one.value)
}

/// A `Reference` to a resource of ours.
pub(super) fn reference(to: String) -> Object {
    Object::new().with("reference", to)
}

/// A `Reference` to what a key names: by our own id where it is known, by the key as an identifier otherwise.
pub(super) fn key(key: &SourceKey, refs: &dyn Refs) -> Object {
    match refs.reference(key) {
        Some(to) => reference(to),
        None => Object::new()
            .with("type", type_of(key.kind))
            .with("identifier", Object::new().with("system", &key.system).with("value", &key.key)),
    }
}

/// The type to name beside an identifier; none where the kind does not tell.
fn type_of(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Patient => "Patient",
        KeyKind::Encounter => "Encounter",
        KeyKind::Document => "DocumentReference",
        KeyKind::Party => "Practitioner",
        KeyKind::Entry => "",
    }
}

/// A `Reference` to somebody named.
pub(super) fn named(who: &Named, refs: &dyn Refs) -> Object {
    let to = who.key.as_ref().map(|one| key(one, refs)).unwrap_or_default();
    to.with("display", &who.name)
}

/// A `HumanName`.
pub(super) fn name(name: &Name) -> Object {
    let usage = match name.usage {
        NameUse::Official => "official",
        NameUse::Usual => "usual",
        NameUse::Maiden => "maiden",
        NameUse::Former => "old",
        NameUse::Alias => "nickname",
    };
    let parts = Object::new()
        .with("family", &name.family)
        .list("given", &name.given)
        .list("prefix", [&name.prefix])
        .list("suffix", [&name.suffix]);
    if parts == Object::new() { parts } else { parts.with("use", usage) }
}

/// An `Address`.
pub(super) fn address(address: &Address) -> Object {
    Object::new()
        .list("line", &address.lines)
        .with("city", &address.city)
        .with("district", &address.county)
        .with("state", &address.state)
        .with("postalCode", &address.zip)
        .with("country", &address.country)
}

/// A `ContactPoint`.
pub(super) fn telecom(one: &Telecom) -> Object {
    Object::new()
        .with("system", table::bound("ContactPoint.system", &one.system))
        .with("value", &one.value)
        .with("use", table::bound("ContactPoint.use", &one.usage))
}

/// An `Attachment` that is among our originals.
pub(super) fn attachment(one: &Attachment) -> Object {
    Object::new()
        .with("contentType", &one.media_type)
        .with("url", format!("Binary/{}", one.digest))
        .with("size", i64::try_from(one.bytes).unwrap_or(i64::MAX))
        .with("title", &one.title)
}

/// An element that R4 demands: one of which nothing is known says so.
pub(super) fn required(element: Object) -> Object {
    const ABSENT: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
    if element == Object::new() {
        element.list("extension", [extension(ABSENT, "valueCode", "unknown")])
    } else {
        element
    }
}

/// Notes: one annotation.
pub(super) fn note(text: &str) -> [Object; 1] {
    [Object::new().with("text", text)]
}

/// A `Quantity`, if the value is one and its digits are a number.
pub(super) fn quantity(value: &Value) -> Option<Object> {
    let Value::Quantity { comparator, number, unit } = value else { return None };
    let number = Json::decimal(number)?;
    Some(Object::new().with("value", number).with("comparator", comparator).with("unit", unit))
}

/// A `Period`.
pub(super) fn period(start: Option<When>, end: Option<When>) -> Object {
    Object::new().maybe("start", start.map(when)).maybe("end", end.map(when))
}

/// An `Extension` with its value.
pub(super) fn extension(url: &'static str, kind: &'static str, value: impl Into<Json>) -> Object {
    let value: Json = value.into();
    let bare = Object::new();
    let held = Object::new().with(kind, value.clone());
    if held == bare { bare } else { Object::new().with("url", url).with(kind, value) }
}
