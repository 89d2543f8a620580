//! A document without its author's signature.
//!
//! *What it checks*: every document of the legal health record but those of `signature.tsv` carries a signature of its
//! sender's or of ours, or was sent as final. *Why*: 42 CFR 482.24(c)(1).

use chart::document::{Document, DocumentStatus};
use chart::document_type::document_types;

use crate::case::{Case, Found};
use crate::finding::{Evidence, Finding};

pub(super) fn find(case: &Case<'_>, out: &mut Vec<Finding>) {
    let Some(ground) = case.policy.rule("unsigned") else { return };
    for document in case.facts.documents.iter().filter(|one| asked_for(case, one) && !is_signed(case, one)) {
        let what = format!("{} unsigned", document.content.title);
        let author = document.content.authors.first().map_or("nobody", |author| author.name.as_str());
        let evidence = vec![Evidence::document(document.id, format!("Written by {author}; no signature"))];
        out.push(case.finding(Found { evidence, ..Found::in_document(ground, document, what) }));
    }
}

fn asked_for(case: &Case<'_>, document: &Document) -> bool {
    let kind = document.content.type_key().unwrap_or("other");
    let legal = document_types().by_key(kind).is_none_or(|one| one.legal_health_record);
    legal && case.policy.is_signed(kind) && document.content.status != DocumentStatus::Dictated
}

/// Whether a document has a first signature: the sender's, ours, or the sender's word that it is final.
pub(super) fn is_signed(case: &Case<'_>, document: &Document) -> bool {
    !document.content.signatures.is_empty()
        || matches!(document.content.status, DocumentStatus::Final | DocumentStatus::Amended)
        || case.own.signatures.iter().any(|one| one.document == document.id && !one.is_cosignature())
}
