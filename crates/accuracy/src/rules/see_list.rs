//! A summary that sends its reader elsewhere for the medicines.

use super::Rule;
use crate::finding::Finding;
use crate::reading::Reading;

/// # What it checks
/// Whether the discharge summary names the medicines, or only says `see list`.
/// # Why
/// The summary travels alone to the next physician; the list stays behind.
pub(super) const RULE: Rule = Rule {
    key: "see-list",
    title: "Summary refers to a list",
    why: "The summary names no medicine but refers to a list that does not travel with it",
    source: "42 CFR 482.24(c)(4)(vii), discharge summary with provisions for follow-up care",
    advice: "Ask the author for an addendum with the medicines",
    check,
};

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let summaries = reading.of(&["discharge-summary", "transfer-summary", "death-summary"]);
    let refers = summaries.filter_map(|page| {
        let line = page.lines.iter().find(|line| {
            line.heading.to_lowercase().contains("medic")
                && matches!(
                    line.plain.as_str(),
                    "see list" | "see med list" | "see medication list" | "per list" | "as per list"
                )
        })?;
        let list =
            reading.of(&["discharge-instructions", "discharge-order", "medication-reconciliation"]).next();
        let mut passages = vec![page.says(line)];
        passages.extend(list.and_then(|list| list.lines.first().map(|first| list.says(first))));
        Some(Finding::new(
            rule,
            "medications",
            "The summary says “see list” for the medicines".into(),
            passages,
        ))
    });
    refers.collect()
}
