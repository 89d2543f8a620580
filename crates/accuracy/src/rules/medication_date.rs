//! Until when, and from when again, a medicine is taken.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::Rule;
use crate::drug::{Said, at_discharge, drugs};
use crate::finding::Finding;
use crate::reading::Reading;
use crate::table::words;
use crate::written::named_day;

/// # What it checks
/// Whether the papers of the discharge end or restart one medicine on different days.
/// # Example
/// Apixaban is to be resumed on 11-12 by the summary and `tomorrow` by the instructions.
pub(super) const RULE: Rule = Rule {
    key: "medication-date",
    title: "End or restart of a medicine differs",
    why: "The papers of the discharge end or restart one medicine on different days",
    source: "Joint Commission NPSG.03.06.01, medicines are compared at discharge",
    advice: "Ask the physician for the right day, correct the wrong paper, and call the patient if they have left",
    check,
};

static ENDS: LazyLock<Regex> =
    LazyLock::new(|| words(r"(?:until|through|thru|to|last (?:day|one)|for(?: another)?|x)\b(.*)"));
static MORE: LazyLock<Regex> = LazyLock::new(|| words(r"\w+ more days?\b"));
static STARTS: LazyLock<Regex> = LazyLock::new(|| words(r"(?:resumed?|restart\w*|start again|from)\b(.*)"));

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let leaving = at_discharge(reading);
    let mut all = Vec::new();
    for drug in drugs(&leaving) {
        let of_drug: Vec<&Said<'_>> =
            leaving.iter().filter(|one| one.drug() == Some(drug) && one.taken != Some(false)).collect();
        for (verb, day) in [("end", end as fn(&Said<'_>, Date) -> Option<Date>), ("restart", start)] {
            let days: Vec<(Date, &Said<'_>)> = of_drug
                .iter()
                .filter_map(|one| Some((day(one, reading.left().unwrap_or(one.page.day))?, *one)))
                .collect();
            let differs = days.iter().find(|(day, _)| *day != days[0].0);
            if let Some((day, other)) = differs {
                let what = format!("The {verb} of {}: {} and {day}", drug.name, days[0].0);
                let first = days[0].1;
                all.push(Finding::new(
                    rule,
                    drug.name,
                    what,
                    vec![first.page.says(first.line), other.page.says(other.line)],
                ));
            }
        }
    }
    all
}

fn end(said: &Said<'_>, left: Date) -> Option<Date> {
    let text = said.rest;
    if let Some(more) = MORE.find(text) {
        return named_day(more.as_str(), left);
    }
    named_day(ENDS.captures(text)?.get(1)?.as_str(), left)
}

fn start(said: &Said<'_>, left: Date) -> Option<Date> {
    if said.resumed {
        return named_day(said.rest, left);
    }
    named_day(STARTS.captures(said.rest)?.get(1)?.as_str(), left)
}
