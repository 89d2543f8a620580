//! A document or a signature without its date.
//!
//! *Why*: every entry must be dated and timed (42 CFR 482.24(c)(1)). *Example*: a scanned order signed without a date.

use crate::case::{Case, Found};
use crate::finding::{Evidence, Finding};

pub(super) fn find(case: &Case<'_>, out: &mut Vec<Finding>) {
    let Some(ground) = case.policy.rule("undated") else { return };
    for document in &case.facts.documents {
        let unsigned_at = document.content.signatures.iter().find(|one| one.at.is_none());
        let lacking = match (document.content.written, unsigned_at) {
            (None, _) => "no date of writing".to_owned(),
            (Some(_), Some(signature)) => format!("signature of {} without date and time", signature.by.name),
            (Some(_), None) => continue,
        };
        let what = format!("{}: {lacking}", document.content.title);
        let evidence = vec![Evidence::document(document.id, lacking)];
        out.push(case.finding(Found { evidence, ..Found::in_document(ground, document, what) }));
    }
}
