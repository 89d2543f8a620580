//! A document as `Composition` (sections and signatures, without loss) and as `DocumentReference` (files).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chart::date::When;
use chart::document::{
    Attestation, Document, DocumentContent, DocumentStatus, Relation, RelationKind, Section,
};

use super::datatype::{attachment, concept, extension, identifier, key, named, reference, required, when};
use super::{Refs, narrative, resource};
use crate::fhir::json::{Json, Object};
use crate::fhir::own;

/// The modes of signing that R4 knows; any other meaning is an extension beside `official`.
const MODES: [&str; 4] = ["personal", "professional", "legal", "official"];

/// The document with its sections.
#[must_use]
pub fn composition(document: &Document, refs: &dyn Refs) -> Json {
    let content = &document.content;
    let mut numbers = content.identifiers.iter().map(identifier);
    let id = document.id.to_string();
    resource("Composition", &id, document.version, Some(&document.origin))
        .maybe("identifier", numbers.next())
        .list("extension", extensions(content, numbers))
        .with("status", status(content.status))
        .with("type", required(concept(&content.kind)))
        .with("subject", reference(format!("Patient/{}", document.patient)))
        .maybe("encounter", document.encounter.map(|id| reference(format!("Encounter/{id}"))))
        .maybe("date", content.written.map(when))
        .list("author", authors(content, refs))
        .with("title", if content.title.is_empty() { "Untitled" } else { &content.title })
        .list("attester", content.signatures.iter().map(|one| attester(one, refs)))
        .list("relatesTo", content.relation.as_ref().map(|one| relates_to(one, "targetReference", refs)))
        .list("section", nested(&content.sections, 0))
        .into()
}

const fn status(status: DocumentStatus) -> &'static str {
    match status {
        DocumentStatus::Dictated | DocumentStatus::Preliminary => "preliminary",
        DocumentStatus::Final | DocumentStatus::Superseded => "final",
        DocumentStatus::Amended => "amended",
        DocumentStatus::EnteredInError => "entered-in-error",
    }
}

fn extensions(content: &DocumentContent, further: impl Iterator<Item = Object>) -> Vec<Object> {
    let state = match content.status {
        DocumentStatus::Dictated => Some(extension(own::DICTATED, "valueBoolean", true)),
        DocumentStatus::Superseded => Some(extension(own::SUPERSEDED, "valueBoolean", true)),
        _ => None,
    };
    let files =
        content.attachments.iter().map(|one| extension(own::ATTACHMENT, "valueAttachment", attachment(one)));
    let numbers = further.map(|one| extension(own::IDENTIFIER, "valueIdentifier", one));
    state.into_iter().chain(files).chain(numbers).collect()
}

/// R4 demands an author.
fn authors(content: &DocumentContent, refs: &dyn Refs) -> Vec<Object> {
    let authors: Vec<Object> = content.authors.iter().map(|one| named(one, refs)).collect();
    if authors.is_empty() { vec![required(Object::new())] } else { authors }
}

fn attester(one: &Attestation, refs: &dyn Refs) -> Object {
    let known = MODES.contains(&one.meaning.as_str());
    let meaning = (!known).then(|| extension(own::MEANING, "valueString", &one.meaning));
    Object::new()
        .list("extension", meaning)
        .with("mode", if known { &one.meaning } else { "official" })
        .maybe("time", one.at.map(when))
        .with("party", named(&one.by, refs))
}

fn relates_to(one: &Relation, target: &'static str, refs: &dyn Refs) -> Object {
    let amends =
        matches!(one.kind, RelationKind::Amends).then(|| extension(own::AMENDS, "valueBoolean", true));
    let code = if matches!(one.kind, RelationKind::Replaces) { "replaces" } else { "appends" };
    Object::new().list("extension", amends).with("code", code).with(target, key(&one.target, refs))
}

/// The sections of this depth, each with the deeper ones that follow it inside it.
fn nested(sections: &[Section], depth: u8) -> Vec<Object> {
    let mut written = Vec::new();
    let mut rest = sections;
    while let Some((first, after)) = rest.split_first() {
        let inside = after.iter().take_while(|section| section.depth > depth).count();
        let (inner, next) = after.split_at(inside);
        written.push(section(first, nested(inner, depth.saturating_add(1))));
        rest = next;
    }
    written
}

fn section(one: &Section, inner: Vec<Object>) -> Object {
    Object::new()
        .with("title", &one.title)
        .maybe("code", one.code.as_ref().map(concept))
        .with("text", narrative::narrative(&one.text))
        .list("section", inner)
}

/// The document as files: its text, when it has any, and the files that belong to it.
#[must_use]
pub fn document_reference(document: &Document, refs: &dyn Refs) -> Json {
    let content = &document.content;
    let context =
        document.encounter.map(|id| Object::new().list("encounter", [reference(format!("Encounter/{id}"))]));
    let state = match content.status {
        DocumentStatus::Superseded => "superseded",
        DocumentStatus::EnteredInError => "entered-in-error",
        _ => "current",
    };
    let mut files: Vec<Object> = text_file(content).into_iter().collect();
    files.extend(content.attachments.iter().map(attachment));
    if files.is_empty() {
        files.push(required(Object::new()));
    }
    let id = document.id.to_string();
    resource("DocumentReference", &id, document.version, Some(&document.origin))
        .list("identifier", content.identifiers.iter().map(identifier))
        .with("status", state)
        .with("docStatus", status(content.status))
        .with("type", concept(&content.kind))
        .with("subject", reference(format!("Patient/{}", document.patient)))
        .maybe("date", content.written.filter(|at| matches!(at, When::Instant(_))).map(when))
        .list("author", content.authors.iter().map(|one| named(one, refs)))
        .maybe("authenticator", content.signatures.last().map(|one| named(&one.by, refs)))
        .list("relatesTo", content.relation.as_ref().map(|one| relates_to(one, "target", refs)))
        .with("description", &content.title)
        .list("content", files.into_iter().map(|file| Object::new().with("attachment", file)))
        .maybe("context", context)
        .into()
}

/// The sections as one plain text.
fn text_file(content: &DocumentContent) -> Option<Object> {
    let text = content.plain_text();
    let file = Object::new()
        .with("contentType", "text/plain; charset=utf-8")
        .with("data", STANDARD.encode(&text))
        .with("title", &content.title);
    (!text.trim().is_empty()).then_some(file)
}
