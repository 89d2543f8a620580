//! A medicine on one list of the discharge and not on the other.

use std::sync::LazyLock;

use regex::Regex;

use super::Rule;
use crate::drug::{Drug, Said, drugs, in_list, said};
use crate::finding::Finding;
use crate::reading::{Page, Reading};
use crate::table::words;

/// # What it checks
/// Whether the summary and the instructions list the same regular medicines. A list that refers to another, or to what
/// was taken before, is not compared.
/// # Example
/// Tiotropium is in the summary and not in the instructions.
pub(super) const RULE: Rule = Rule {
    key: "medication-list",
    title: "Medicine on one list only",
    why: "The summary and the instructions do not list the same medicines",
    source: "42 CFR 482.43(c); Joint Commission NPSG.03.06.01, the patient gets a complete list",
    advice: "Ask the physician whether it is to be taken; complete the list, and call the patient if they have left",
    check,
};

/// Words by which a list says that it is not all there is.
static REFERS: LazyLock<Regex> = LazyLock::new(|| {
    words(
        r"(?:as before|resume home|home medic\w+|list given|see list|per reconciliation|pills, on the clock)",
    )
});
/// Fewer medicines than this are no list.
const FEWEST: usize = 2;

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let summaries: Vec<&Page<'_>> = reading.of(&["discharge-summary"]).collect();
    let instructions: Vec<&Page<'_>> = reading.of(&["discharge-instructions"]).collect();
    let (Some(summary), Some(instruction)) = (list(&summaries), list(&instructions)) else {
        return Vec::new();
    };
    let mut all = missing(rule, &summary, &instruction, &instructions);
    all.extend(missing(rule, &instruction, &summary, &summaries));
    all
}

/// The list of these papers, if they have a whole one.
fn list<'r>(pages: &[&'r Page<'r>]) -> Option<Vec<Said<'r>>> {
    let refers = pages.iter().flat_map(|page| &page.lines).any(|line| REFERS.is_match(&line.text));
    let all: Vec<Said<'r>> = pages.iter().flat_map(|page| said(page, in_list)).collect();
    (!refers && drugs(&all).len() >= FEWEST).then_some(all)
}

fn missing(rule: &Rule, here: &[Said<'_>], there: &[Said<'_>], pages: &[&Page<'_>]) -> Vec<Finding> {
    let is_missing = |drug: &Drug| drug.followed && !there.iter().any(|one| one.is_about(*drug));
    let mut all = Vec::new();
    for drug in drugs(here).into_iter().filter(is_missing) {
        let regular = here
            .iter()
            .find(|one| one.drug() == Some(drug) && one.taken != Some(false) && !one.when_needed());
        let Some(regular) = regular else { continue };
        let elsewhere = pages.iter().any(|page| said(page, |_| true).iter().any(|one| one.is_about(drug)));
        let Some(listed) = there.first().filter(|_| !elsewhere) else { continue };
        let what = format!("{} is on one list of the discharge and not on the other", drug.name);
        all.push(Finding::new(
            rule,
            drug.name,
            what,
            vec![regular.page.says(regular.line), listed.page.says(listed.line)],
        ));
    }
    all
}
