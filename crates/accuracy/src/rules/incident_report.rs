//! Incident reports in the record.

use std::sync::LazyLock;

use chart::document_type::document_types;
use regex::Regex;

use super::Rule;
use crate::finding::Finding;
use crate::reading::Reading;
use crate::table::words;

/// # What it checks
/// Whether an incident report or a peer review is filed in the chart, and whether a note mentions one.
/// # Why
/// The facts of an event belong in the record, the report on it to risk management: in the chart it loses its
/// protection and goes out with every release.
pub(super) const RULE: Rule = Rule {
    key: "incident-report",
    title: "Incident report in the chart",
    why: "An incident report is not part of the legal health record; filed here it goes out with every release",
    source: "Patient Safety and Quality Improvement Act, 42 CFR 3.206; AHIMA, definition of the legal health record",
    advice: "Send it to risk management and take it out of the chart; a note that mentions it is kept, and told so",
    check,
};

const NEVER: [&str; 2] = ["incident-report", "peer-review"];
static MENTION: LazyLock<Regex> = LazyLock::new(|| words(r"(?:incident|occurrence|event) report\b"));

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let filed = reading.of(&NEVER).map(|page| {
        let title = document_types().by_key(page.kind).map_or(page.kind, |kind| kind.title);
        let first = page.lines.first().map_or_else(|| page.quoting(title), |line| page.says(line));
        let mentions = reading.pages().filter(|other| !NEVER.contains(&other.kind)).filter_map(|other| {
            let line = other.lines.iter().find(|line| MENTION.is_match(&line.text))?;
            Some(other.says(line))
        });
        let passages = std::iter::once(first).chain(mentions).collect();
        Finding::new(rule, page.kind, format!("{title} is filed in the chart"), passages)
    });
    filed.collect()
}
