//! Clinical documents (CDA R2, C-CDA R2.1): header, sections and the entries the chart has a place for.
//!
//! [`read`] gives an [`Arrival`]: the patient, the encounter of the header, the document with all its sections as
//! plain text (or its embedded file), and an entry for each problem, allergy, medication, vaccination, result, vital
//! sign and procedure. Which section gives what is `data/exchange/cda/section.tsv`; the mapping is told in
//! `docs/cda.md`.

mod body;
mod conditions;
mod desk;
mod drugs;
mod entries;
mod header;
mod measures;
mod narrative;
mod types;
mod xml;

use chart::encounter::Movement;
use chart::intake::{Arrival, Change, Channel, Extent, Original, Refusal};
use roxmltree::Node;

pub use crate::hl7::Source;

use desk::Desk;
use entries::Filing;
use xml::{attribute, child, children};

/// The media type of clinical documents as originals.
pub const MEDIA_TYPE: &str = "application/hl7-cda+xml";

/// Reads a clinical document.
///
/// # Errors
/// When the bytes are no clinical document, or it names no patient by which it could be filed.
pub fn read(bytes: &[u8], source: &Source) -> Result<Arrival, Refusal> {
    let text = xml::decode(bytes)?;
    let document = xml::parse(&text)?;
    let root = document.root_element();
    if !xml::is(root, "ClinicalDocument") {
        let what = format!(
            "the root is `{}`; a clinical document begins with ClinicalDocument of {}",
            root.tag_name().name(),
            xml::CDA
        );
        return Err(Refusal { place: "/".into(), what });
    }
    let desk = Desk::new(&source.zone, &document);
    let (changes, attachments) = changes(root, bytes, source, &desk)?;
    Ok(Arrival {
        channel: Channel::Ccda,
        kind: kind(root),
        original: Original { media_type: MEDIA_TYPE.into(), bytes: bytes.to_vec() },
        changes,
        attachments,
        remarks: desk.into_remarks(),
    })
}

/// `Discharge summary (C-CDA)`, or the title where the code has no words.
fn kind(root: Node<'_, '_>) -> String {
    let words = child(root, "code").and_then(|code| attribute(code, "displayName")).map(str::to_owned);
    let title = || child(root, "title").map(xml::words).filter(|title| !title.is_empty());
    format!("{} (C-CDA)", words.or_else(title).unwrap_or_else(|| "Document".into()))
}

fn changes(
    root: Node<'_, '_>,
    bytes: &[u8],
    source: &Source,
    desk: &Desk<'_, '_>,
) -> Result<(Vec<Change>, Vec<Original>), Refusal> {
    let role = header::patient_role(root, desk)?;
    let patient = header::patient_key(role)?;
    let key = header::document_key(root, bytes, &source.name, desk);
    let body = body::read(root, desk)?;
    let mut demographics = header::demographics(role, desk);
    demographics.contacts.extend(header::contacts(root, desk));
    let mut changes = vec![Change::Patient {
        key: patient.clone(),
        demographics: Box::new(demographics),
        extent: Extent::Partial,
    }];
    let encounter = header::encounter(root, desk).map(|(key, visit)| {
        let visit = Box::new(visit);
        changes.push(Change::Encounter {
            key: key.clone(),
            patient: patient.clone(),
            visit,
            movement: Movement::Update,
            extent: Extent::Partial,
        });
        key
    });
    let mut content = header::document(root, desk);
    (content.sections, content.attachments) = (body.sections, body.attachments);
    remark_confidentiality(root, desk);
    changes.push(Change::Document {
        key: key.clone(),
        patient: patient.clone(),
        encounter: encounter.clone(),
        content: Box::new(content),
    });
    let filing = Filing { desk, document: &key, patient: &patient, encounter: encounter.as_ref() };
    changes.extend(entries::changes(&body.elements, &filing));
    Ok((changes, body.files))
}

/// Documents marked restricted or very restricted have no mark in the chart; a person must decide.
fn remark_confidentiality(root: Node<'_, '_>, desk: &Desk<'_, '_>) {
    for code in children(root, "confidentialityCode") {
        if matches!(attribute(code, "code"), Some("R" | "V")) {
            desk.remark(code, "marked as restricted; restrict the chart by hand if so");
        }
    }
}
