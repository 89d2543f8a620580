//! What was probable for the physician and certain for the patient.

use std::sync::LazyLock;

use regex::Regex;

use super::{Rule, negated_before};
use crate::finding::Finding;
use crate::reading::{Page, Reading};
use crate::table::{rows, words};

/// # What it checks
/// Whether the instructions state as a fact what the physician's last document calls probable or possible.
/// # Example
/// `Probably GERD` in the final note; `you were treated for acid reflux` in the instructions.
pub(super) const RULE: Rule = Rule {
    key: "uncertain-told-as-fact",
    title: "Uncertain diagnosis told as a fact",
    why: "The physician's final document calls a diagnosis uncertain; the patient was told it as a fact",
    source: "ICD-10-CM guidelines II.H and IV.H, uncertain diagnoses",
    advice: "Ask the physician which is meant, and correct the instructions",
    check,
};

struct Diagnosis {
    name: &'static str,
    uncertain: Regex,
    medical: Regex,
    told: Regex,
}

static DIAGNOSES: LazyLock<Vec<Diagnosis>> = LazyLock::new(|| {
    let doubt = "probabl[ey]|possibl[ey]|likely|suspected|may be|questionable";
    let table = rows::<3>(include_str!("../../../../data/accuracy/uncertain.tsv"));
    let diagnosis = |[name, medical, told]: [&'static str; 3]| Diagnosis {
        name,
        uncertain: words(&format!(r"(?:{doubt})(?: [a-z]+){{0,2}}? (?:{medical})\b")),
        medical: words(&format!(r"(?:{medical})\b")),
        told: words(&format!(r"(?:{told})\b")),
    };
    table.into_iter().map(diagnosis).collect()
});

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let last = reading.of(&["discharge-summary", "observation-note", "emergency-note"]).last();
    let told = reading.of(&["discharge-instructions"]).next();
    let (Some(last), Some(told)) = (last, told) else { return Vec::new() };
    DIAGNOSES.iter().filter_map(|one| of_diagnosis(rule, one, last, told)).collect()
}

fn of_diagnosis(rule: &Rule, one: &Diagnosis, last: &Page<'_>, told: &Page<'_>) -> Option<Finding> {
    let uncertain = last.lines.iter().find(|line| one.uncertain.is_match(&line.text))?;
    let certain =
        last.lines.iter().any(|line| one.medical.is_match(&line.text) && !one.uncertain.is_match(&line.text));
    let fact = told.lines.iter().find(|line| {
        let found = one.told.find(&line.text);
        found.is_some_and(|found| !negated_before(&line.text, found.start()))
            && !one.uncertain.is_match(&line.text)
    })?;
    let what = format!("{} is uncertain to the physician and a fact to the patient", one.name);
    (!certain).then(|| Finding::new(rule, one.name, what, vec![told.says(fact), last.says(uncertain)]))
}
