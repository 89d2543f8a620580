//! What of the chart is worth finding by its words.

use chart::document::Document;
use chart::entry::{Entry, EntryContent, Finding, Value};

/// Title and text of a document.
pub(super) fn of_document(document: &Document) -> (String, String) {
    let content = &document.content;
    let title = if content.title.is_empty() { content.kind.text.clone() } else { content.title.clone() };
    (title, content.plain_text())
}

/// Title and text of an entry; `None` when it has no words of its own: a number measured is found in the results.
pub(super) fn of_entry(entry: &Entry) -> Option<(String, String)> {
    let parts: Vec<&str> = match &entry.content {
        EntryContent::Diagnosis(one) => vec![&one.note],
        EntryContent::Procedure(one) => vec![&one.note],
        EntryContent::Result(one) => of_finding(one)?,
        EntryContent::Report(one) => vec![&one.text, &one.conclusion],
        EntryContent::Order(one) => vec![&one.note],
        EntryContent::Medication(one) => vec![&one.direction, &one.note],
        EntryContent::Allergy(one) => {
            one.reactions.iter().map(|reaction| reaction.text.as_str()).chain([one.note.as_str()]).collect()
        }
        EntryContent::Immunization(one) => vec![&one.note],
        EntryContent::Coverage(_) | EntryContent::Charge(_) => return None,
    };
    let words: Vec<&str> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
    Some((entry.content.what().text.clone(), words.join("\n\n")))
}

fn of_finding(finding: &Finding) -> Option<Vec<&str>> {
    let words = match &finding.value {
        Value::Text(text) => text.as_str(),
        Value::Coded(coded) => coded.text.as_str(),
        Value::None | Value::Quantity { .. } => "",
    };
    let parts = vec![words, finding.note.as_str()];
    parts.iter().any(|part| !part.trim().is_empty()).then_some(parts)
}
