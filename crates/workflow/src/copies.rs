//! A chart whole, to be copied on paper.

use chart::access::Permission;
use chart::document::{Document, DocumentVersion};
use chart::encounter::Encounter;
use chart::entry::Entry;
use chart::id::PatientId;
use chart::intake::Original;
use chart::patient::Patient;
use chart::signature::Signature;
use serde_json::json;
use store::{Page, Reader, Store};

use crate::{Context, Result, clarifying, gate};

/// Rows of a kind that a copy holds at most: a chart with more is copied by encounter.
const MOST: u32 = 50_000;

/// Everything of a chart.
#[derive(Debug, Clone)]
pub struct Whole {
    /// Whose it is.
    pub patient: Patient,
    /// Encounters, the latest first.
    pub encounters: Vec<Encounter>,
    /// Documents with their earlier versions and the pictures that belong to them.
    pub documents: Vec<Paper>,
    /// Entries, the latest first.
    pub entries: Vec<Entry>,
}

/// A document with what belongs to it.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Its newest version.
    pub document: Document,
    /// Its earlier versions, the first first.
    pub earlier: Vec<DocumentVersion>,
    /// Its pages as pictures, in order.
    pub pictures: Vec<Original>,
    /// Signatures made here, under all its versions.
    pub signatures: Vec<Signature>,
}

/// Reads a chart whole.
pub async fn whole(store: &Store, context: &Context, id: PatientId) -> Result<Whole> {
    let mut view = store.view().await?;
    let patient = gate::open(&mut view, context, id, Permission::ChartPrint).await?;
    let page = Page::first(MOST);
    let filter = store::encounters::Filter { patient: Some(patient.id), ..Default::default() };
    let encounters = store::encounters::list(&mut view, &filter, page).await?;
    let filter = store::entries::Filter { patient: Some(patient.id), ..Default::default() };
    let entries = store::entries::list(&mut view, &filter, page).await?;
    let signatures = store::signatures::of_patients(&mut view, &[patient.id]).await?;
    let mut documents = Vec::new();
    for document in store::documents::list(&mut view, &store::documents::Filter::of(patient.id), page).await?
    {
        documents.push(paper(&mut view, document, &signatures).await?);
    }
    documents.extend(queries(&mut view, patient.id).await?);
    let counts = json!({ "documents": documents.len(), "entries": entries.len() });
    view.finish(context.event("chart-print").patient(patient.id).detail(counts)).await?;
    Ok(Whole { patient, encounters, documents, entries })
}

/// The answered queries that are kept with the legal record, each as a paper of its own.
async fn queries(reader: &mut Reader, patient: PatientId) -> Result<Vec<Paper>> {
    let filter = store::queries::Filter { patient: Some(patient), ..Default::default() };
    let found = store::queries::list(reader, &filter, Page::first(MOST)).await?;
    let papers = found.iter().filter_map(clarifying::printed);
    let bare =
        |document| Paper { document, earlier: Vec::new(), pictures: Vec::new(), signatures: Vec::new() };
    Ok(papers.map(bare).collect())
}

async fn paper(reader: &mut Reader, document: Document, signed: &[(PatientId, Signature)]) -> Result<Paper> {
    let earlier = if document.version > 1 {
        store::documents::versions(reader, document.id).await?
    } else {
        Vec::new()
    };
    let mut pictures = Vec::new();
    for attachment in &document.content.attachments {
        if attachment.media_type.starts_with("image/") {
            pictures.extend(store::originals::get(reader, attachment.digest).await?);
        }
    }
    let signatures =
        signed.iter().map(|(_, one)| one).filter(|one| one.document == document.id).cloned().collect();
    Ok(Paper { document, earlier, pictures, signatures })
}
