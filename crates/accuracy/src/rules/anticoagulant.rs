//! When a blood thinner that was stopped for an operation is taken again.

use std::sync::LazyLock;

use regex::Regex;

use super::Rule;
use crate::drug::{Said, said};
use crate::finding::Finding;
use crate::reading::Reading;
use crate::table::words;

/// # What it checks
/// Whether the papers of the discharge say when an anticoagulant that was paused for a procedure is restarted.
/// # Why
/// `Resume home medicines` answers nothing on a drug that bleeds if it is taken too early and clots if too late.
pub(super) const RULE: Rule = Rule {
    key: "anticoagulant-restart",
    title: "Restart of a blood thinner not said",
    why: "An anticoagulant was paused for the procedure, and no paper of the discharge says when it is taken again",
    source: "Joint Commission NPSG.03.05.01, harm from anticoagulants",
    advice: "Ask the surgeon for the day, tell the patient today, and note both",
    check,
};

static PAUSED: LazyLock<Regex> = LazyLock::new(|| words(r"(?:last (?:dose|taken|\d)|held|hold|paused)"));
const BEFORE_OPERATION: [&str; 3] =
    ["nursing-admission-assessment", "pre-anesthesia-evaluation", "medication-reconciliation"];
const PAPERS: [&str; 4] =
    ["discharge-summary", "transfer-summary", "discharge-instructions", "discharge-order"];

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let Some(paper) = reading.of(&["discharge-instructions"]).next() else { return Vec::new() };
    let is_thinner = |one: &Said<'_>| one.drug().is_some_and(|drug| drug.class == "anticoagulant");
    let told = reading.of(&PAPERS).any(|page| said(page, |_| true).iter().any(is_thinner));
    if told || reading.procedures().next().is_none() {
        return Vec::new();
    }
    let before =
        reading.of(&BEFORE_OPERATION).flat_map(|page| said(page, |line| PAUSED.is_match(&line.text)));
    let finding = before.into_iter().find(is_thinner).and_then(|paused| {
        let drug = paused.drug()?;
        let medicines = paper.lines.iter().find(|line| crate::drug::in_list(line))?;
        let what = format!("Nothing says when {} is taken again", drug.name);
        Some(Finding::new(rule, drug.name, what, vec![paper.says(medicines), paused.page.says(paused.line)]))
    });
    finding.into_iter().collect()
}
