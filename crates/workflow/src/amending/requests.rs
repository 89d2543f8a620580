//! Patients' requests to amend the record (45 CFR 164.526).

use chart::access::Permission;
use chart::amendment::{Amendment, Asked, DenialBasis, PatientRequest};
use chart::id::{PatientId, PatientRequestId};
use jiff::tz::TimeZone;
use serde_json::json;
use store::{Page, Store, amendments};

use crate::charts::{Banner, banner};
use crate::signing::me;
use crate::{Context, Error, Result, gate};

/// Takes a patient's request; its 60 days run since it came in.
///
/// # Errors
/// [`Error::Refused`] when it does not say what is to be changed and why.
pub async fn receive(
    store: &Store,
    context: &mut Context,
    asked: Asked,
    zone: &TimeZone,
) -> Result<PatientRequestId> {
    let mut tx = store.begin().await?;
    let patient = gate::open(&mut tx, context, asked.patient, Permission::AmendmentRequest).await?;
    let stamp = me(&mut tx, context).await?.stamp(context);
    let id = context.id(PatientRequestId::from_bits);
    let request = PatientRequest::receive(id, Asked { patient: patient.id, ..asked }, stamp, zone)?;
    amendments::insert_request(&mut tx, &request).await?;
    tx.commit(context.event("request-receive").patient(patient.id).object("request", id)).await?;
    Ok(id)
}

/// What is done with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// 30 days more, for this reason.
    Extend(String),
    /// Amended as asked: what was done, and who was told.
    Accept(String),
    /// The record stays, on this basis, in these words to the patient.
    Deny(DenialBasis, String),
    /// The patient's statement of disagreement.
    Disagree(String),
    /// The facility's answer to it.
    Rebut(String),
    /// The patient took it back.
    Withdraw(String),
}

impl Decision {
    const fn action(&self) -> &'static str {
        match self {
            Self::Extend(_) => "request-extend",
            Self::Accept(_) => "request-accept",
            Self::Deny(..) => "request-deny",
            Self::Disagree(_) => "request-disagree",
            Self::Rebut(_) => "request-rebut",
            Self::Withdraw(_) => "request-withdraw",
        }
    }
}

/// Takes a request one step further.
///
/// # Errors
/// [`Error::Refused`] when its state does not allow it, or somebody was faster.
pub async fn decide(
    store: &Store,
    context: &Context,
    (id, version): (PatientRequestId, i64),
    decision: Decision,
    zone: &TimeZone,
) -> Result<PatientRequest> {
    let mut tx = store.begin().await?;
    let request = amendments::request(&mut tx, id).await?;
    let patient = gate::open(&mut tx, context, request.patient, Permission::AmendmentRequest).await?;
    if request.version != version {
        return Err(Error::refused("somebody worked on the request after you opened it: read it again"));
    }
    let stamp = me(&mut tx, context).await?.stamp(context);
    let action = decision.action();
    let next = match decision {
        Decision::Extend(why) => request.extend(stamp, &why, zone),
        Decision::Accept(done) => request.accept(stamp, &done),
        Decision::Deny(basis, why) => request.deny(stamp, basis, &why),
        Decision::Disagree(statement) => request.disagree(stamp, &statement),
        Decision::Rebut(answer) => request.rebut(stamp, &answer),
        Decision::Withdraw(why) => request.withdraw(stamp, &why),
    }?;
    amendments::update_request(&mut tx, &next).await?;
    let event = context.event(action).patient(patient.id).object("request", id);
    tx.commit(event.detail(json!({ "version": next.version }))).await?;
    Ok(next)
}

/// A request, with whose it is.
#[derive(Debug, Clone)]
pub struct RequestRead {
    /// Whose record.
    pub banner: Banner,
    /// The request.
    pub request: PatientRequest,
}

/// Reads a request.
pub async fn request(store: &Store, context: &Context, id: PatientRequestId) -> Result<RequestRead> {
    let mut view = store.view().await?;
    let request = amendments::request(&mut view, id).await?;
    let patient = gate::open(&mut view, context, request.patient, Permission::AmendmentRequest).await?;
    let banner = banner(&mut view, patient).await?;
    view.finish(context.event("request-read").patient(banner.patient.id).object("request", id)).await?;
    Ok(RequestRead { banner, request })
}

/// What waits at the desk of requests.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Requests to be decided, those due first before others.
    pub requests: Vec<PatientRequest>,
    /// What was written after the bill or an audit request, the latest first.
    pub flagged: Vec<Amendment>,
}

/// Reads what waits, of the charts that open to who asks.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn waiting(store: &Store, context: &Context, page: Page) -> Result<Waiting> {
    context.must(Permission::AmendmentRequest)?;
    let mut view = store.view().await?;
    let (mut requests, mut flagged) = (Vec::new(), Vec::new());
    for one in amendments::requests(&mut view, None, Some("received"), page).await? {
        if gate::opens(&mut view, context, one.patient, Permission::AmendmentRequest).await? {
            requests.push(one);
        }
    }
    for one in amendments::flagged(&mut view, page).await? {
        if gate::opens(&mut view, context, one.patient, Permission::AmendmentRequest).await? {
            flagged.push(one);
        }
    }
    let shown: Vec<PatientId> = requests.iter().map(|one| one.patient).collect();
    let event = context.event("requests-read");
    view.finish(event.detail(json!({ "shown": shown, "flagged": flagged.len() }))).await?;
    Ok(Waiting { requests, flagged })
}

/// The requests of one patient.
pub async fn of_patient(
    store: &Store,
    context: &Context,
    patient: PatientId,
    page: Page,
) -> Result<(Banner, Vec<PatientRequest>)> {
    let mut view = store.view().await?;
    let patient = gate::open(&mut view, context, patient, Permission::AmendmentRequest).await?;
    let found = amendments::requests(&mut view, Some(patient.id), None, page).await?;
    let banner = banner(&mut view, patient).await?;
    view.finish(context.event("requests-read").patient(banner.patient.id)).await?;
    Ok((banner, found))
}
