//! Anatomy and diagnoses that the registered sex does not have.

use std::sync::LazyLock;

use chart::patient::Sex;
use regex::Regex;

use super::another_patient::is_misfiled;
use super::{ACCURATE, Rule, negated_before};
use crate::finding::Finding;
use crate::reading::{Line, Reading};
use crate::table::{rows, words};

/// # What it checks
/// Organs, findings and diagnoses of one sex in the chart of a person registered with the other.
/// # Why
/// Either the page is another patient's, or a problem was entered in the wrong chart, or registration is wrong.
/// # Example
/// A scan of a woman that measures the prostate.
pub(super) const RULE: Rule = Rule {
    key: "sex-conflict",
    title: "Anatomy of the other sex",
    why: "What is described does not belong to a person of the registered sex: a misfiled page, a wrong entry or a wrong registration",
    source: ACCURATE,
    advice: "Check whose page or entry it is; correct registration if that is what is wrong",
    check,
};

static ORGANS: LazyLock<Vec<(Sex, Regex)>> = LazyLock::new(|| {
    let table = rows::<2>(include_str!("../../../../data/accuracy/sex_bound.tsv"));
    let sex = |key: &str| if key == "male" { Sex::Male } else { Sex::Female };
    table.into_iter().map(|[key, organs]| (sex(key), words(&format!(r"(?:{organs})\b")))).collect()
});
static DISOWNED: LazyLock<Regex> = LazyLock::new(|| {
    words(
        r"(?:not hers|not his|not this patient|another (?:person|patient)|mother|wife|husband|partner|sister|brother|father|aunt|uncle|grandmother|grandfather|daughter|son|family)\b",
    )
});

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let own = reading.record.patient.demographics.sex;
    let others: Vec<&Regex> = ORGANS
        .iter()
        .filter(|(sex, _)| matches!(own, Sex::Female | Sex::Male) && *sex != own)
        .map(|(_, organs)| organs)
        .collect();
    let mut all = Vec::new();
    for organs in others {
        for page in reading.pages() {
            // A newborn's chart speaks of the mother.
            if page.kind.starts_with("newborn")
                || reading.birth().is_some_and(|birth| crate::written::age(birth, page.day) < 1)
            {
                continue;
            }
            let line = page.lines.iter().find(|line| names(organs, line));
            if let Some(line) = line.filter(|_| !is_misfiled(reading, page)) {
                all.push(Finding::new(
                    rule,
                    "anatomy",
                    what(organs, &line.text),
                    vec![page.says(line), registered(reading)],
                ));
            }
        }
        for (entry, diagnosis) in reading.diagnoses().filter(|(_, one)| organs.is_match(&one.what.text)) {
            let text = &diagnosis.what.text;
            all.push(Finding::new(
                rule,
                "problem",
                what(organs, text),
                vec![reading.entry(entry, text), registered(reading)],
            ));
        }
    }
    all
}

fn names(organs: &Regex, line: &Line) -> bool {
    !DISOWNED.is_match(&line.text)
        && organs.find_iter(&line.text).any(|found| !negated_before(&line.text, found.start()))
}

fn what(organs: &Regex, text: &str) -> String {
    let organ = organs.find(text).map_or("", |found| found.as_str());
    format!("“{organ}” is not of the registered sex")
}

fn registered(reading: &Reading<'_>) -> crate::finding::Passage {
    let sex = if reading.record.patient.demographics.sex == Sex::Male { "male" } else { "female" };
    reading.registration(format!("Registered sex: {sex}"))
}
