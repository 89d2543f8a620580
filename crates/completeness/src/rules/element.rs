//! A document that lacks something it must say.
//!
//! *What it checks*: every row of `element.tsv` for the document's type: one of the row's words must occur in its title,
//! headings or text, or in an addendum to it. *Example*: an operative report without the estimated blood loss. One finding
//! for a document; an addendum or correction is no document of its own that could lack something.

use chart::document::{Document, RelationKind};

use crate::case::{Case, Found};
use crate::finding::{Evidence, Finding};
use crate::policy::Element;

pub(super) fn find(case: &Case<'_>, out: &mut Vec<Finding>) {
    let Some(ground) = case.policy.rule("missing-element") else { return };
    for document in case.facts.documents.iter().filter(|one| !is_supplement(one)) {
        let lacking = lacking(case, document);
        if lacking.is_empty() {
            continue;
        }
        let titles: Vec<&str> = lacking.iter().map(|one| one.title.as_str()).collect();
        let what = format!("{} lacks {}", document.content.title, titles.join(", "));
        let looked = |one: &&Element| {
            Evidence::document(
                document.id,
                format!("{}: looked for the words {}", one.title, one.words.shown()),
            )
        };
        let evidence = lacking.iter().map(looked).collect();
        out.push(case.finding(Found { evidence, ..Found::in_document(ground, document, what) }));
    }
}

fn lacking<'a>(case: &Case<'a>, document: &Document) -> Vec<&'a Element> {
    let text = case.seen.text(document);
    let supplements: Vec<&str> = case
        .facts
        .documents
        .iter()
        .filter(|one| is_supplement(one) && adds_to(one, document))
        .map(|one| case.seen.text(one))
        .collect();
    let occurs = |one: &Element| {
        one.words.occur_in(text) || supplements.iter().any(|supplement| one.words.occur_in(supplement))
    };
    let said = !document.content.sections.is_empty();
    let of_type = |one: &&Element| Some(one.document.as_str()) == document.content.type_key();
    let lacks = |one: &&Element| said && one.only_if.occur_in(text) && !occurs(one);
    case.policy.tables.elements.iter().filter(of_type).filter(lacks).collect()
}

/// Whether it was written to be read with another.
fn is_supplement(document: &Document) -> bool {
    let kind = document.content.relation.as_ref().map(|relation| relation.kind);
    matches!(kind, Some(RelationKind::Amends | RelationKind::Appends))
}

fn adds_to(supplement: &Document, original: &Document) -> bool {
    let target = supplement.content.relation.as_ref().map(|relation| &relation.target.key);
    target.is_some_and(|target| *target == original.id.to_string())
}
