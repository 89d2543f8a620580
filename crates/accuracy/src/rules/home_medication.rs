//! A home medicine of which the discharge says nothing.

use std::sync::LazyLock;

use regex::Regex;

use super::Rule;
use crate::drug::{in_list, named, said};
use crate::finding::Finding;
use crate::reading::{Page, Reading};
use crate::table::words;

/// # What it checks
/// Whether every medicine taken at home is continued, changed or stopped by the papers of the discharge.
/// # Why
/// A patient who is not told takes it, or does not: both can harm.
/// # Example
/// Metformin was held in hospital; neither summary nor instructions say what becomes of it.
pub(super) const RULE: Rule = Rule {
    key: "home-medication",
    title: "Home medicine not accounted for",
    why: "A medicine taken at home is neither continued nor stopped in the papers of the discharge",
    source: "Joint Commission NPSG.03.06.01, medicines are compared at discharge",
    advice: "Ask the physician whether it is to be taken again, and say so in an addendum and to the patient",
    check,
};

static REFERS: LazyLock<Regex> = LazyLock::new(|| {
    words(r"(?:as before|resume home|home medic\w+|(?:written )?list given|see list|per reconciliation)")
});
const PAPERS: [&str; 4] =
    ["discharge-summary", "transfer-summary", "discharge-instructions", "discharge-order"];

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let papers: Vec<&Page<'_>> = reading.of(&PAPERS).collect();
    let lists = papers.iter().flat_map(|page| &page.lines).find(|line| in_list(line));
    let refers = papers.iter().flat_map(|page| &page.lines).any(|line| REFERS.is_match(&line.text));
    let Some(list) = papers.iter().find(|page| lists.is_some() && page.lines.iter().any(in_list)) else {
        return Vec::new();
    };
    if refers || reading.left().is_none() {
        return Vec::new();
    }
    let home = reading.medications().filter(|(entry, one)| {
        entry.encounter.is_some()
            && one.category == "community"
            && one.end.is_none()
            && !one.frequency.contains("needed")
    });
    let mut all = Vec::new();
    for (entry, medication) in home {
        let Some(drug) = named(&medication.what.text).filter(|drug| drug.followed) else { continue };
        let told = papers.iter().any(|page| said(page, |_| true).iter().any(|one| one.is_about(drug)));
        let ended = reading
            .of(&["medication-reconciliation"])
            .any(|page| said(page, |_| true).iter().any(|one| one.is_about(drug) && one.is_stopped()));
        if !told && !ended {
            let what = format!("The discharge neither continues nor stops {}, taken at home", drug.name);
            let quote = format!("{} {}", medication.what.text, medication.direction);
            let listed = list
                .lines
                .iter()
                .find(|line| in_list(line))
                .map_or_else(|| list.quoting(""), |line| list.says(line));
            all.push(Finding::new(
                rule,
                drug.name,
                what,
                vec![reading.entry(entry, quote.trim_end()), listed],
            ));
        }
    }
    all
}
