//! Document messages (MDM): TXA says what the document is, the OBX after it what it says.

use chart::coded::{Coded, Coding, system};
use chart::document::{
    Attachment, Attestation, DocumentContent, DocumentStatus, Relation, RelationKind, Section,
};
use chart::entry::EntryContent;
use chart::intake::{Change, KeyKind, Refusal, SourceKey};
use chart::patient::Identifier;

use super::arrival::Filing;
use super::desk::refusal;
use super::finding::{self, Sort};
use super::group::PatientGroup;
use super::segment::Segment;
use super::tables::DocumentEvent;
use super::{tables, types};

/// The document of a message, as changes.
///
/// # Errors
/// Without TXA, or without a document number in it, there is nothing to file the document by.
pub(super) fn changes(
    group: &PatientGroup<'_>,
    event: DocumentEvent,
    filing: &mut Filing<'_, '_>,
) -> Result<Vec<Change>, Refusal> {
    let Some(txa) = group.first("TXA") else {
        return Err(Refusal {
            place: "TXA".into(),
            what:
                "the document header is missing; ask the sender for a TXA segment, or file the text by hand"
                    .into(),
        });
    };
    let Some((issuer, number)) = types::entity(txa.field(12)) else {
        return Err(refusal(
            &txa.field(12).place(),
            "no document number; a document is filed by its unique number (TXA-12)",
        ));
    };
    let key = filing.desk.key(&issuer, KeyKind::Document, number);
    if event == DocumentEvent::Cancel {
        return Ok(vec![Change::Withdraw { key }]);
    }
    let content = content(group, txa, event, filing);
    let mut changes = vec![Change::Document {
        key,
        patient: filing.patient.clone(),
        encounter: filing.encounter.clone(),
        content: Box::new(content),
    }];
    changes.extend(measured(group, filing));
    Ok(changes)
}

fn content(
    group: &PatientGroup<'_>,
    txa: Segment<'_>,
    event: DocumentEvent,
    filing: &mut Filing<'_, '_>,
) -> DocumentContent {
    let kind = kind(txa);
    let authors =
        [9, 5].into_iter().map(|at| types::persons(txa.field(at), filing.desk)).find(|all| !all.is_empty());
    let sections = sections(group, &kind);
    let attachments = attachments(group, filing);
    if sections.is_empty() && attachments.is_empty() {
        filing.desk.remark(&txa.place(), "news of a document without its text");
    }
    DocumentContent {
        title: txa.field(25).said().unwrap_or_else(|| kind.text.clone()),
        status: status(txa, event, filing),
        written: filing.desk.when(txa.field(4)).or_else(|| filing.desk.when(txa.field(6))),
        authors: authors.unwrap_or_default(),
        signatures: signatures(txa, filing),
        relation: relation(txa, event, filing),
        identifiers: identifiers(txa, filing),
        kind,
        sections,
        attachments,
    }
}

/// The type (TXA-2, table 0270) in the sender's code, and in LOINC where the table has it.
fn kind(txa: Segment<'_>) -> Coded {
    let mut kind = types::coded_in(txa.field(2), "0270").unwrap_or_else(|| Coded::text("Document"));
    let known = kind.codings.first().and_then(|own| tables::document_type(&own.code));
    if let Some((code, words)) = known {
        if kind.codings.iter().all(|coding| coding.display.is_empty()) {
            kind.text = words.into();
        }
        kind.codings.push(Coding { system: system::LOINC.into(), code: code.into(), display: words.into() });
    }
    kind
}

/// Completion (TXA-17), overruled by availability (TXA-19): obsolete or cancelled.
fn status(txa: Segment<'_>, event: DocumentEvent, filing: &Filing<'_, '_>) -> DocumentStatus {
    let (completion, availability) = (txa.field(17).component(1).text(), txa.field(19).component(1).text());
    match (availability.as_str(), tables::words("0271", &completion)) {
        ("OB", _) => DocumentStatus::Superseded,
        ("CA", _) => DocumentStatus::EnteredInError,
        (_, Some("dictated")) => DocumentStatus::Dictated,
        (_, Some("final")) if event == DocumentEvent::Edit => DocumentStatus::Amended,
        (_, Some("final")) => DocumentStatus::Final,
        (_, Some(_)) => DocumentStatus::Preliminary,
        (_, None) => {
            if !completion.is_empty() {
                filing.desk.remark(
                    &txa.field(17).place(),
                    format!(
                        "completion status `{completion}` is not of table 0271; taken as not authenticated"
                    ),
                );
            }
            DocumentStatus::Preliminary
        }
    }
}

/// Who authenticated, and when (TXA-22).
fn signatures(txa: Segment<'_>, filing: &Filing<'_, '_>) -> Vec<Attestation> {
    let meaning = if txa.field(17).text() == "LA" { "legal authenticator" } else { "authenticator" };
    let read = |one: super::segment::Field<'_>| {
        let by = types::person(one, filing.desk)?;
        Some(Attestation { by, meaning: meaning.into(), at: filing.desk.when(one.component(15)) })
    };
    txa.field(22).repetitions().filter_map(read).collect()
}

/// How it stands to the parent document (TXA-13).
fn relation(txa: Segment<'_>, event: DocumentEvent, filing: &Filing<'_, '_>) -> Option<Relation> {
    let kind = match event {
        DocumentEvent::Addendum => RelationKind::Appends,
        DocumentEvent::Replacement => RelationKind::Replaces,
        DocumentEvent::Edit => RelationKind::Amends,
        DocumentEvent::Original | DocumentEvent::Cancel => return None,
    };
    let Some((issuer, number)) = types::entity(txa.field(13)) else {
        if event != DocumentEvent::Edit {
            filing.desk.remark(&txa.field(13).place(), "the parent document is not named");
        }
        return None;
    };
    let target: SourceKey = filing.desk.key(&issuer, KeyKind::Document, number);
    Some(Relation { kind, target })
}

fn identifiers(txa: Segment<'_>, filing: &Filing<'_, '_>) -> Vec<Identifier> {
    let fields = [(12, ""), (14, "PLAC"), (15, "FILL"), (16, "FILE")];
    let read = |(at, kind): (usize, &str)| {
        let (system, value) = types::entity(txa.field(at))?;
        let system = if system.is_empty() { filing.desk.sender.to_owned() } else { system };
        Some(Identifier { system, value, kind: kind.into() })
    };
    fields.into_iter().filter_map(read).collect()
}

/// The observations that follow TXA, each with its notes.
fn observations<'m>(group: &PatientGroup<'m>) -> Vec<(Segment<'m>, String)> {
    let mut inside = group.orders.iter().flat_map(|order| order.with_notes("OBX")).collect::<Vec<_>>();
    let mut own = group.with_notes("OBX");
    own.append(&mut inside);
    own
}

/// A section for each thing observed (OBX-3), its lines in order; a text whose lines all say the same thing is one
/// section without a title.
fn sections(group: &PatientGroup<'_>, kind: &Coded) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for (obx, note) in observations(group) {
        if !is_text(obx) {
            continue;
        }
        let text = [finding::lines(obx), note]
            .into_iter()
            .filter(|one| !one.is_empty())
            .collect::<Vec<_>>()
            .join("\n");
        let code = types::coded(obx.field(3));
        let title = code.as_ref().map(|code| code.text.clone()).unwrap_or_default();
        match sections.last_mut().filter(|last| last.title == title) {
            Some(last) => last.text = format!("{}\n{text}", last.text),
            None => sections.push(Section { title, code, depth: 0, text }),
        }
    }
    if let [only] = sections.as_mut_slice() {
        let same = only.title == kind.text || kind.codings.iter().any(|one| one.display == only.title);
        if same {
            only.title.clear();
        }
    }
    sections
}

/// Text lines, and strings: some senders write documents line by line as ST.
fn is_text(obx: Segment<'_>) -> bool {
    finding::sort(obx) == Sort::Lines || matches!(obx.field(2).text().as_str(), "ST" | "")
}

fn attachments(group: &PatientGroup<'_>, filing: &mut Filing<'_, '_>) -> Vec<Attachment> {
    let mut attachments = Vec::new();
    for (obx, _) in observations(group).into_iter().filter(|(obx, _)| finding::sort(*obx) == Sort::File) {
        if let Some((attachment, original)) = finding::file(obx, filing) {
            attachments.push(attachment);
            filing.attachments.push(original);
        }
    }
    attachments
}

/// Observations of a document message that are measurements: results of their own.
fn measured(group: &PatientGroup<'_>, filing: &Filing<'_, '_>) -> Vec<Change> {
    let values = observations(group)
        .into_iter()
        .filter(|(obx, _)| finding::sort(*obx) == Sort::Value && !is_text(*obx));
    values
        .filter(|(obx, _)| !obx.field(3).is_empty())
        .map(|(obx, note)| {
            let what = obx.field(3).component(1).text();
            let key = filing.entry_key("OBX", &format!("{}/{}/{what}", filing.desk.control_id, obx.number));
            filing.entry(key, EntryContent::Result(finding::read(obx, note, filing)))
        })
        .collect()
}
