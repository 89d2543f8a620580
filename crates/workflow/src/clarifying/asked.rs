//! What a query gives to the one it is put to: while it is open they may read it, and the documents it cites, though
//! the patient is none of theirs. A restricted chart stays closed to them.

use chart::access::Permission;
use chart::document::Document;
use chart::id::PatientId;
use chart::patient::Patient;
use chart::query::Query;
use store::queries::{self, Filter, OWED};
use store::{Page, Reader};

use crate::signing::{Me, me};
use crate::{Context, Error, Result, gate};

/// Open queries about one patient that are looked through.
const OPEN_QUERIES: Page = Page::first(500);

/// Whether a query was put to this person: by their entry in the directory, or by a key the record names them by.
pub(super) fn is_put_to(query: &Query, me: &Me) -> bool {
    let to = &query.ask.addressed;
    let same_party = to.party.is_some() && to.party == me.party;
    same_party || to.name.key.as_ref().is_some_and(|key| me.keys.contains(key))
}

/// The patient of a query, where the chart is open to the actor or the query was put to them and waits for them.
///
/// # Errors
/// [`Error::Forbidden`] without the permission, [`Error::Closed`] to others.
pub(super) async fn open(reader: &mut Reader, context: &Context, query: &Query) -> Result<Patient> {
    match gate::open(reader, context, query.patient, Permission::QueryAnswer).await {
        Err(Error::Closed { patient, why }) => {
            let is_asked = query.is_owed() && is_put_to(query, &me(reader, context).await?);
            admit(reader, patient, why, is_asked).await
        }
        other => other,
    }
}

/// The patient of a document, where the chart is open to the actor or an open query that was put to them cites it.
///
/// # Errors
/// [`Error::Forbidden`] without the permission, [`Error::Closed`] to others.
pub(crate) async fn open_document(
    reader: &mut Reader,
    context: &Context,
    document: &Document,
) -> Result<Patient> {
    match gate::open(reader, context, document.patient, Permission::ChartRead).await {
        Err(Error::Closed { patient, why }) => {
            let is_cited = is_cited(reader, context, patient, document).await?;
            admit(reader, patient, why, is_cited).await
        }
        other => other,
    }
}

async fn is_cited(
    reader: &mut Reader,
    context: &Context,
    patient: PatientId,
    document: &Document,
) -> Result<bool> {
    let filter = Filter { patient: Some(patient), states: OWED.to_vec(), ..Filter::default() };
    let open = queries::list(reader, &filter, OPEN_QUERIES).await?;
    let cites = |query: &&Query| query.ask.indicators.iter().any(|one| one.document == Some(document.id));
    let citing: Vec<&Query> = open.iter().filter(cites).collect();
    if citing.is_empty() {
        return Ok(false);
    }
    let me = me(reader, context).await?;
    Ok(citing.into_iter().any(|query| is_put_to(query, &me)))
}

async fn admit(reader: &mut Reader, id: PatientId, why: &'static str, is_asked: bool) -> Result<Patient> {
    let patient = gate::surviving(reader, id).await?;
    match (is_asked, &patient.restriction) {
        (true, None) => Ok(patient),
        _ => Err(Error::Closed { patient: id, why }),
    }
}
