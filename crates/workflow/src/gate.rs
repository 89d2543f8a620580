//! Whether a chart opens to who asks: the role's permission, the physician's own patients, restricted charts, and the
//! glass that can be broken.

use chart::access::{Permission, Scope};
use chart::id::{PartyId, PatientId};
use chart::intake::{KeyKind, SourceKey};
use chart::patient::{Patient, Standing};
use store::{Page, Reader};

use crate::{Context, Error, Result, Who};

/// The patient, if the actor may do this in their chart. An identifier of a merged patient opens the surviving chart.
///
/// # Errors
/// [`Error::Forbidden`] without the permission, [`Error::Closed`] when the chart opens only with a reason.
pub(crate) async fn open(
    reader: &mut Reader,
    context: &Context,
    id: PatientId,
    permission: Permission,
) -> Result<Patient> {
    let scope = context.must(permission)?;
    let patient = surviving(reader, id).await?;
    if let Some(why) = closed(reader, context, &patient, scope).await?
        && !is_broken(reader, context, patient.id).await?
    {
        return Err(Error::Closed { patient: patient.id, why });
    }
    Ok(patient)
}

/// Why the chart is closed to the actor; `None` when it is open.
async fn closed(
    reader: &mut Reader,
    context: &Context,
    patient: &Patient,
    scope: Scope,
) -> Result<Option<&'static str>> {
    let Who::User { party, .. } = &context.who else { return Ok(None) };
    if patient.restriction.is_none() && scope == Scope::All {
        return Ok(None);
    }
    let is_own = match party {
        Some(party) => takes_part(reader, *party, patient.id).await?,
        None => false,
    };
    Ok(match (is_own, scope) {
        (true, _) => None,
        (false, Scope::OwnPatients) => Some("this is not a patient of yours"),
        (false, Scope::All) => Some("this chart is restricted"),
    })
}

/// Whether somebody takes part in any encounter of the patient.
async fn takes_part(reader: &mut Reader, party: PartyId, patient: PatientId) -> Result<bool> {
    let filter = store::encounters::Filter {
        patient: Some(patient),
        attended_by: keys_of(reader, party).await?,
        ..Default::default()
    };
    if filter.attended_by.is_empty() {
        return Ok(false);
    }
    Ok(!store::encounters::list(reader, &filter, Page::first(1)).await?.is_empty())
}

/// The keys under which somebody of the directory is named in records.
pub(crate) async fn keys_of(reader: &mut Reader, party: PartyId) -> Result<Vec<SourceKey>> {
    let bindings = store::keys::of_target(reader, party).await?;
    Ok(bindings.into_iter().map(|(key, _)| key).filter(|key| key.kind == KeyKind::Party).collect())
}

/// Whether the actor has broken the glass of this chart, and not too long ago.
async fn is_broken(reader: &mut Reader, context: &Context, patient: PatientId) -> Result<bool> {
    let Some(user) = context.user() else { return Ok(false) };
    Ok(store::access::glass::open(reader, user, patient, context.at).await?.is_some())
}

/// The patient in whose chart things are now: through merges to the one that survived.
pub(crate) async fn surviving(reader: &mut Reader, id: PatientId) -> Result<Patient> {
    let mut next = id;
    loop {
        let patient = store::patients::by_id(reader, next)
            .await?
            .ok_or_else(|| Error::Missing { what: "patient", id: id.to_string() })?;
        match patient.standing {
            Standing::Active => return Ok(patient),
            Standing::Merged { into, .. } => next = into,
        }
    }
}
