//! Reading a chart: every function says who read what in the audit trail before it gives anything.

use chart::access::Permission;
use chart::amendment::Amendment;
use chart::document::{Document, DocumentVersion};
use chart::encounter::Encounter;
use chart::entry::{Entry, EntryContent};
use chart::id::{Digest, DocumentId, EncounterId, EntryId, PatientId};
use chart::intake::Original;
use chart::patient::Patient;
use chart::signature::Signature;
use serde_json::json;
use store::{Page, Reader, Store, View};

use crate::clarifying::asked;
use crate::{Context, Error, Result, gate};

/// Allergies that a banner shows at most.
const MOST_ALLERGIES: u32 = 50;

/// What stands above every page of a chart.
#[derive(Debug, Clone)]
pub struct Banner {
    /// Who it is.
    pub patient: Patient,
    /// Allergies and that there are none.
    pub allergies: Vec<Entry>,
    /// Record numbers that were merged into this chart.
    pub merged: Vec<Patient>,
}

/// Which part of a chart is read.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// Its name in the audit trail: `results`, `documents`.
    pub name: &'static str,
    /// The encounters, if they are wanted.
    pub encounters: Option<Page>,
    /// The documents that are wanted; whose they are is filled in.
    pub documents: Option<(store::documents::Filter, Page)>,
    /// The entries that are wanted; whose they are is filled in.
    pub entries: Option<(store::entries::Filter, Page)>,
}

impl Part {
    /// Who somebody is, where they stayed and who pays is no clinical content.
    fn permission(&self) -> Permission {
        let entries = self.entries.as_ref().is_none_or(|(filter, _)| filter.kinds == ["coverage"]);
        if self.documents.is_none() && entries { Permission::PatientRead } else { Permission::ChartRead }
    }
}

/// A part of a chart as it was read.
#[derive(Debug, Clone)]
pub struct Read {
    /// Who it is.
    pub banner: Banner,
    /// Encounters, the latest first.
    pub encounters: Vec<Encounter>,
    /// Documents, the latest first, and how many there are.
    pub documents: (Vec<Document>, i64),
    /// Entries, the latest first, and how many there are.
    pub entries: (Vec<Entry>, i64),
}

/// Reads a part of a chart.
pub async fn read(store: &Store, context: &Context, id: PatientId, part: Part) -> Result<Read> {
    let permission = part.permission();
    let mut view = store.view().await?;
    let patient = gate::open(&mut view, context, id, permission).await?;
    let id = patient.id;
    let encounters = match part.encounters {
        Some(page) => {
            let filter = store::encounters::Filter { patient: Some(id), ..Default::default() };
            store::encounters::list(&mut view, &filter, page).await?
        }
        None => Vec::new(),
    };
    let documents = match part.documents {
        Some((mut filter, page)) => {
            filter.patient = Some(id);
            let found = store::documents::list(&mut view, &filter, page).await?;
            (found, store::documents::count(&mut view, &filter).await?)
        }
        None => (Vec::new(), 0),
    };
    let entries = match part.entries {
        Some((mut filter, page)) => {
            filter.patient = Some(id);
            let found = store::entries::list(&mut view, &filter, page).await?;
            (found, store::entries::count(&mut view, &filter).await?)
        }
        None => (Vec::new(), 0),
    };
    let banner = banner(&mut view, patient).await?;
    view.finish(context.event("chart-read").patient(id).detail(json!({ "part": part.name }))).await?;
    Ok(Read { banner, encounters, documents, entries })
}

pub(crate) async fn banner(reader: &mut Reader, patient: Patient) -> Result<Banner> {
    let filter =
        store::entries::Filter { patient: Some(patient.id), kinds: vec!["allergy"], ..Default::default() };
    let allergies = store::entries::list(reader, &filter, Page::first(MOST_ALLERGIES)).await?;
    let merged = store::patients::merged_into(reader, patient.id).await?;
    Ok(Banner { patient, allergies, merged })
}

/// An encounter with its documents and entries.
#[derive(Debug, Clone)]
pub struct EncounterRead {
    /// Who it is.
    pub banner: Banner,
    /// The encounter.
    pub encounter: Encounter,
    /// Its documents, the latest first.
    pub documents: Vec<Document>,
    /// Its entries, the latest first.
    pub entries: Vec<Entry>,
    /// Its open documentation alerts, for those who may see them.
    pub alerts: Vec<store::alerts::Filed>,
}

/// Reads an encounter.
pub async fn encounter(
    store: &Store,
    context: &Context,
    id: EncounterId,
    page: Page,
) -> Result<EncounterRead> {
    let mut view = store.view().await?;
    let encounter = store::encounters::get(&mut view, id).await?;
    let patient = gate::open(&mut view, context, encounter.patient, Permission::ChartRead).await?;
    let filter = store::documents::Filter { encounter: Some(id), ..Default::default() };
    let documents = store::documents::list(&mut view, &filter, page).await?;
    let filter = store::entries::Filter { encounter: Some(id), ..Default::default() };
    let entries = store::entries::list(&mut view, &filter, page).await?;
    let alerts = open_alerts(&mut view, context, id, page).await?;
    let banner = banner(&mut view, patient).await?;
    finish(view, context, "encounter-read", banner.patient.id, ("encounter", id.to_string())).await?;
    Ok(EncounterRead { banner, encounter, documents, entries, alerts })
}

async fn open_alerts(
    reader: &mut Reader,
    context: &Context,
    encounter: EncounterId,
    page: Page,
) -> Result<Vec<store::alerts::Filed>> {
    if context.must(Permission::QueryRead).is_err() {
        return Ok(Vec::new());
    }
    let state = Some(store::alerts::AlertState::Open);
    let filter = store::alerts::Filter { state, encounter: Some(encounter), ..Default::default() };
    Ok(store::alerts::list(reader, &filter, page).await?)
}

/// A document with all its versions.
#[derive(Debug, Clone)]
pub struct DocumentRead {
    /// Who it is.
    pub banner: Banner,
    /// Its newest version.
    pub document: Document,
    /// Its earlier versions, the first first.
    pub versions: Vec<DocumentVersion>,
    /// The encounter it belongs to.
    pub encounter: Option<Encounter>,
    /// Signatures made here under all its versions, the oldest first.
    pub signatures: Vec<Signature>,
    /// What was written to it afterwards, or what it was written as.
    pub amendments: Vec<Amendment>,
}

/// Reads a document.
pub async fn document(store: &Store, context: &Context, id: DocumentId) -> Result<DocumentRead> {
    let mut view = store.view().await?;
    let document = store::documents::get(&mut view, id).await?;
    let patient = asked::open_document(&mut view, context, &document).await?;
    let versions = store::documents::versions(&mut view, id).await?;
    let encounter = match document.encounter {
        Some(encounter) => store::encounters::by_id(&mut view, encounter).await?,
        None => None,
    };
    let signatures = store::signatures::of_document(&mut view, id).await?;
    let amendments = store::amendments::around(&mut view, id).await?;
    let banner = banner(&mut view, patient).await?;
    finish(view, context, "document-read", banner.patient.id, ("document", id.to_string())).await?;
    Ok(DocumentRead { banner, document, versions, encounter, signatures, amendments })
}

/// A file that belongs to a document, byte for byte.
pub async fn attachment(
    store: &Store,
    context: &Context,
    id: DocumentId,
    digest: Digest,
) -> Result<Original> {
    let mut view = store.view().await?;
    let document = store::documents::get(&mut view, id).await?;
    let patient = gate::open(&mut view, context, document.patient, Permission::ChartRead).await?;
    let named = document.content.attachments.iter().any(|one| one.digest == digest);
    let versions = if named { Vec::new() } else { store::documents::versions(&mut view, id).await? };
    let named =
        named || versions.iter().any(|one| one.content.attachments.iter().any(|it| it.digest == digest));
    original_of(view, context, patient.id, (named, digest, ("document", id.to_string()))).await
}

/// A file that came with a report, byte for byte.
pub async fn report_file(store: &Store, context: &Context, id: EntryId, digest: Digest) -> Result<Original> {
    let mut view = store.view().await?;
    let entry = store::entries::get(&mut view, id).await?;
    let patient = gate::open(&mut view, context, entry.patient, Permission::ChartRead).await?;
    let named = match &entry.content {
        EntryContent::Report(report) => report.attachments.iter().any(|one| one.digest == digest),
        _ => false,
    };
    original_of(view, context, patient.id, (named, digest, ("entry", id.to_string()))).await
}

/// The original a document, entry or encounter was read from.
pub async fn original(store: &Store, context: &Context, of: Of) -> Result<Original> {
    let mut view = store.view().await?;
    let (whose, origin, object) = match of {
        Of::Document(id) => {
            let one = store::documents::get(&mut view, id).await?;
            (one.patient, one.origin, ("document", id.to_string()))
        }
        Of::Entry(id) => {
            let one = store::entries::get(&mut view, id).await?;
            (one.patient, one.origin, ("entry", id.to_string()))
        }
        Of::Encounter(id) => {
            let one = store::encounters::get(&mut view, id).await?;
            (one.patient, one.origin, ("encounter", id.to_string()))
        }
    };
    let patient = gate::open(&mut view, context, whose, Permission::ChartRead).await?;
    let digest = origin.original.unwrap_or_else(|| Digest::of(&[]));
    original_of(view, context, patient.id, (origin.original.is_some(), digest, object)).await
}

/// What an original belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// A document.
    Document(DocumentId),
    /// An entry.
    Entry(EntryId),
    /// An encounter.
    Encounter(EncounterId),
}

async fn original_of(
    mut view: View,
    context: &Context,
    patient: PatientId,
    (named, digest, object): (bool, Digest, (&str, String)),
) -> Result<Original> {
    let found = if named { store::originals::get(&mut view, digest).await? } else { None };
    let original = found.ok_or_else(|| Error::Missing { what: "original", id: digest.to_string() })?;
    finish(view, context, "original-read", patient, object).await?;
    Ok(original)
}

async fn finish(
    view: View,
    context: &Context,
    action: &'static str,
    patient: PatientId,
    (kind, id): (&str, String),
) -> Result<()> {
    view.finish(context.event(action).patient(patient).object(kind, id)).await?;
    Ok(())
}
