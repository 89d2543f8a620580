//! A consent or authorization that does not hold.
//!
//! *What it checks*: a consent is signed by the patient or one who may sign for them, has a witness, and names the side
//! that was operated on; an authorization leaves nothing blank and was not refused. Whether there is one, and whether in
//! time, is asked by the profile. *Example*: a consent for the left hip, and an operation on the right.

use chart::document::Document;

use crate::case::{Case, Found};
use crate::event::Class;
use crate::finding::{Evidence, Finding};
use crate::need::Seen;
use crate::profile::Within;
use crate::words::{has_blank, quote};

/// How a form says who signed for the patient.
const SIGNED_BY: [&str; 9] = [
    "signed:",
    "signed by",
    "patient:",
    "mother:",
    "father:",
    "parent:",
    "guardian:",
    "and signs",
    "telephone consent",
];

pub(super) fn find(case: &Case<'_>, out: &mut Vec<Finding>) {
    for document in &case.facts.documents {
        let (rule, faults) = match document.content.type_key() {
            Some("consent-admission" | "consent-surgery") => ("consent", consent(case, document)),
            Some("authorization") => ("authorization", authorization(case, document)),
            _ => continue,
        };
        let Some(ground) = case.policy.rule(rule).filter(|_| !faults.is_empty()) else { continue };
        let what = format!("{}: {}", document.content.title, faults.join(", "));
        let evidence = faults.into_iter().map(|fault| Evidence::document(document.id, fault)).collect();
        let mut found = Found { evidence, ..Found::in_document(ground, document, what) };
        found.who = None;
        out.push(case.finding(found));
    }
}

fn consent(case: &Case<'_>, document: &Document) -> Vec<String> {
    if document.content.sections.is_empty() {
        return Vec::new();
    }
    let text = case.seen.text(document);
    let mut faults = Vec::new();
    if !SIGNED_BY.iter().any(|words| is_filled_after(text, words)) {
        faults.push("not signed by the patient or for them".into());
    }
    if !is_filled_after(text, "witness") {
        faults.push("no witness".into());
    }
    faults.extend(other_side(case, document));
    faults
}

/// Whether words occur with something other than a blank after them.
fn is_filled_after(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, found)| {
        let rest = text[at + found.len()..].trim_start_matches(|c: char| c == ':' || c.is_whitespace());
        rest.starts_with(|c: char| c.is_alphanumeric())
    })
}

/// The side that the consent names, when the operation was on the other one.
fn other_side(case: &Case<'_>, document: &Document) -> Option<String> {
    let event = case
        .facts
        .of_class(Class::Operation)
        .find(|event| case.seen.is_within(Seen::written(document), Within::Before, Some(event)))?;
    let operation = document.content.sections.iter().find(|one| {
        let title = one.title.to_lowercase();
        ["operation", "procedure"].iter().any(|word| title.contains(word))
    })?;
    let (consented, done) = (side(&operation.text)?, side(&event.what)?);
    (consented != done).then(|| format!("names the {consented} side; the operation was on the {done}"))
}

/// The one side a text names.
fn side(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let has = |word: &str| lower.split(|c: char| !c.is_alphanumeric()).any(|one| one == word);
    match (has("left"), has("right")) {
        (true, false) => Some("left"),
        (false, true) => Some("right"),
        _ => None,
    }
}

fn authorization(case: &Case<'_>, document: &Document) -> Vec<String> {
    let blank = |one: &&chart::document::Section| has_blank(&one.text);
    let mut faults: Vec<String> =
        document
            .content
            .sections
            .iter()
            .filter(blank)
            .map(|one| {
                if one.title.is_empty() { quote(&one.text, 60) } else { format!("{} left blank", one.title) }
            })
            .collect();
    if case.seen.text(document).contains("refused to sign") {
        faults.push("refused to sign".into());
    }
    faults
}
