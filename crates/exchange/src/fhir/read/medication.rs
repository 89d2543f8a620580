//! `MedicationRequest`: a medication ordered, taken at home or prescribed.

use chart::coded::Coded;
use chart::entry::{Medication, Value};
use serde::Deserialize;

use super::datatype::{Concept, Decimal, List, Period, Quantity, Reference, Text};
use super::reading::Reading;

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Dosage {
    text: Text,
    patient_instruction: Text,
    timing: Timing,
    route: Option<Concept>,
    as_needed_boolean: Option<bool>,
    dose_and_rate: List<DoseAndRate>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct DoseAndRate {
    dose_quantity: Option<Quantity>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Timing {
    code: Concept,
    repeat: Repeat,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Repeat {
    frequency: Decimal,
    period: Decimal,
    period_unit: Text,
    bounds_period: Period,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Dispense {
    validity_period: Period,
}

/// What the order says; of several dosages the first, with the directions of all.
pub(super) fn medication(reading: &Reading<'_>) -> Medication {
    let dosages: Vec<Dosage> = reading.many("dosageInstruction");
    let direction = directions(&dosages);
    let first = dosages.into_iter().next().unwrap_or_default();
    let dispense: Dispense = reading.one("dispenseRequest").unwrap_or_default();
    let bounds = &first.timing.repeat.bounds_period;
    let start = if bounds.start.0.is_empty() { &dispense.validity_period.start } else { &bounds.start };
    let end = if bounds.end.0.is_empty() { &dispense.validity_period.end } else { &bounds.end };
    Medication {
        what: drug(reading),
        category: reading
            .many::<Concept>("category")
            .into_iter()
            .next()
            .map(Concept::word)
            .unwrap_or_default(),
        status: reading.text("status"),
        intent: reading.text("intent"),
        direction,
        start: reading.when_text("dosageInstruction", &start.0),
        end: reading.when_text("dosageInstruction", &end.0),
        frequency: frequency(&first),
        dose: dose(first.dose_and_rate),
        route: first.route.map(Coded::from).filter(|route| !route.is_empty()),
        ordered: reading.when("authoredOn"),
        by: reading.named("requester").or_else(|| reading.named("recorder")),
        reasons: reading.concepts("reasonCode"),
        note: reading.note(),
    }
}

/// The drug: a concept, or a medication that is contained or came in the same batch.
fn drug(reading: &Reading<'_>) -> Coded {
    let by_reference = || reading.thing_of(&reading.one::<Reference>("medicationReference")?);
    reading.concept("medicationCodeableConcept").or_else(by_reference).unwrap_or_default()
}

fn directions(dosages: &[Dosage]) -> String {
    let words = |one: &Dosage| {
        let all = [one.text.0.as_str(), one.patient_instruction.0.as_str()];
        all.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
    };
    dosages.iter().map(words).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

fn dose(sent: List<DoseAndRate>) -> Value {
    sent.0.into_iter().find_map(|one| one.dose_quantity?.value()).unwrap_or_default()
}

/// How often, in words: the code's own, else from the numbers.
fn frequency(dosage: &Dosage) -> String {
    let code = Coded::from(Concept {
        text: dosage.timing.code.text.clone(),
        coding: List(dosage.timing.code.coding.0.clone()),
    });
    let words = if code.text.is_empty() { counted(&dosage.timing.repeat) } else { code.text };
    match (dosage.as_needed_boolean, words.is_empty()) {
        (Some(true), true) => "as needed".to_owned(),
        (Some(true), false) => format!("{words} as needed"),
        _ => words,
    }
}

/// `2 times a day`, `every 6 hours`.
fn counted(repeat: &Repeat) -> String {
    let unit = match repeat.period_unit.0.as_str() {
        "s" => "second",
        "min" => "minute",
        "h" => "hour",
        "d" => "day",
        "wk" => "week",
        "mo" => "month",
        "a" => "year",
        _ => return String::new(),
    };
    let number = |sent: &Decimal| sent.0.clone().map(|text| text.trim_end_matches(".0").to_owned());
    let times = number(&repeat.frequency).unwrap_or_else(|| "1".to_owned());
    let period = number(&repeat.period).unwrap_or_else(|| "1".to_owned());
    match (times.as_str(), period.as_str()) {
        ("1", "1") => format!("once a {unit}"),
        (times, "1") => format!("{times} times a {unit}"),
        ("1", period) => format!("every {period} {unit}s"),
        (times, period) => format!("{times} times in {period} {unit}s"),
    }
}
