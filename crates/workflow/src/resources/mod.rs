//! The record read and searched as FHIR R4 resources.
//!
//! Reading takes `fhir.read` and the permission of the part of the record, and goes through the same gate as pages: own
//! patients, restricted charts, broken glass. A search finds what is in charts that are open to who asks; what is in
//! others is not counted. Every function writes down who was shown what before it gives anything.

mod file;
mod names;
mod narrow;
mod place;
mod plan;
mod record;
mod source;
mod walk;

use std::collections::BTreeSet;

use chart::access::Permission;
use chart::id::PatientId;
use chart::intake::Original;
use exchange::fhir::json::Json;
use exchange::fhir::search::Search;
use jiff::tz::TimeZone;
use serde_json::json;
use store::audit::Event;
use store::{Reader, Store, View};

pub use file::binary;
use names::Names;
use place::Place;
use plan::Plan;
use record::Record;

use crate::{Context, Error, Result, gate};

/// A resource of the record.
#[derive(Debug, Clone)]
pub struct Resource {
    /// Our identifier.
    pub id: String,
    /// Its version, from 1.
    pub version: i64,
    /// The resource.
    pub body: Json,
}

/// What stands at `Type/id`.
#[derive(Debug, Clone)]
pub enum Found {
    /// A resource of the record.
    Here(Resource),
    /// A resource for which the record has no place, as its sender wrote it.
    Kept(Original),
    /// A patient who was merged into another.
    Merged {
        /// The one that survived.
        into: PatientId,
    },
}

/// A page of what a search found.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// The resources, in order.
    pub resources: Vec<Resource>,
    /// How many there are in all, where that is known.
    pub total: Option<u32>,
    /// Whether there are more after this page.
    pub more: bool,
}

/// Reads a resource by its type and our identifier; of a type for which the record has no place, by the sender's.
///
/// # Errors
/// [`Error::Forbidden`] without the permission, [`Error::Closed`] when it is in a closed chart, [`Error::Missing`].
pub async fn read(store: &Store, context: &Context, resource_type: &str, id: &str) -> Result<Found> {
    context.must(Permission::FhirRead)?;
    let Some(place) = Place::of(resource_type) else {
        return file::kept(store, context, resource_type, id).await;
    };
    context.must(place.permission())?;
    let mut view = store.view().await?;
    let record = record::by_id(&mut view, place, id).await?;
    let record = record.ok_or_else(|| Error::Missing { what: "resource", id: id.to_owned() })?;
    let patient = match record.patient() {
        Some(patient) => Some(gate::open(&mut view, context, patient, Permission::FhirRead).await?.id),
        None => None,
    };
    let found = match (record.merged_into(), patient) {
        (Some(_), Some(into)) => Found::Merged { into },
        _ => {
            let names = Names::of(&mut view, resource_type, std::slice::from_ref(&record)).await?;
            Found::Here(one(&mut view, resource_type, &record, &names).await?)
        }
    };
    shown(view, context, patient, (resource_type, id)).await?;
    Ok(found)
}

/// Searches the resources of a type. Dates without a zone are of `zone`.
///
/// # Errors
/// [`Error::Forbidden`] without the permission, [`Error::Closed`] when a patient is named whose chart is closed,
/// [`Error::Refused`] when more is asked than the role may or than can be looked through.
pub async fn search(store: &Store, context: &Context, search: &Search, zone: &TimeZone) -> Result<Results> {
    context.must(Permission::FhirRead)?;
    let place = Place::of(search.resource)
        .ok_or_else(|| Error::refused(format!("{} cannot be searched", search.resource)))?;
    context.must(place.permission())?;
    let mut view = store.view().await?;
    let plan = Plan::of(&mut view, context, place, search).await?;
    let walked = walk::walk(&mut view, context, search, &plan, zone).await?;
    let patients: BTreeSet<PatientId> = walked.records.iter().filter_map(Record::patient).collect();
    let resources = written(&mut view, search.resource, &walked.records).await?;
    let event = context.event("fhir-search").detail(json!({
        "type": search.resource,
        "by": search.criteria.iter().map(|one| one.parameter.name).collect::<Vec<_>>(),
        "patients": patients,
        "shown": resources.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(),
    }));
    view.finish(about(event, only(plan.charts.as_ref().unwrap_or(&patients)))).await?;
    Ok(Results { resources, total: walked.total, more: walked.more })
}

/// The patient, where it is one.
fn only(patients: &BTreeSet<PatientId>) -> Option<PatientId> {
    patients.first().copied().filter(|_| patients.len() == 1)
}

/// The records as resources, with references to what is in the record.
async fn written(reader: &mut Reader, resource_type: &str, records: &[Record]) -> Result<Vec<Resource>> {
    let names = Names::of(reader, resource_type, records).await?;
    let mut resources = Vec::with_capacity(records.len());
    for record in records {
        resources.push(one(reader, resource_type, record, &names).await?);
    }
    Ok(resources)
}

async fn one(reader: &mut Reader, resource_type: &str, record: &Record, names: &Names) -> Result<Resource> {
    let stored = record.stored(reader).await?;
    let body = record.written(resource_type, names, stored);
    Ok(Resource { id: record.id(), version: record.version(), body })
}

/// Writes down that a resource is shown.
async fn shown(
    view: View,
    context: &Context,
    patient: Option<PatientId>,
    (resource_type, id): (&str, &str),
) -> Result<()> {
    view.finish(about(context.event("fhir-read").object(resource_type, id), patient)).await?;
    Ok(())
}

fn about(event: Event, patient: Option<PatientId>) -> Event {
    match patient {
        Some(patient) => event.patient(patient),
        None => event,
    }
}
