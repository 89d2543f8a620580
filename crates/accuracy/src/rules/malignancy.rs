//! Cancer by the pathologist, and nothing of it in the summary.

use std::sync::LazyLock;

use regex::Regex;

use super::{Rule, negated_before};
use crate::finding::Finding;
use crate::reading::Reading;
use crate::table::words;

/// # What it checks
/// Whether a malignancy that pathology reports is named in the discharge summary.
/// # Why
/// A cancer that nobody passes on is the costliest omission of a summary: the patient is not treated, the case not
/// registered.
pub(super) const RULE: Rule = Rule {
    key: "malignancy-omitted",
    title: "Cancer in pathology, not in the summary",
    why: "The pathologist reports a malignancy; the discharge summary does not name it",
    source: "42 CFR 482.24(c)(4)(vii), the summary gives the outcome; Commission on Cancer casefinding",
    advice: "Tell the attending today; ask for an addendum; check that the patient has been told and the registrar knows",
    check,
};

static MALIGNANT: LazyLock<Regex> =
    LazyLock::new(|| words(r"(?:\w*carcinoma|lymphoma|melanoma|sarcoma|leukemia|myeloma|malignan\w+)\b"));
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    words(r"(?:\w*carcinoma|cancer|lymphoma|melanoma|sarcoma|leukemia|myeloma|malignan\w+|tumor|pT\d)\b")
});

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let Some(summary) = reading.of(&["discharge-summary"]).last() else { return Vec::new() };
    let affirmed = |line: &str| NAMED.find_iter(line).any(|found| !negated_before(line, found.start()));
    if summary.lines.iter().any(|line| affirmed(&line.text)) {
        return Vec::new();
    }
    let reports = reading.of(&["pathology-report"]).filter_map(|page| {
        let line = page.lines.iter().find(|line| {
            MALIGNANT.find_iter(&line.text).any(|found| !negated_before(&line.text, found.start()))
        })?;
        Some((page, line))
    });
    let diagnosis = || {
        let line = summary
            .lines
            .iter()
            .find(|line| line.heading.to_lowercase().contains("diagnos"))
            .or(summary.lines.first());
        line.map_or_else(|| summary.quoting(""), |line| summary.says(line))
    };
    reports
        .take(1)
        .map(|(page, line)| {
            let what = "Pathology reports a malignancy that the summary does not name".into();
            Finding::new(rule, "malignancy", what, vec![diagnosis(), page.says(line)])
        })
        .collect()
}
