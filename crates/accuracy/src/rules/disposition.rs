//! Where the patient went.

use std::sync::LazyLock;

use regex::Regex;

use super::{Rule, negated_before};
use crate::finding::Finding;
use crate::reading::{Line, Reading};
use crate::table::{rows, words};

/// # What it checks
/// Whether the physician's disposition is that of registration.
/// # Why
/// The patient discharge status on the claim follows registration; payment for transfers depends on it.
/// # Example
/// The emergency note ends `Home`; registration has 07, left against medical advice.
pub(super) const RULE: Rule = Rule {
    key: "disposition-conflict",
    title: "Disposition differs",
    why: "The document sends the patient elsewhere than registration has them gone",
    source: "NUBC patient discharge status; 42 CFR 412.4, discharges and transfers",
    advice: "Ask the physician; correct the registration or the document, and the claim if it has gone out",
    check,
};

struct Destination {
    name: &'static str,
    codes: &'static str,
    said: Regex,
}

static DESTINATIONS: LazyLock<Vec<Destination>> = LazyLock::new(|| {
    let table = rows::<3>(include_str!("../../../../data/accuracy/disposition.tsv"));
    table
        .into_iter()
        .map(|[name, codes, said]| Destination { name, codes, said: words(&format!("(?:{said})")) })
        .collect()
});
const PAPERS: [&str; 4] = ["discharge-summary", "emergency-note", "discharge-order", "observation-note"];

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let Some(disposition) = reading.visit().and_then(|visit| visit.disposition.as_ref()) else {
        return Vec::new();
    };
    let code = disposition.codings.first().map_or(disposition.text.as_str(), |coding| coding.code.as_str());
    let Some(registered) = DESTINATIONS.iter().find(|one| one.codes.split(',').any(|of| of == code)) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for page in reading.of(&PAPERS) {
        let lines = page.lines.iter().filter(|line| line.heading.to_lowercase().starts_with("disposition"));
        for line in lines {
            let Some(said) = destination(line) else { continue };
            // Words for another place that also fit, as in `home with hospice`, are no contradiction.
            if said.codes.split(',').any(|of| of == code) || registered.said.is_match(&line.text) {
                continue;
            }
            let what = format!("{} here, {} in registration", said.name, registered.name);
            let passages = [page.says(line)]
                .into_iter()
                .chain(reading.stay(format!("Discharge status {code}: {}", registered.name)));
            all.push(Finding::new(rule, "disposition", what, passages.collect()));
            break;
        }
    }
    all
}

fn destination(line: &Line) -> Option<&'static Destination> {
    DESTINATIONS
        .iter()
        .find(|one| one.said.find(&line.text).is_some_and(|found| !negated_before(&line.text, found.start())))
}
