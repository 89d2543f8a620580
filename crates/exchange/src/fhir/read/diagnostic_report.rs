//! `DiagnosticReport`: a report on results or images.

use chart::document::Attachment;
use chart::entry::Report;

use super::datatype::{FhirAttachment, Narrative, Reference};
use super::narrative;
use super::reading::Reading;

/// What the report says. Its text is that of its files where they are text, else its narrative.
pub(super) fn report(reading: &Reading<'_>) -> Report {
    let (attachments, file_text) = presented(reading);
    let narrative = || reading.one::<Narrative>("text").map(|one| narrative::plain(&one.div));
    let interpreters = reading.all_named("resultsInterpreter");
    Report {
        what: reading.coded("code"),
        category: reading.category("category"),
        status: reading.text("status"),
        at: reading.span("effective").0,
        issued: reading.issued(),
        text: if file_text.is_empty() { narrative().unwrap_or_default() } else { file_text },
        conclusion: conclusion(reading),
        results: reading.many::<Reference>("result").iter().filter_map(|one| reading.key_of(one)).collect(),
        attachments,
        by: if interpreters.is_empty() { reading.all_named("performer") } else { interpreters },
        order: reading.many::<Reference>("basedOn").first().and_then(|one| reading.key_of(one)),
    }
}

/// The conclusion in words, else in the words of its code.
fn conclusion(reading: &Reading<'_>) -> String {
    let words = reading.text("conclusion");
    let coded = || reading.concepts("conclusionCode").into_iter().map(|one| one.text);
    if words.is_empty() { coded().collect::<Vec<_>>().join("; ") } else { words }
}

/// The files, and the text of those that are text.
fn presented(reading: &Reading<'_>) -> (Vec<Attachment>, String) {
    let (mut files, mut texts) = (Vec::new(), Vec::new());
    for (at, sent) in reading.many::<FhirAttachment>("presentedForm").iter().enumerate() {
        let place = format!("/presentedForm/{at}");
        let Some((file, text)) = narrative::file(reading, &place, sent) else { continue };
        files.push(file);
        texts.extend(text);
    }
    (files, texts.join("\n\n"))
}
