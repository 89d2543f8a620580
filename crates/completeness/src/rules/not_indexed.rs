//! A page that is filed in the chart and has no document type of the department's.

use crate::case::{Case, Found};
use crate::finding::{Evidence, Finding};

pub(super) fn find(case: &Case<'_>, out: &mut Vec<Finding>) {
    let Some(ground) = case.policy.rule("not-indexed") else { return };
    for document in case.facts.documents.iter().filter(|one| one.content.type_key().is_none()) {
        let what = format!("{} not indexed", document.content.title);
        let evidence =
            vec![Evidence::document(document.id, format!("Sent as {}", document.content.kind.text))];
        let mut found = Found { evidence, ..Found::in_document(ground, document, what) };
        found.who = None;
        out.push(case.finding(found));
    }
}
