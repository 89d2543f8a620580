//! `Composition`: a document as sections.

use chart::coded::Coded;
use chart::date::When;
use chart::document::{Attachment, Attestation, DocumentContent, DocumentStatus, Relation, Section};
use chart::intake::{Change, KeyKind, Refusal, SourceKey};
use serde::Deserialize;

use super::datatype::{Concept, Extension, FhirIdentifier, List, Narrative, Reference, Text};
use super::document;
use super::narrative;
use super::reading::Reading;
use crate::fhir::own;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Attester {
    mode: Text,
    time: Text,
    party: Reference,
    extension: List<Extension>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct RelatesTo {
    code: Text,
    target_reference: Option<Reference>,
    target_identifier: Option<FhirIdentifier>,
    extension: List<Extension>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct FhirSection {
    title: Text,
    code: Option<Concept>,
    text: Narrative,
    empty_reason: Option<Concept>,
    section: List<FhirSection>,
}

/// The document as it now stands.
pub(super) fn change(reading: &Reading<'_>) -> Result<Change, Refusal> {
    Ok(Change::Document {
        key: reading.key.clone(),
        patient: reading.required_patient()?,
        encounter: reading.encounter(),
        content: Box::new(content(reading)),
    })
}

fn content(reading: &Reading<'_>) -> DocumentContent {
    let kind = document::kind(reading);
    let title = reading.text("title");
    DocumentContent {
        title: if title.is_empty() { kind.text.clone() } else { title },
        kind,
        status: status(reading),
        written: reading.when("date"),
        authors: reading.all_named("author"),
        signatures: reading
            .many::<Attester>("attester")
            .iter()
            .filter_map(|one| signature(reading, one))
            .collect(),
        sections: sections(reading),
        attachments: attachments(reading),
        relation: reading.many::<RelatesTo>("relatesTo").iter().find_map(|one| relation(reading, one)),
        identifiers: identifiers(reading),
    }
}

fn status(reading: &Reading<'_>) -> DocumentStatus {
    let own = |url| !reading.extensions(url).is_empty();
    match reading.text("status").as_str() {
        _ if own(own::SUPERSEDED) => DocumentStatus::Superseded,
        "final" => DocumentStatus::Final,
        "amended" => DocumentStatus::Amended,
        _ if own(own::DICTATED) => DocumentStatus::Dictated,
        _ => DocumentStatus::Preliminary,
    }
}

fn signature(reading: &Reading<'_>, attester: &Attester) -> Option<Attestation> {
    let by = reading.named_of(&attester.party)?;
    let at: Option<When> = reading.when_text("attester/time", &attester.time.0);
    let own = attester.extension.0.iter().find(|one| one.url.0 == own::MEANING);
    let meaning = own.map_or(&attester.mode, |one| &one.value_string).0.clone();
    Some(Attestation { by, meaning, at })
}

/// The sections, a chapter's own before those inside it.
fn sections(reading: &Reading<'_>) -> Vec<Section> {
    let mut all = Vec::new();
    for section in reading.many::<FhirSection>("section") {
        lay_out(section, 0, &mut all);
    }
    all
}

fn lay_out(sent: FhirSection, depth: u8, all: &mut Vec<Section>) {
    let mut text = narrative::plain(&sent.text.div);
    if let (true, Some(reason)) = (text.is_empty(), sent.empty_reason) {
        text = Coded::from(reason).text;
    }
    let code = sent.code.map(Coded::from).filter(|code| !code.is_empty());
    all.push(Section { title: sent.title.0, code, depth, text });
    for inner in sent.section.0 {
        lay_out(inner, depth.saturating_add(1), all);
    }
}

fn attachments(reading: &Reading<'_>) -> Vec<Attachment> {
    let own = reading.extensions(own::ATTACHMENT);
    own.iter().filter_map(|one| reading.attachment("/extension", one.value_attachment.as_ref()?)).collect()
}

fn relation(reading: &Reading<'_>, sent: &RelatesTo) -> Option<Relation> {
    let by_reference = sent.target_reference.as_ref().and_then(|one| reading.key_of(one));
    let by_identifier = || {
        let identifier = sent.target_identifier.as_ref()?;
        Some(SourceKey::new(&identifier.system.0, KeyKind::Document, &identifier.value.0))
    };
    let target = by_reference.or_else(by_identifier)?;
    document::relation(
        reading,
        &sent.code.0,
        &sent.extension.0,
        SourceKey { kind: KeyKind::Document, ..target },
    )
}

/// R4 has one identifier; further ones of ours are extensions.
fn identifiers(reading: &Reading<'_>) -> Vec<chart::patient::Identifier> {
    let further = reading.extensions(own::IDENTIFIER).into_iter();
    let further = further.filter_map(|one| one.value_identifier).map(Into::into);
    reading.identifiers().into_iter().chain(further).collect()
}
