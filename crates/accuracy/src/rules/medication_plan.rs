//! Taken or not taken after the stay.

use std::sync::LazyLock;

use regex::Regex;

use super::Rule;
use crate::drug::{Drug, Said, at_discharge, drugs, said};
use crate::finding::Finding;
use crate::reading::Reading;
use crate::table::words;

/// # What it checks
/// Whether one paper of the discharge continues a medicine that another stops or holds; and whether a last note holds
/// it until after the discharge.
/// # Why
/// The patient follows one of the papers; the next physician reads the other.
/// # Example
/// Discharge summary: `continue amlodipine 5 mg`. Transfer summary: `Amlodipine stopped`.
pub(super) const RULE: Rule = Rule {
    key: "medication-plan",
    title: "Medicine continued and stopped",
    why: "One paper of the discharge has the patient take a medicine, another has it stopped or held",
    source: "Joint Commission NPSG.03.06.01, medicines are compared at discharge; 42 CFR 482.43(c)",
    advice: "Ask the physician which is meant, correct the wrong paper, and call the patient if they have left",
    check,
};

/// Hours before leaving in which a note's word on later treatment counts.
const LAST_NOTES_HOURS: i64 = 72;

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let leaving = at_discharge(reading);
    let held = held_beyond(reading);
    let mut all = Vec::new();
    for drug in drugs(&leaving) {
        let taken = leaving.iter().find(|one| one.drug() == Some(drug) && one.taken != Some(false));
        let Some(taken) = taken else { continue };
        let stops =
            |one: &&Said<'_>| one.is_about(drug) && one.taken == Some(false) && !is_same_place(one, taken);
        let stopped = leaving.iter().find(stops).or_else(|| held.iter().find(stops));
        if let Some(stopped) = stopped {
            all.push(finding(rule, drug, taken, stopped));
        }
    }
    all
}

fn is_same_place(one: &Said<'_>, other: &Said<'_>) -> bool {
    one.page.document.id == other.page.document.id
}

/// What the notes of the last days hold until a date or visit after the stay.
fn held_beyond<'r>(reading: &'r Reading<'r>) -> Vec<Said<'r>> {
    static UNTIL: LazyLock<Regex> =
        LazyLock::new(|| words(r"until (?:seen|clinic|the clinic|the visit|follow|next visit|PCP|Dr)"));
    let Some(left) = reading.visit().and_then(|visit| visit.stay.until()) else { return Vec::new() };
    let last = reading
        .of(&["progress-note", "consultation"])
        .filter(|page| page.at.is_some_and(|at| left.duration_since(at).as_hours() <= LAST_NOTES_HOURS));
    last.flat_map(|page| said(page, |line| UNTIL.is_match(&line.text))).collect()
}

fn finding(rule: &Rule, drug: Drug, taken: &Said<'_>, stopped: &Said<'_>) -> Finding {
    let what = format!("{}: taken by one paper, stopped or held by another", drug.name);
    Finding::new(rule, drug.name, what, vec![taken.page.says(taken.line), stopped.page.says(stopped.line)])
}
