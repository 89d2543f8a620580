//! A place in a document that was left to be filled.
//!
//! *What it checks*: a run of underscores outside of signature lines. Consents, authorizations, order sheets and restraint
//! records are read by rules of their own. *Example*: `with a ____ stone` in a transcribed summary.

use chart::document::Document;

use crate::case::{Case, Found};
use crate::finding::{Evidence, Finding};
use crate::words::{has_blank, quote};

/// Types whose blanks other rules read: each order's own authentication, the consent rule, the restraint rules.
const READ_ELSEWHERE: [&str; 5] =
    ["orders", "consent-admission", "consent-surgery", "authorization", "restraint-record"];

/// A line with one of these before its blank waits for a signature, and the signature rules say so.
const SIGNATURE_LINE: [&str; 7] =
    ["signature", "signed", "witness", "physician:", "nurse:", "patient:", "provider:"];

pub(super) fn find(case: &Case<'_>, out: &mut Vec<Finding>) {
    let Some(ground) = case.policy.rule("blank") else { return };
    for document in case.facts.documents.iter().filter(|one| is_read(one)) {
        let evidence: Vec<Evidence> =
            lines(document).map(|line| Evidence::document(document.id, quote(&line, 160))).collect();
        if evidence.is_empty() {
            continue;
        }
        let what = format!("Blank left in {}", document.content.title);
        out.push(case.finding(Found { evidence, ..Found::in_document(ground, document, what) }));
    }
}

fn is_read(document: &Document) -> bool {
    document.content.type_key().is_none_or(|kind| !READ_ELSEWHERE.contains(&kind))
}

fn lines(document: &Document) -> impl Iterator<Item = String> + '_ {
    let lines = document.content.sections.iter().flat_map(|section| section.text.lines());
    lines.filter(|line| has_blank(line) && !waits_for_signature(line)).map(str::to_owned)
}

fn waits_for_signature(line: &str) -> bool {
    let lower = line.to_lowercase();
    let before = lower.split("___").next().unwrap_or_default();
    SIGNATURE_LINE.iter().any(|word| before.contains(word))
}
