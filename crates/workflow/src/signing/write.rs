//! Writing a document in a chart, and changing it until it is signed.

use chart::access::Permission;
use chart::coded::{Coded, system};
use chart::document::{Document, DocumentContent, DocumentStatus};
use chart::document_template::{revised, sections};
use chart::document_type::document_types;
use chart::id::{DocumentId, EncounterId, PatientId};
use chart::intake::{Channel, Origin};
use chart::signature::Meaning;
use serde_json::json;
use store::signatures::{self, Request, Whom};
use store::{Reader, Store};

use super::{Me, me};
use crate::{Context, Error, Result, completeness, gate};

/// What somebody writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writing {
    /// Whose record.
    pub patient: PatientId,
    /// In which encounter.
    pub encounter: Option<EncounterId>,
    /// Its type, by the department's key.
    pub document_type: String,
    /// Its title; the type's when empty.
    pub title: String,
    /// Its text, with the headings of its template.
    pub text: String,
}

/// Writes a document, to be signed afterwards.
///
/// # Errors
/// [`Error::Refused`] when the type or the encounter does not fit, or when there is no text.
pub async fn write(store: &Store, context: &mut Context, writing: Writing) -> Result<Document> {
    let mut tx = store.begin().await?;
    let patient = gate::open(&mut tx, context, writing.patient, Permission::DocumentWrite).await?;
    check_encounter(&mut tx, writing.encounter, patient.id).await?;
    let me = me(&mut tx, context).await?;
    let document = new(context, &me, Writing { patient: patient.id, ..writing })?;
    store::documents::insert(&mut tx, &document).await?;
    signatures::ask(&mut tx, &own_signature(context, &me, document.id)?).await?;
    completeness::ask(&mut tx, context, patient.id).await?;
    let event = context.event("document-write").patient(patient.id).object("document", document.id);
    tx.commit(event.detail(json!({ "type": document.content.type_key() }))).await?;
    Ok(document)
}

/// Who writes is asked to sign.
fn own_signature(context: &Context, me: &Me, document: DocumentId) -> Result<Request> {
    let user = context.user().ok_or_else(|| Error::refused("only somebody who is signed in writes"))?;
    Ok(Request {
        document,
        signer: Whom::Account(user),
        meaning: Meaning::Author.key().into(),
        asked: context.at,
        asked_by: me.actor.name.clone(),
    })
}

/// A document as it is written here, not stored yet.
pub(crate) fn new(context: &mut Context, me: &Me, writing: Writing) -> Result<Document> {
    let Writing { patient, encounter, document_type, title, text } = writing;
    let kind = document_types().by_key(&document_type);
    let kind = kind.ok_or_else(|| Error::refused(format!("`{document_type}` is no document type")))?;
    let sections = sections(kind.key, &text);
    if sections.is_empty() {
        return Err(Error::refused("there is no text yet: write something under a heading"));
    }
    let title = if title.trim().is_empty() { kind.title.to_owned() } else { title.trim().to_owned() };
    let content = DocumentContent {
        kind: Coded::new(system::DOCUMENT_TYPE, kind.key, kind.title),
        title,
        status: DocumentStatus::Preliminary,
        written: Some(context.at.into()),
        authors: vec![me.named.clone()],
        sections,
        ..DocumentContent::default()
    };
    let origin = Origin { channel: Channel::Hand, key: None, original: None, received: context.at };
    Ok(Document { id: context.id(DocumentId::from_bits), version: 1, patient, encounter, content, origin })
}

pub(crate) async fn check_encounter(
    reader: &mut Reader,
    encounter: Option<EncounterId>,
    patient: PatientId,
) -> Result<()> {
    let Some(encounter) = encounter else { return Ok(()) };
    if store::encounters::get(reader, encounter).await?.patient != patient {
        return Err(Error::refused("the encounter is another patient's: choose one of this patient"));
    }
    Ok(())
}

/// Changes a document of one's own that nobody has signed. The earlier version is kept.
///
/// # Errors
/// [`Error::Refused`] when it is signed, another's, or was changed after it was read.
pub async fn revise(
    store: &Store,
    context: &mut Context,
    (id, version): (DocumentId, i64),
    title: &str,
    text: &str,
) -> Result<i64> {
    let mut tx = store.begin().await?;
    let mut document = store::documents::get(&mut tx, id).await?;
    let patient = gate::open(&mut tx, context, document.patient, Permission::DocumentWrite).await?;
    let me = me(&mut tx, context).await?;
    let signed = !store::signatures::of_document(&mut tx, id).await?.is_empty();
    if signed || document.content.status != DocumentStatus::Preliminary {
        return Err(Error::refused("a signed document is locked: write an addendum or a correction"));
    }
    if !me.wrote(&document) {
        return Err(Error::refused("only its author changes it"));
    }
    let kind = document.content.type_key().unwrap_or_default();
    let sections = revised(kind, &document.content.sections, text);
    if sections.is_empty() {
        return Err(Error::refused("there is no text left: write something under a heading"));
    }
    if !title.trim().is_empty() {
        title.trim().clone_into(&mut document.content.title);
    }
    document.content.sections = sections;
    document.version = version;
    document.origin = Origin { received: context.at, ..document.origin };
    let version = store::documents::update(&mut tx, &document).await?;
    completeness::ask(&mut tx, context, patient.id).await?;
    let event = context.event("document-revise").patient(patient.id).object("document", id);
    tx.commit(event.detail(json!({ "version": version }))).await?;
    Ok(version)
}
