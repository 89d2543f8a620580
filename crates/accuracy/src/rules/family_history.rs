//! What runs in the family.

use std::sync::LazyLock;

use regex::Regex;

use super::{ACCURATE, Rule, negated_before};
use crate::finding::Finding;
use crate::reading::{Line, Page, Reading};
use crate::table::{rows, words};

/// # What it checks
/// Whether one document denies a condition in the family that another names.
/// # Example
/// `Family: no diabetes he knows of`; mother and grandmother with type 2 in the history and physical.
pub(super) const RULE: Rule = Rule {
    key: "family-history",
    title: "Family history differs",
    why: "One document denies a condition in the family that another names",
    source: ACCURATE,
    advice: "Ask the patient; the author of the wrong one adds an addendum",
    check,
};

static CONDITIONS: LazyLock<Vec<(&'static str, Regex)>> = LazyLock::new(|| {
    let table = rows::<2>(include_str!("../../../../data/accuracy/family_condition.tsv"));
    table.into_iter().map(|[name, named]| (name, words(&format!("(?:{named})")))).collect()
});

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let family: Vec<(&Page<'_>, &Line)> = reading
        .pages()
        .flat_map(|page| page.lines.iter().filter(|line| is_of_family(line)).map(move |line| (page, line)))
        .collect();
    let mut all = Vec::new();
    for (condition, named) in CONDITIONS.iter() {
        let says = |line: &Line, denied: bool| {
            named
                .find(&line.text)
                .is_some_and(|found| negated_before(&line.text.replace(':', ","), found.start()) == denied)
        };
        let denied = family.iter().find(|(_, line)| says(line, true));
        let Some((page, line)) = denied else { continue };
        let other =
            family.iter().find(|(other, named)| other.document.id != page.document.id && says(named, false));
        if let Some((other, affirmed)) = other {
            let what = format!("{condition} in the family is denied here and named there");
            all.push(Finding::new(rule, condition, what, vec![page.says(line), other.says(affirmed)]));
        }
    }
    all
}

fn is_of_family(line: &Line) -> bool {
    line.heading.to_lowercase().starts_with("family h")
        || line.text.starts_with("Family:")
        || line.text.starts_with("FH")
}
