//! A document that was dictated and is not typed.

use chart::document::DocumentStatus;

use crate::case::{Case, Found};
use crate::finding::{Evidence, Finding};

pub(super) fn find(case: &Case<'_>, out: &mut Vec<Finding>) {
    let Some(ground) = case.policy.rule("transcription") else { return };
    let dictated = |one: &&&chart::document::Document| one.content.status == DocumentStatus::Dictated;
    for document in case.facts.documents.iter().filter(dictated) {
        let what = format!("{} dictated, not typed", document.content.title);
        let evidence = vec![Evidence::document(document.id, "Sent as dictated, without a final text")];
        let mut found = Found { evidence, ..Found::in_document(ground, document, what) };
        found.who = None;
        out.push(case.finding(found));
    }
}
