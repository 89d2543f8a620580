//! `Observation`: a measurement or finding.

use chart::coded::Coded;
use chart::date::When;
use chart::entry::{Finding, Part};
use chart::intake::SourceKey;

use super::datatype::{Concept, List, Reference};
use super::range::{self, ReferenceRange};
use super::reading::{Fields, Reading};
use super::value;
use crate::fhir::own;

/// What the observation says.
pub(super) fn finding(reading: &Reading<'_>) -> Finding {
    let ranges: Vec<ReferenceRange> = reading.many("referenceRange");
    let (range, low, high) = range::said(ranges);
    let components: Vec<Fields<'_>> = reading.many("component");
    Finding {
        what: reading.coded("code"),
        category: reading.category("category"),
        status: reading.text("status"),
        value: value::of(reading.fields(), reading),
        absent_reason: reading.concept("dataAbsentReason"),
        range,
        low,
        high,
        flags: flags(reading.many("interpretation")),
        at: at(reading),
        issued: reading.issued(),
        parts: components.iter().map(|one| part(one, reading)).collect(),
        by: reading.all_named("performer"),
        specimen: reading.one::<Reference>("specimen").and_then(|one| reading.thing_of(&one)),
        report: report(reading),
        note: reading.note(),
    }
}

/// When it was found: a time, the beginning of a period, or an instant.
fn at(reading: &Reading<'_>) -> Option<When> {
    if reading.has("effectiveInstant") {
        reading.when("effectiveInstant")
    } else {
        reading.span("effective").0
    }
}

fn flags(sent: Vec<Concept>) -> Vec<String> {
    sent.into_iter().map(Concept::word).filter(|flag| !flag.is_empty()).collect()
}

fn part(component: &Fields<'_>, reading: &Reading<'_>) -> Part {
    let element = |name| component.get(name).map(|raw| raw.get());
    let concept: Option<Concept> = element("code").and_then(|raw| serde_json::from_str(raw).ok());
    let ranges: Option<List<ReferenceRange>> =
        element("referenceRange").and_then(|raw| serde_json::from_str(raw).ok());
    let interpretation: Option<List<Concept>> =
        element("interpretation").and_then(|raw| serde_json::from_str(raw).ok());
    Part {
        what: concept.map(Coded::from).unwrap_or_default(),
        value: value::of(component, reading),
        range: range::said(ranges.unwrap_or_default().0).0,
        flags: flags(interpretation.unwrap_or_default().0),
    }
}

/// The report it is part of, where a record of ours says so; elsewhere the report names its results.
fn report(reading: &Reading<'_>) -> Option<SourceKey> {
    let own = reading.extensions(own::REPORT).into_iter().next()?;
    reading.key_of(own.value_reference.as_ref()?)
}
