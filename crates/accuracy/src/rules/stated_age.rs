//! The age a note gives.

use std::sync::LazyLock;

use regex::Regex;

use super::another_patient::is_misfiled;
use super::{ACCURATE, Rule};
use crate::finding::Finding;
use crate::reading::Reading;
use crate::table::words;
use crate::written::age;

/// # What it checks
/// Whether the age that begins a history is that of the day it was written.
/// # Why
/// An old age is the mark of a copied history; another age altogether that of another patient.
pub(super) const RULE: Rule = Rule {
    key: "stated-age",
    title: "Age differs from the birth date",
    why: "The age in the text is not that of the registered birth date on the day of the document",
    source: ACCURATE,
    advice: "Look whether the history was copied or is another person's; correct by an addendum",
    check,
};

static AGED: LazyLock<Regex> = LazyLock::new(|| words(r"(\d{2})[ -]?year[ -]old\b"));
/// From this age on; before it a birthday more or less is not told in years.
const ADULT: i16 = 18;

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let Some(birth) = reading.birth() else { return Vec::new() };
    let mut all = Vec::new();
    for page in reading.pages().filter(|page| page.at.is_some()) {
        let years = age(birth, page.day);
        // Only the sentence that begins a document's story speaks surely of the patient.
        let line = page
            .lines
            .iter()
            .find(|line| AGED.is_match(&line.text) && !line.heading.to_lowercase().contains("family"));
        let Some(line) = line.filter(|_| years >= ADULT) else { continue };
        let Some(said) = AGED.captures(&line.text).and_then(|found| found[1].parse::<i16>().ok()) else {
            continue;
        };
        if said != years && !is_misfiled(reading, page) {
            let what = format!("The text says {said} years; by the birth date it is {years}");
            all.push(Finding::new(
                rule,
                "age",
                what,
                vec![page.says(line), reading.registration(format!("Born {birth}"))],
            ));
        }
    }
    all
}
