//! A page or passage that cannot be read.
//!
//! *What it checks*: whoever typed or indexed a page marks what could not be read as `[illegible]` or `[unreadable]`.

use crate::case::{Case, Found};
use crate::finding::{Evidence, Finding};
use crate::words::quote;

const MARKS: [&str; 2] = ["[illegible]", "[unreadable]"];

pub(super) fn find(case: &Case<'_>, out: &mut Vec<Finding>) {
    let Some(ground) = case.policy.rule("illegible") else { return };
    for document in &case.facts.documents {
        let lines = document.content.sections.iter().flat_map(|section| section.text.lines());
        let marked = lines.filter(|line| MARKS.iter().any(|mark| line.to_lowercase().contains(mark)));
        let evidence: Vec<Evidence> =
            marked.map(|line| Evidence::document(document.id, quote(line, 120))).collect();
        if !evidence.is_empty() {
            let what = format!("Illegible passage in {}", document.content.title);
            out.push(case.finding(Found { evidence, ..Found::in_document(ground, document, what) }));
        }
    }
}
