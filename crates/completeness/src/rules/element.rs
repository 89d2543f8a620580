//! A document that lacks something it must say.
//!
//! *What it checks*: every row of `element.tsv` for the document's type: one of the row's words must occur in its title,
//! headings or text. *Example*: an operative report without the estimated blood loss. One finding for a document.

use chart::document::Document;

use crate::case::{Case, Found};
use crate::finding::{Evidence, Finding};
use crate::policy::Element;

pub(super) fn find(case: &Case<'_>, out: &mut Vec<Finding>) {
    let Some(ground) = case.policy.rule("missing-element") else { return };
    for document in &case.facts.documents {
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
    let said = !document.content.sections.is_empty();
    let of_type = |one: &&Element| Some(one.document.as_str()) == document.content.type_key();
    let lacks = |one: &&Element| said && one.only_if.occur_in(text) && !one.words.occur_in(text);
    case.policy.tables.elements.iter().filter(of_type).filter(lacks).collect()
}
