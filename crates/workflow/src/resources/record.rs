//! A thing of the record, whichever it is, and the resource it is written as.

use chart::document::Document;
use chart::encounter::Encounter;
use chart::entry::Entry;
use chart::id::PatientId;
use chart::patient::{Patient, Standing};
use exchange::fhir::json::Json;
use exchange::fhir::write::{self, Refs};
use jiff::Timestamp;
use store::Reader;
use store::parties::Filed;

use super::place::Place;
use crate::Result;

/// A thing of the record.
#[derive(Debug, Clone)]
pub(super) enum Record {
    /// A patient of the index.
    Patient(Box<Patient>),
    /// A stay or visit.
    Encounter(Box<Encounter>),
    /// An entry of a chart.
    Entry(Box<Entry>),
    /// A document.
    Document(Box<Document>),
    /// An entry of the directory.
    Party(Box<Filed>),
}

impl Record {
    /// Our identifier.
    pub(super) fn id(&self) -> String {
        match self {
            Self::Patient(one) => one.id.to_string(),
            Self::Encounter(one) => one.id.to_string(),
            Self::Entry(one) => one.id.to_string(),
            Self::Document(one) => one.id.to_string(),
            Self::Party(one) => one.id.to_string(),
        }
    }

    /// Its version.
    pub(super) fn version(&self) -> i64 {
        match self {
            Self::Patient(one) => one.version,
            Self::Encounter(one) => one.version,
            Self::Entry(one) => one.version,
            Self::Document(one) => one.version,
            Self::Party(one) => one.version,
        }
    }

    /// Whose chart it is in; `None` for the directory.
    pub(super) fn patient(&self) -> Option<PatientId> {
        match self {
            Self::Patient(one) => Some(one.id),
            Self::Encounter(one) => Some(one.patient),
            Self::Entry(one) => Some(one.patient),
            Self::Document(one) => Some(one.patient),
            Self::Party(_) => None,
        }
    }

    /// The patient that this one was merged into.
    pub(super) fn merged_into(&self) -> Option<PatientId> {
        match self {
            Self::Patient(one) => match one.standing {
                Standing::Merged { into, .. } => Some(into),
                Standing::Active => None,
            },
            _ => None,
        }
    }

    /// The resource of this type. `stored` is when it was stored, where the record itself does not say.
    pub(super) fn written(&self, resource_type: &str, refs: &dyn Refs, stored: Option<Timestamp>) -> Json {
        match self {
            Self::Patient(one) => write::stamped(write::patient(one, refs), one.version, stored),
            Self::Encounter(one) => write::encounter(one, refs),
            Self::Entry(one) => write::entry(one, refs),
            Self::Document(one) if resource_type == "Composition" => write::composition(one, refs),
            Self::Document(one) => write::document_reference(one, refs),
            Self::Party(one) => write::stamped(write::party(one.id, &one.party, refs), one.version, stored),
        }
    }

    /// When it was stored, where the record itself does not say.
    pub(super) async fn stored(&self, reader: &mut Reader) -> Result<Option<Timestamp>> {
        Ok(match self {
            Self::Patient(one) => store::patients::updated(reader, one.id).await?,
            Self::Party(one) => store::parties::updated(reader, one.id).await?,
            Self::Encounter(_) | Self::Entry(_) | Self::Document(_) => None,
        })
    }
}

/// The record of this place with this identifier; `None` also for an identifier that is none of ours.
pub(super) async fn by_id(reader: &mut Reader, place: Place, id: &str) -> Result<Option<Record>> {
    Ok(match place {
        Place::Patients => match id.parse() {
            Ok(id) => store::patients::by_id(reader, id).await?.map(|one| Record::Patient(Box::new(one))),
            Err(_) => None,
        },
        Place::Encounters => match id.parse() {
            Ok(id) => store::encounters::by_id(reader, id).await?.map(|one| Record::Encounter(Box::new(one))),
            Err(_) => None,
        },
        Place::Entries(kind) => match id.parse() {
            Ok(id) => store::entries::by_id(reader, id).await?.filter(|one| one.content.kind() == kind),
            Err(_) => None,
        }
        .map(|one| Record::Entry(Box::new(one))),
        Place::Documents => match id.parse() {
            Ok(id) => store::documents::by_id(reader, id).await?.map(|one| Record::Document(Box::new(one))),
            Err(_) => None,
        },
        Place::Parties(kind) => match id.parse() {
            Ok(id) => store::parties::by_id(reader, id).await?.filter(|one| one.party.kind == kind),
            Err(_) => None,
        }
        .map(|one| Record::Party(Box::new(one))),
    })
}
