//! The structured part of a written chart as entries.

use chart::coded::{Coded, Coding, system};
use chart::directory::Named;
use chart::entry::{
    Allergy, Diagnosis, DiagnosisRole, EntryContent, Finding, Immunization, Medication, Order, Procedure,
    Value,
};
use chart::intake::{Change, KeyKind, SourceKey};

use super::encounter_key;
use super::file::{
    AllergyEntry, ChartFile, ImmunizationEntry, MedicationEntry, OrderEntry, ProblemEntry, ProcedureEntry,
    ResultEntry,
};
use crate::Staff;
use crate::keys::key;

/// Every entry of the chart, in the order of the file.
pub(super) fn changes(chart: &ChartFile, patient: &SourceKey, staff: &Staff) -> Vec<Change> {
    let mut all: Vec<(Option<&str>, EntryContent)> = Vec::new();
    all.extend(chart.allergy.iter().map(|one| (None, EntryContent::Allergy(allergy(one)))));
    all.extend(
        chart.problem.iter().map(|one| (one.encounter.as_deref(), EntryContent::Diagnosis(problem(one)))),
    );
    all.extend(chart.immunization.iter().map(|one| (None, EntryContent::Immunization(immunization(one)))));
    all.extend(
        chart.order.iter().map(|one| (one.encounter.as_deref(), EntryContent::Order(order(one, staff)))),
    );
    all.extend(
        chart
            .medication
            .iter()
            .map(|one| (one.encounter.as_deref(), EntryContent::Medication(medication(one, staff)))),
    );
    all.extend(
        chart
            .procedure
            .iter()
            .map(|one| (one.encounter.as_deref(), EntryContent::Procedure(procedure(one, staff)))),
    );
    all.extend(
        chart.result.iter().map(|one| (one.encounter.as_deref(), EntryContent::Result(result(chart, one)))),
    );
    let numbered = all.into_iter().enumerate();
    numbered
        .map(|(number, (encounter, content))| Change::Entry {
            key: key(KeyKind::Entry, format!("{}/{}-{number}", chart.patient.mrn, content.kind())),
            patient: patient.clone(),
            encounter: encounter.map(|one| encounter_key(chart, one)),
            content: Box::new(content),
        })
        .collect()
}

fn allergy(one: &AllergyEntry) -> Allergy {
    Allergy {
        what: Coded::text(&one.substance),
        category: "allergy".into(),
        status: "active".into(),
        criticality: if one.severity.as_deref() == Some("severe") { "high" } else { "low" }.into(),
        reactions: one.reaction.iter().map(Coded::text).collect(),
        note: one.severity.clone().unwrap_or_default(),
        ..Allergy::default()
    }
}

fn problem(one: &ProblemEntry) -> Diagnosis {
    Diagnosis {
        what: Coded::text(&one.text),
        role: match one.kind.as_str() {
            "admitting" => DiagnosisRole::Admitting,
            "encounter" => DiagnosisRole::Discharge,
            _ => DiagnosisRole::Problem,
        },
        clinical_status: if one.until.is_some() { "resolved" } else { "active" }.into(),
        verification: "confirmed".into(),
        onset: one.since.map(super::file::Local::when),
        abated: one.until.map(super::file::Local::when),
        ..Diagnosis::default()
    }
}

fn immunization(one: &ImmunizationEntry) -> Immunization {
    Immunization {
        what: Coded::text(&one.name),
        status: "completed".into(),
        at: Some(one.at.when()),
        ..Immunization::default()
    }
}

fn order(one: &OrderEntry, staff: &Staff) -> Order {
    Order {
        what: Coded::text(&one.what),
        category: one.kind.clone(),
        status: "active".into(),
        priority: "routine".into(),
        ordered: Some(one.at.when()),
        by: Some(staff.named(&one.by)),
        verbal_to: one.verbal.then(|| Named { name: "taken down by nursing".into(), key: None }),
        authenticated: one.authenticated.map(super::file::Local::when),
        ..Order::default()
    }
}

fn medication(one: &MedicationEntry, staff: &Staff) -> Medication {
    let direction = [&one.dose, &one.route, &one.frequency].map(|part| part.as_deref().unwrap_or_default());
    Medication {
        what: Coded::text(&one.name),
        category: if one.kind == "home" { "community".into() } else { one.kind.clone() },
        status: if one.stop.is_some() { "completed" } else { "active" }.into(),
        intent: "order".into(),
        direction: direction.join(" ").trim().to_owned(),
        dose: one.dose.clone().map_or(Value::None, Value::Text),
        route: one.route.as_deref().map(Coded::text),
        frequency: one.frequency.clone().unwrap_or_default(),
        start: one.start.map(super::file::Local::when),
        end: one.stop.map(super::file::Local::when),
        by: one.by.as_deref().map(|by| staff.named(by)),
        ..Medication::default()
    }
}

fn procedure(one: &ProcedureEntry, staff: &Staff) -> Procedure {
    Procedure {
        what: Coded::text(&one.text),
        status: "completed".into(),
        start: Some(one.at.when()),
        end: one.until.map(super::file::Local::when),
        by: one.by.iter().map(|by| staff.named(by)).collect(),
        anesthesia: one.anesthesia.as_deref().map(Coded::text),
        ..Procedure::default()
    }
}

fn result(chart: &ChartFile, one: &ResultEntry) -> Finding {
    let code = one.loinc.iter().map(|code| Coding {
        system: system::LOINC.into(),
        code: code.clone(),
        display: one.name.clone(),
    });
    let report = one
        .panel
        .as_ref()
        .map(|panel| key(KeyKind::Entry, format!("{}/{panel}/{}", chart.patient.mrn, one.at.date_time())));
    Finding {
        what: Coded { text: one.name.clone(), codings: code.collect() },
        category: one.category.clone(),
        status: "final".into(),
        value: value(&one.value, one.unit.as_deref().unwrap_or_default()),
        range: range(one.low.as_deref(), one.high.as_deref()),
        low: one.low.clone(),
        high: one.high.clone(),
        flags: one.flag.iter().cloned().collect(),
        at: Some(one.at.when()),
        report,
        note: one.panel.clone().unwrap_or_default(),
        ..Finding::default()
    }
}

/// A number with its comparator, or words.
pub(crate) fn value(written: &str, unit: &str) -> Value {
    let number = written.trim_start_matches(['<', '>', '=']);
    let comparator = &written[..written.len() - number.len()];
    let number = number.trim();
    let is_number = number.replace(',', "").parse::<f64>().is_ok();
    if !is_number {
        return Value::Text(format!("{written} {unit}").trim_end().to_owned());
    }
    Value::Quantity { comparator: comparator.into(), number: number.replace(',', ""), unit: unit.into() }
}

/// `low–high`, or the one end that is known.
pub(crate) fn range(low: Option<&str>, high: Option<&str>) -> String {
    match (low, high) {
        (Some(low), Some(high)) => format!("{low}–{high}"),
        (Some(low), None) => format!("≥ {low}"),
        (None, Some(high)) => format!("≤ {high}"),
        (None, None) => String::new(),
    }
}
