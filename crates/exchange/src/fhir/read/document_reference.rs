//! `DocumentReference`: a document as files.

use chart::coded::Coded;
use chart::document::{DocumentContent, DocumentStatus, Relation, Section};
use chart::intake::{Change, KeyKind, Refusal, SourceKey};
use serde::Deserialize;

use super::datatype::{Extension, FhirAttachment, FhirIdentifier, List, Reference, Text};
use super::document;
use super::narrative;
use super::reading::Reading;
use crate::fhir::own;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Content {
    attachment: FhirAttachment,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Context {
    encounter: List<Reference>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RelatesTo {
    code: Text,
    target: Reference,
    extension: List<Extension>,
}

/// The document as it now stands.
pub(super) fn change(reading: &Reading<'_>) -> Result<Change, Refusal> {
    let context: Context = reading.one("context").unwrap_or_default();
    let encounter = context.encounter.0.iter().find_map(|one| reading.key_of(one));
    Ok(Change::Document {
        key: reading.key.clone(),
        patient: reading.required_patient()?,
        encounter: encounter.filter(|key| key.kind == KeyKind::Encounter),
        content: Box::new(content(reading)),
    })
}

fn content(reading: &Reading<'_>) -> DocumentContent {
    let (attachments, sections) = files(reading);
    let kind = document::kind(reading);
    let master = reading.one::<FhirIdentifier>("masterIdentifier").map(Into::into);
    let mut identifiers: Vec<_> = master.into_iter().chain(reading.identifiers()).collect();
    identifiers.dedup();
    DocumentContent {
        title: title(reading, &kind, &attachments),
        kind,
        status: status(reading),
        written: reading.when("date"),
        authors: reading.all_named("author"),
        signatures: authenticator(reading),
        sections,
        attachments,
        relation: relation(reading),
        identifiers,
    }
}

/// The title of the first file, else the words of the type. `description` often begins the text again, so it is last.
fn title(reading: &Reading<'_>, kind: &Coded, files: &[chart::document::Attachment]) -> String {
    let of_file = files.first().map(|file| file.title.clone());
    let all = [of_file.unwrap_or_default(), kind.text.clone(), reading.text("description")];
    all.into_iter().find(|title| !title.is_empty()).unwrap_or_default()
}

fn status(reading: &Reading<'_>) -> DocumentStatus {
    if reading.text("status") == "superseded" {
        return DocumentStatus::Superseded;
    }
    match reading.text("docStatus").as_str() {
        "final" => DocumentStatus::Final,
        "amended" => DocumentStatus::Amended,
        _ if !reading.extensions(own::DICTATED).is_empty() => DocumentStatus::Dictated,
        _ => DocumentStatus::Preliminary,
    }
}

/// R4 names one who authenticated, without a time.
fn authenticator(reading: &Reading<'_>) -> Vec<chart::document::Attestation> {
    let by = reading.named("authenticator");
    by.map(|by| chart::document::Attestation { by, meaning: "legal".into(), at: None }).into_iter().collect()
}

fn files(reading: &Reading<'_>) -> (Vec<chart::document::Attachment>, Vec<Section>) {
    let (mut files, mut sections) = (Vec::new(), Vec::new());
    for (at, sent) in reading.many::<Content>("content").iter().enumerate() {
        let place = format!("/content/{at}/attachment");
        let Some((file, text)) = narrative::file(reading, &place, &sent.attachment) else { continue };
        files.push(file);
        sections.extend(text.map(|text| Section { text, ..Section::default() }));
    }
    (files, sections)
}

fn relation(reading: &Reading<'_>) -> Option<Relation> {
    let sent: Vec<RelatesTo> = reading.many("relatesTo");
    sent.iter().find_map(|one| {
        let target = reading.key_of(&one.target)?;
        document::relation(reading, &one.code.0, &one.extension.0, document_key(target))
    })
}

/// A document, also where only an identifier is given.
fn document_key(key: SourceKey) -> SourceKey {
    SourceKey { kind: KeyKind::Document, ..key }
}
