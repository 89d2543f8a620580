//! What is given byte for byte: files of documents and reports, and resources for which the record has no place.

use chart::access::Permission;
use chart::id::{Digest, PatientId};
use chart::intake::Original;
use store::{Page, Store, View};

use super::{Found, shown};
use crate::{Context, Error, Result, gate};

/// A file that belongs to a document or came with a report of a chart that is open to who asks.
///
/// # Errors
/// [`Error::Forbidden`] without the permission, [`Error::Closed`] when it is only in closed charts, [`Error::Missing`].
pub async fn binary(store: &Store, context: &Context, digest: Digest) -> Result<Original> {
    context.must(Permission::FhirRead)?;
    context.must(Permission::ChartRead)?;
    let mut view = store.view().await?;
    let documents = store::documents::with_file(&mut view, digest).await?;
    let reports = store::entries::with_file(&mut view, digest).await?;
    let mut owners: Vec<PatientId> =
        documents.iter().map(|one| one.patient).chain(reports.iter().map(|one| one.patient)).collect();
    owners.dedup();
    let patient = first_open(&mut view, context, &owners, digest).await?;
    let found = store::originals::get(&mut view, digest).await?;
    let original = found.ok_or_else(|| missing(digest))?;
    shown(view, context, Some(patient), ("Binary", &digest.to_string())).await?;
    Ok(original)
}

fn missing(digest: Digest) -> Error {
    Error::Missing { what: "file", id: digest.to_string() }
}

/// The first of the patients whose chart opens; the last one's refusal when none does.
async fn first_open(
    view: &mut View,
    context: &Context,
    owners: &[PatientId],
    digest: Digest,
) -> Result<PatientId> {
    let mut refusal = missing(digest);
    for owner in owners {
        match gate::open(view, context, *owner, Permission::FhirRead).await {
            Ok(patient) => return Ok(patient.id),
            Err(error @ Error::Closed { .. }) => refusal = error,
            Err(other) => return Err(other),
        }
    }
    Err(refusal)
}

/// A resource as its sender wrote it, by the sender's `Type/id`. One that names no patient is in no chart: it takes the
/// permission to search all of them.
pub(super) async fn kept(store: &Store, context: &Context, resource_type: &str, id: &str) -> Result<Found> {
    context.must(Permission::ChartRead)?;
    let mut view = store.view().await?;
    let mut found = store::kept::called(&mut view, &format!("{resource_type}/{id}"), Page::first(2)).await?;
    let missing = || Error::Missing { what: "resource", id: id.to_owned() };
    let kept = found.pop().filter(|one| one.kind == resource_type && !one.in_error).ok_or_else(missing)?;
    if !found.is_empty() {
        return Err(Error::refused(
            "several senders have a resource of this type and id; it cannot be told which is meant",
        ));
    }
    let patient = match kept.patient {
        Some(patient) => Some(gate::open(&mut view, context, patient, Permission::FhirRead).await?.id),
        None => context.must(Permission::ChartSearch).map(|_| None)?,
    };
    let original = store::originals::get(&mut view, kept.original).await?.ok_or_else(missing)?;
    shown(view, context, patient, (resource_type, id)).await?;
    Ok(Found::Kept(original))
}
