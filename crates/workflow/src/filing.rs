//! Scans and files: uploaded, and filed with a patient, an encounter and a type.

use chart::access::Permission;
use chart::coded::{Coded, system};
use chart::date::When;
use chart::directory::Named;
use chart::document::{Attachment, Document, DocumentContent, DocumentStatus, Section};
use chart::id::{ArrivalId, Digest, DocumentId, EncounterId, PatientId};
use chart::intake::{Channel, Origin, Original};
use serde_json::json;
use store::arrivals::{self, Arrival, Filter, State};
use store::{Page, Store, Tx};

use crate::{Context, Error, Result, completeness, gate};

/// Media types that may be uploaded, with the bytes they begin with: a file is what it is, whatever it is called.
const MEDIA: [(&str, &[u8]); 6] = [
    ("application/pdf", b"%PDF-"),
    ("image/png", b"\x89PNG\r\n\x1a\n"),
    ("image/jpeg", b"\xff\xd8\xff"),
    ("image/tiff", b"II*\0"),
    ("image/tiff", b"MM\0*"),
    ("image/gif", b"GIF8"),
];

/// A file as somebody uploads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its name, to recognise it by.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Where a file belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Whose it is.
    pub patient: PatientId,
    /// The encounter it belongs to.
    pub encounter: Option<EncounterId>,
    /// Its type, by the department's key.
    pub document_type: String,
    /// Its title; the type's when empty.
    pub title: String,
    /// When it was written, if that is known.
    pub written: Option<When>,
    /// Who wrote it, if that can be read.
    pub author: String,
}

/// Takes a file that nobody has filed yet: it waits in the indexing queue.
pub async fn upload(store: &Store, context: &mut Context, file: Upload) -> Result<ArrivalId> {
    context.must(Permission::DocumentUpload)?;
    let mut tx = store.begin().await?;
    let arrival = keep(&mut tx, context, file).await?;
    tx.commit(context.event("document-upload").object("arrival", arrival.id)).await?;
    Ok(arrival.id)
}

/// Takes a file and files it at once.
pub async fn upload_to(store: &Store, context: &mut Context, file: Upload, place: Place) -> Result<Document> {
    context.must(Permission::DocumentUpload)?;
    let mut tx = store.begin().await?;
    let arrival = keep(&mut tx, context, file).await?;
    file_in(tx, context, arrival, place).await
}

/// Files what waits in the indexing queue.
///
/// # Errors
/// [`Error::Refused`] when it is filed already, or the type or encounter does not fit.
pub async fn index(store: &Store, context: &mut Context, id: ArrivalId, place: Place) -> Result<Document> {
    context.must(Permission::DocumentIndex)?;
    let mut tx = store.begin().await?;
    let arrival = unfiled(&mut tx, id).await?;
    file_in(tx, context, arrival, place).await
}

/// What waits to be filed, the latest first, and how much it is.
pub async fn queue(store: &Store, context: &Context, page: Page) -> Result<(Vec<Arrival>, i64)> {
    context.must(Permission::DocumentIndex)?;
    let mut view = store.view().await?;
    let filter = Filter { states: vec![State::Waiting], channel: Some(Channel::Upload), ..Filter::default() };
    let found = arrivals::list(&mut view, &filter, page).await?;
    let count = arrivals::count(&mut view, &filter).await?;
    view.close().await?;
    Ok((found, count))
}

/// A file that waits to be filed.
pub async fn waiting(store: &Store, context: &Context, id: ArrivalId) -> Result<(Arrival, Original)> {
    context.must(Permission::DocumentIndex)?;
    let mut view = store.view().await?;
    let arrival = arrivals::by_id(&mut view, id).await?.ok_or_else(|| missing(id))?;
    let original = store::originals::get(&mut view, arrival.original).await?.ok_or_else(|| missing(id))?;
    view.finish(context.event("upload-read").object("arrival", id)).await?;
    Ok((arrival, original))
}

async fn keep(tx: &mut Tx, context: &mut Context, file: Upload) -> Result<Arrival> {
    let media_type = media_type(&file.bytes)?;
    let original = Original { media_type: media_type.into(), bytes: file.bytes };
    let digests = store::originals::put(tx, &[&original]).await?;
    let arrival = Arrival {
        id: context.id(ArrivalId::from_bits),
        channel: Channel::Upload,
        sender: "upload".into(),
        control_id: None,
        kind: file.name.chars().take(120).collect(),
        original: digests[0],
        mended_from: None,
        received: context.at,
        state: State::Waiting,
        reason: String::new(),
        order_key: None,
        patient: None,
        attempts: 0,
        updated: context.at,
    };
    arrivals::record(tx, &arrival).await?;
    Ok(arrival)
}

/// What a file is by its first bytes; text when it is UTF-8 without control characters.
fn media_type(bytes: &[u8]) -> Result<&'static str> {
    if let Some((media_type, _)) = MEDIA.iter().find(|(_, begins)| bytes.starts_with(begins)) {
        return Ok(media_type);
    }
    let is_text = std::str::from_utf8(bytes).is_ok_and(|text| {
        !text.is_empty() && !text.contains(|c: char| c.is_control() && !c.is_ascii_whitespace())
    });
    if is_text {
        Ok("text/plain")
    } else {
        Err(Error::refused("the file is no PDF, PNG, JPEG, TIFF, GIF or plain text"))
    }
}

async fn unfiled(tx: &mut Tx, id: ArrivalId) -> Result<Arrival> {
    let arrival = arrivals::by_id(tx, id).await?.ok_or_else(|| missing(id))?;
    if arrival.state != State::Waiting || arrival.channel != Channel::Upload {
        return Err(Error::refused("this file is filed already"));
    }
    Ok(arrival)
}

async fn file_in(mut tx: Tx, context: &mut Context, arrival: Arrival, place: Place) -> Result<Document> {
    let patient = gate::open(&mut tx, context, place.patient, Permission::DocumentUpload).await?;
    let Some(kind) = chart::document_type::document_types().by_key(&place.document_type) else {
        return Err(Error::refused(format!("`{}` is no document type", place.document_type)));
    };
    if let Some(encounter) = place.encounter
        && store::encounters::get(&mut tx, encounter).await?.patient != patient.id
    {
        return Err(Error::refused("the encounter is another patient's: choose one of this patient"));
    }
    let original =
        store::originals::get(&mut tx, arrival.original).await?.ok_or_else(|| missing(arrival.id))?;
    let title =
        if place.title.trim().is_empty() { kind.title.to_owned() } else { place.title.trim().to_owned() };
    let id = context.id(DocumentId::from_bits);
    let document = Document {
        id,
        version: 1,
        patient: patient.id,
        encounter: place.encounter,
        content: DocumentContent {
            kind: Coded::new(system::DOCUMENT_TYPE, kind.key, kind.title),
            title,
            status: DocumentStatus::Preliminary,
            written: place.written,
            authors: author(&place.author),
            sections: sections(&original),
            attachments: vec![Attachment {
                media_type: original.media_type.clone(),
                title: arrival.kind.clone(),
                digest: Digest::of(&original.bytes),
                bytes: original.bytes.len() as u64,
            }],
            ..DocumentContent::default()
        },
        origin: Origin {
            channel: Channel::Upload,
            key: None,
            original: Some(arrival.original),
            received: context.at,
        },
    };
    store::documents::insert(&mut tx, &document).await?;
    completeness::ask(&mut tx, context, patient.id).await?;
    arrivals::set_state(&mut tx, arrival.id, State::Applied, "filed", Some(patient.id), context.at).await?;
    let event = context.event("document-file").patient(patient.id).object("document", id);
    tx.commit(event.detail(json!({ "type": kind.key, "arrival": arrival.id }))).await?;
    Ok(document)
}

fn author(name: &str) -> Vec<Named> {
    let name = name.trim();
    if name.is_empty() { Vec::new() } else { vec![Named { name: name.into(), key: None }] }
}

/// The words of a text file; scans have none until somebody types them.
fn sections(original: &Original) -> Vec<Section> {
    match std::str::from_utf8(&original.bytes) {
        Ok(text) if original.media_type == "text/plain" => {
            vec![Section { text: text.into(), ..Section::default() }]
        }
        _ => Vec::new(),
    }
}

fn missing(id: ArrivalId) -> Error {
    Error::Missing { what: "file", id: id.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        assert_eq!(media_type(b"%PDF-1.7 ...").unwrap(), "application/pdf");
        assert_eq!(media_type("Chère maman\n".as_bytes()).unwrap(), "text/plain");
        assert!(media_type(b"MZ\x90\x00").is_err());
        assert!(media_type(b"").is_err());
    }
}
