//! The rule `undocumented-diagnosis`.

use std::ops::Range;

use chart::sign::{SignKind, signs};

use super::words::{DIAGNOSIS_SHAPE, NO_DIAGNOSIS};
use super::{BRIEF, Draft, Finding, Part, Rule};

/// # What it checks
/// Whether title or question name a diagnosis that no provider has documented in this encounter. Choices may, where an
/// indicator supports them.
/// # Why
/// A diagnosis in the title or the question is an answer put into the practitioner's mouth.
/// # Example
/// The title "Sepsis clarification", where the notes write of a fever only.
pub(super) const RULE: Rule = Rule {
    key: "undocumented-diagnosis",
    title: "Title or question names an undocumented diagnosis",
    advice: "Name the findings instead: “Clarification of renal findings”",
    source: BRIEF,
    check,
};

fn check(rule: &Rule, draft: &Draft<'_>) -> Vec<Finding> {
    let named = draft.headline().into_iter().flat_map(|(part, text)| {
        let places = undocumented(draft, text).into_iter();
        places.map(move |place| (part, text, place))
    });
    let finding = |(part, text, place): (Part, &str, Range<usize>)| {
        let what = format!("“{}” is documented by no provider in this encounter", &text[place.clone()]);
        rule.finding(part, Some(place), what)
    };
    named.map(finding).collect()
}

/// Where `text` names a diagnosis that the record does not, each place once.
fn undocumented(draft: &Draft<'_>, text: &str) -> Vec<Range<usize>> {
    let diagnoses = signs().all().iter().filter(|sign| sign.kind == SignKind::Diagnosis);
    let unknown = diagnoses.filter(|sign| sign.is_named_in(text) && !draft.view.has(sign));
    let by_sign = unknown.flat_map(|sign| sign.ranges(text));
    let shaped = DIAGNOSIS_SHAPE.find_iter(text).filter(|found| !NO_DIAGNOSIS.is_match(found.as_str()));
    let by_shape = shaped.filter(|found| !is_written(draft, found.as_str())).map(|found| found.range());
    let mut places: Vec<Range<usize>> = Vec::new();
    for place in by_sign.chain(by_shape) {
        if !places.iter().any(|known| known.start < place.end && place.start < known.end) {
            places.push(place);
        }
    }
    places.sort_by_key(|place| place.start);
    places
}

/// Whether a provider has written this word in the encounter.
fn is_written(draft: &Draft<'_>, word: &str) -> bool {
    let word = word.to_lowercase();
    let sections = draft.view.pages().iter().filter(|page| page.by_provider);
    let mut sections = sections.flat_map(|page| page.document.content.sections.iter());
    sections.any(|section| section.text.to_lowercase().contains(&word))
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{ask, found_by, marked};

    #[test]
    fn a_title_names_findings_or_what_is_documented() {
        assert!(found_by("undocumented-diagnosis", &ask()).is_empty());
        let mut documented = ask();
        documented.title = "Clarification of the kind of anemia".into();
        assert!(found_by("undocumented-diagnosis", &documented).is_empty(), "a provider writes anemia");
    }

    #[test]
    fn an_undocumented_diagnosis_is_marked() {
        let mut named = ask();
        named.title = "Sepsis clarification".into();
        named.question = "Is this a glomerulonephritis?".into();
        assert_eq!(marked("undocumented-diagnosis", &named), ["Sepsis", "glomerulonephritis"]);
    }
}
