//! Codes: form locators 18 to 28, 31 to 37, 39 to 41, 66 to 75.

use exchange::x12::{
    InstitutionalClaim, Occurrence, OccurrenceSpan, ReportedDiagnosis, ReportedProcedure, ValueCode,
};

use super::parties::address_lines;
use super::{below, days, locator, row, short_day};
use crate::sheet::{FormBox, FormRow};

/// How many of each kind the form has room for.
pub(super) const CONDITIONS: usize = 11;
pub(super) const OCCURRENCES: usize = 8;
pub(super) const SPANS: usize = 4;
pub(super) const VALUES: usize = 12;
pub(super) const OTHER_DIAGNOSES: usize = 17;
pub(super) const EXTERNAL_CAUSES: usize = 3;
pub(super) const OTHER_PROCEDURES: usize = 5;

/// Version of the classification (form locator 66): 0 is ICD-10.
const ICD_10: &str = "0";

/// Form locators 18 to 41.
pub(super) fn of_billing(claim: &InstitutionalClaim) -> Vec<FormRow> {
    let condition = |at: usize| {
        let text = claim.condition_codes.get(at).map_or("", String::as_str);
        locator(&(18 + at).to_string(), "Condition", 1.0, text)
    };
    vec![
        row((0..CONDITIONS).map(condition)),
        occurrences(claim, 'a', 0),
        occurrences(claim, 'b', 1),
        row([locator("38", "Responsible party", 3.0, responsible(claim))].into_iter().chain(values(claim))),
    ]
}

/// Line `name` of form locators 31 to 36. The form is filled line by line: 31a to 34a before 31b.
fn occurrences(claim: &InstitutionalClaim, name: char, line: usize) -> FormRow {
    let one = |at: usize| {
        let text = claim.occurrences.get(4 * line + at).map_or_else(String::new, occurrence);
        locator(&format!("{}{name}", 31 + at), "Occurrence", 1.0, text)
    };
    let span = |at: usize| {
        let text = claim.occurrence_spans.get(2 * line + at).map_or_else(String::new, span);
        locator(&format!("{}{name}", 35 + at), "Occurrence span", 1.6, text)
    };
    row((0..4).map(one).chain((0..2).map(span)).chain([locator("37", "Reserved", 0.7, "")]))
}

/// Form locators 39 to 41, lines a to d. The form is filled line by line: 39a, 40a, 41a before 39b.
fn values(claim: &InstitutionalClaim) -> impl Iterator<Item = FormBox> {
    (0..3).map(|column| {
        let codes = claim.value_codes.iter().take(VALUES).skip(column).step_by(3).zip('a'..);
        let lines: Vec<String> = codes.map(|(code, line)| format!("{line} {}", value(code))).collect();
        locator(&(39 + column).to_string(), "Value codes", 1.4, lines.join("\n"))
    })
}

/// Who answers for the bill: the insured, with the address if the claim has it.
fn responsible(claim: &InstitutionalClaim) -> String {
    let person = &claim.subscriber.person;
    let [street, city] = person.address.as_ref().map(address_lines).unwrap_or_default();
    below(&[&person.filed_name(), &street, &city])
}

/// Form locators 66 to 73.
pub(super) fn of_diagnoses(claim: &InstitutionalClaim) -> Vec<FormRow> {
    let first = [
        locator("66", "DX version", 0.8, ICD_10),
        locator("67", "Principal DX", 1.0, diagnosis(&claim.principal_diagnosis)),
    ];
    let others = (0..OTHER_DIAGNOSES).zip('A'..).map(|(at, letter)| {
        let text = claim.other_diagnoses.get(at).map_or_else(String::new, diagnosis);
        locator(&format!("67{letter}"), "DX", 1.0, text)
    });
    let boxes: Vec<FormBox> =
        first.into_iter().chain(others).chain([locator("68", "Reserved", 1.0, "")]).collect();
    let mut rows: Vec<FormRow> = boxes.chunks(10).map(|some| row(some.to_vec())).collect();
    let causes = (0..EXTERNAL_CAUSES).zip('a'..).map(|(at, letter)| {
        let text = claim.external_causes.get(at).map_or_else(String::new, diagnosis);
        locator(&format!("72{letter}"), "External cause", 1.2, text)
    });
    let reasons = (0..3).zip('a'..).map(|(at, letter)| {
        let text = claim.visit_reasons.get(at).map_or("", String::as_str);
        locator(&format!("70{letter}"), "Reason DX", 1.0, text)
    });
    let admitting = locator("69", "Admitting DX", 1.1, &*claim.admitting_diagnosis);
    let drg = locator("71", "PPS code", 0.9, &*claim.reported_drg);
    let reserved = locator("73", "Reserved", 0.8, "");
    rows.push(row([admitting].into_iter().chain(reasons).chain([drg]).chain(causes).chain([reserved])));
    rows
}

/// Form locators 74 and 75.
pub(super) fn of_procedures(claim: &InstitutionalClaim) -> Vec<FormRow> {
    let one = |at: usize| claim.procedures.get(at).map_or_else(String::new, procedure);
    let principal = locator("74", "Principal procedure", 1.2, one(0));
    let others = (1..=OTHER_PROCEDURES)
        .zip('a'..)
        .map(|(at, letter)| locator(&format!("74{letter}"), "Other procedure", 1.0, one(at)));
    vec![row([principal].into_iter().chain(others).chain([locator("75", "Reserved", 0.7, "")]))]
}

/// A code with its present-on-admission indicator.
pub(super) fn diagnosis(given: &ReportedDiagnosis) -> String {
    format!("{} {}", given.code, given.present_on_admission).trim().to_owned()
}

/// A code with its day.
pub(super) fn procedure(given: &ReportedProcedure) -> String {
    format!("{} {}", given.code, short_day(given.on)).trim().to_owned()
}

/// A code with its day.
pub(super) fn occurrence(given: &Occurrence) -> String {
    format!("{} {}", given.code, short_day(Some(given.on)))
}

/// A code with its days.
pub(super) fn span(given: &OccurrenceSpan) -> String {
    format!("{} {}", given.code, days(Some(given.period)))
}

/// A code with its amount.
pub(super) fn value(given: &ValueCode) -> String {
    format!("{} {:.2}", given.code, given.amount)
}
