//! A signed document that wants a second signature.
//!
//! *What it checks*: documents of authors with a credential of `signature.tsv` (a physician assistant, a trainee) carry the
//! signature of the physician who answers for them. It is asked for once the author has signed, not before.

use chart::document::Document;

use super::unsigned::is_signed;
use crate::case::{Case, Found};
use crate::finding::{Evidence, Finding};
use crate::own::is_cosignature;
use crate::policy::Cosign;

pub(super) fn find(case: &Case<'_>, out: &mut Vec<Finding>) {
    let Some(ground) = case.policy.rule("cosignature") else { return };
    for document in &case.facts.documents {
        let Some(row) = row(case, document) else { continue };
        if !is_signed(case, document) || is_cosigned(case, document) {
            continue;
        }
        let what = format!("{} lacks the co-signature", document.content.title);
        let evidence =
            vec![Evidence::document(document.id, format!("Written by one who is {}", row.credential))];
        let mut found = Found { evidence, ..Found::in_document(ground, document, what) };
        found.who = None;
        out.push(case.finding(found));
    }
}

fn row<'a>(case: &Case<'a>, document: &Document) -> Option<&'a Cosign> {
    let author = document.content.authors.first()?;
    let credential = author.name.rsplit_once(',')?.1.trim();
    let kind = document.content.type_key()?;
    let fits = |row: &&Cosign| {
        row.credential == credential
            && (row.documents.is_empty() || row.documents.iter().any(|one| one == kind))
    };
    case.policy.tables.cosign.iter().find(fits)
}

fn is_cosigned(case: &Case<'_>, document: &Document) -> bool {
    document.content.signatures.iter().any(|one| is_cosignature(&one.meaning))
        || case.own.signatures.iter().any(|one| one.document == document.id && one.is_cosignature())
}
