//! Results that were not there when the patient left.

use std::sync::LazyLock;

use chart::entry::EntryContent;
use regex::Regex;

use super::{Rule, value::LABS};
use crate::finding::Finding;
use crate::reading::{Page, Reading};
use crate::table::words;

/// # What it checks
/// Whether a report that came after the discharge was named as pending in the papers of the discharge.
/// # Example
/// Pathology signed the day after; neither order nor instructions say that it is awaited and by whom.
pub(super) const UNLISTED: Rule = Rule {
    key: "pending-not-listed",
    title: "Pending result not named at discharge",
    why: "A report came after the discharge, and no paper of the discharge says that it was awaited or who follows it",
    source: "42 CFR 482.43(b), the discharge plan carries pending results; 42 CFR 482.24(c)(4)(vii)",
    advice: "Make sure the result has been seen and the patient told; ask for an addendum that names who follows it",
    check: unlisted,
};

/// # What it checks
/// Whether a result said to be pending was ever drawn in the stay.
pub(super) const NEVER_DRAWN: Rule = Rule {
    key: "pending-not-drawn",
    title: "Pending result that was not drawn",
    why: "The summary calls a result pending, but no specimen for it was taken in the stay",
    source: super::HOUSE,
    advice: "Ask the laboratory; tell the next physician that there is no result to wait for",
    check: never_drawn,
};

const REPORTS: [&str; 3] = ["pathology-report", "laboratory-report", "imaging-report"];
const PAPERS: [&str; 4] =
    ["discharge-summary", "transfer-summary", "discharge-instructions", "discharge-order"];
static AWAITED: LazyLock<Regex> =
    LazyLock::new(|| words(r"(?:pending|pathology|path|biops\w+|results?|await\w*|report)\b"));
static PENDING: LazyLock<Regex> = LazyLock::new(|| words(r"(?:pending|outstanding|awaited)\b"));

fn unlisted(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let Some(left) = reading.visit().and_then(|visit| visit.stay.until()) else { return Vec::new() };
    let papers: Vec<&Page<'_>> = reading
        .of(&PAPERS)
        .filter(|page| page.at.is_some_and(|at| at.duration_since(left).as_hours() < 24))
        .collect();
    let told = papers.iter().flat_map(|page| &page.lines).any(|line| AWAITED.is_match(&line.text));
    let late = reading.of(&REPORTS).find(|page| page.at.is_some_and(|at| at > left));
    let (Some(late), Some(paper), false) = (late, papers.first(), told) else { return Vec::new() };
    let (Some(line), Some(told)) = (late.lines.first(), paper.lines.first()) else { return Vec::new() };
    let what =
        format!("{} came after the discharge and was not named as pending", late.document.content.title);
    vec![Finding::new(rule, late.kind, what, vec![paper.says(told), late.says(line)])]
}

fn never_drawn(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let mut all = Vec::new();
    for page in reading.of(&["discharge-summary", "transfer-summary"]) {
        for line in page.lines.iter().filter(|line| PENDING.is_match(&line.text)) {
            for lab in LABS.iter().filter(|lab| lab.written.is_match(&line.text)) {
                let of_lab = |entry: &&chart::entry::Entry| {
                    matches!(entry.content, EntryContent::Result(_) | EntryContent::Order(_))
                        && lab.is(&entry.content.what().text)
                };
                let here = reading.entries.iter().any(|entry| entry.encounter.is_some() && of_lab(entry));
                let elsewhere = reading.record.entries.iter().find(of_lab);
                let (Some(other), false) = (elsewhere, here) else { continue };
                let what = format!("{} is called pending, but was not drawn in this stay", lab.name);
                let quote = other.content.what().text.clone();
                all.push(Finding::new(
                    rule,
                    lab.name,
                    what,
                    vec![page.says(line), reading.entry(other, quote)],
                ));
            }
        }
    }
    all
}
