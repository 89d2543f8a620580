//! Allergies listed against allergies denied.

use std::sync::LazyLock;

use regex::Regex;

use super::Rule;
use crate::finding::Finding;
use crate::reading::{Line, Reading};
use crate::table::{rows, words};

/// # What it checks
/// Whether a document says that there are no allergies while the list has one. `NKDA` speaks of drugs only, so that an
/// allergy to latex does not contradict it.
/// # Why
/// Who reads the note and not the list gives the drug.
/// # Example
/// History and physical: `NKDA`. Allergy list: sulfonamide antibiotics, rash.
pub(super) const RULE: Rule = Rule {
    key: "allergy-conflict",
    title: "Allergy listed, and said to be none",
    why: "The allergy list names an allergy; this document says there is none",
    source: "Joint Commission IM.6.20 practice; 42 CFR 482.24(c)(4), adverse drug reactions are in the record",
    advice: "Ask the patient and the author; correct the document by an addendum or the list by an entry with its reason",
    check,
};

static NONE: LazyLock<Regex> = LazyLock::new(|| {
    words(
        r"(?:(NKDA|no known drug allerg\w+|no drug allerg\w+)|(NKA|no known allerg\w+|allerg\w+:? none(?: known)?))\b",
    )
});
static NOT_DRUGS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    rows::<1>(include_str!("../../../../data/accuracy/not_a_drug_allergy.tsv"))
        .into_iter()
        .map(|[word]| word)
        .collect()
});

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let mut listed: Vec<_> =
        reading.allergies().filter(|(_, one)| is_allergy(&one.status, &one.category)).collect();
    listed.retain(|(_, one)| {
        let text = one.what.text.to_lowercase();
        !text.starts_with("no ") && !text.contains("none") && !text.is_empty()
    });
    let mut all = Vec::new();
    for page in reading.pages() {
        for line in &page.lines {
            let Some(only_drugs) = denies(line) else { continue };
            let conflict = listed.iter().find(|(_, one)| !only_drugs || is_drug(&one.what.text));
            if let Some((entry, allergy)) = conflict {
                let what =
                    format!("The document says there is no allergy; the list has {}", allergy.what.text);
                let reaction = allergy.reactions.first().map_or("", |one| one.text.as_str());
                let quote = format!("{} {reaction}", allergy.what.text);
                all.push(Finding::new(
                    rule,
                    "allergy",
                    what,
                    vec![page.says(line), reading.entry(entry, quote.trim_end())],
                ));
                break;
            }
        }
    }
    all
}

fn is_allergy(status: &str, category: &str) -> bool {
    !matches!(status, "inactive" | "resolved") && !category.contains("intolerance")
}

fn is_drug(substance: &str) -> bool {
    let substance = substance.to_lowercase();
    !NOT_DRUGS.iter().any(|word| substance.contains(word))
}

/// Whether a line denies allergies, and if so whether only to drugs.
fn denies(line: &Line) -> Option<bool> {
    if let Some(found) = NONE.captures(&line.text) {
        return Some(found.get(1).is_some());
    }
    let under_allergies = line.heading.to_lowercase().starts_with("allerg");
    let bare = matches!(line.plain.as_str(), "none" | "none known" | "no known allergies");
    (under_allergies && bare).then_some(false)
}
