//! What people do with an encounter of a sample: one verb, one transaction, one event.

use chart::access::Permission;
use chart::coding::Change;
use chart::coding_audit::{AuditedCase, CaseState, Said};
use chart::id::AuditedCaseId;
use chart::machine::Stamp;
use jiff::tz::TimeZone;
use serde_json::json;
use store::{Reader, Store, coding};

use super::blind::must_not_have_seen;
use crate::coding::{Books, Facts, compute};
use crate::signing::me;
use crate::{Context, Error, Result, gate};

/// A verb, with what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    /// The auditor takes it.
    Begin,
    /// One change of the auditor's codes.
    Change(Change),
    /// It is given back, for another auditor.
    GiveBack,
    /// The auditor's codes are finished.
    Finish,
    /// What the auditor says of each difference.
    Report(Vec<Said>),
    /// What the coder says of each error.
    Answer(Vec<Said>),
    /// What the supervisor says of each rebuttal.
    Decide(Vec<Said>),
    /// Settled without the coder's answer, for this reason.
    SettleUnanswered(String),
}

impl Verb {
    const fn permission(&self) -> Permission {
        match self {
            Self::Begin | Self::Change(_) | Self::GiveBack | Self::Finish | Self::Report(_) => {
                Permission::CodingAudit
            }
            Self::Answer(_) => Permission::CodingWork,
            Self::Decide(_) | Self::SettleUnanswered(_) => Permission::CodingSample,
        }
    }

    const fn action(&self) -> &'static str {
        match self {
            Self::Begin => "audit-begin",
            Self::Change(_) => "audit-change",
            Self::GiveBack => "audit-give-back",
            Self::Finish => "audit-finish",
            Self::Report(_) => "audit-report",
            Self::Answer(_) => "audit-answer",
            Self::Decide(_) => "audit-decide",
            Self::SettleUnanswered(_) => "audit-settle",
        }
    }
}

/// Does it; `version` is the one that the person saw.
///
/// # Errors
/// [`Error::Refused`] when the state or the rules do not let it, or somebody was faster; [`Error::Closed`] when the chart
/// is closed to the actor.
pub async fn act(
    store: &Store,
    context: &Context,
    books: &Books,
    (id, version): (AuditedCaseId, i64),
    verb: Verb,
    zone: &TimeZone,
) -> Result<AuditedCase> {
    context.must(verb.permission())?;
    let mut tx = store.begin().await?;
    let case = coding::case(&mut tx, id).await?;
    let patient = gate::open(&mut tx, context, case.patient, Permission::CodingRead).await?;
    if case.version != version {
        return Err(Error::refused("somebody changed it after you opened it: look at it again"));
    }
    let action = verb.action();
    let stamp = me(&mut tx, context).await?.stamp(context);
    if verb == Verb::Begin {
        must_not_have_seen(&mut tx, context, &case).await?;
    }
    let drg = if verb == Verb::Finish { drg(&mut tx, books, &case, context, zone).await? } else { None };
    let next = apply(case, verb, stamp, drg)?;
    coding::update_case(&mut tx, &next).await?;
    let event = context.event(action).patient(patient.id).object("encounter", next.encounter);
    let said = next.history.all().last().map(|last| last.note.clone()).unwrap_or_default();
    tx.commit(event.detail(json!({ "case": next.id, "what": said }))).await?;
    Ok(next)
}

fn apply(case: AuditedCase, verb: Verb, stamp: Stamp, drg: Option<u16>) -> Result<AuditedCase> {
    Ok(match verb {
        Verb::Begin => case.begin(stamp)?,
        Verb::Change(change) => case.change(stamp, &change)?,
        Verb::GiveBack => case.give_back(stamp)?,
        Verb::Finish => case.finish(stamp, drg)?,
        Verb::Report(said) => case.report(stamp, &said)?,
        Verb::Answer(said) => case.answer(stamp, &said)?,
        Verb::Decide(said) => case.decide(stamp, &said)?,
        Verb::SettleUnanswered(why) => case.settle_unanswered(stamp, &why)?,
    })
}

/// The DRG that the auditor's codes come to.
async fn drg(
    reader: &mut Reader,
    books: &Books,
    case: &AuditedCase,
    context: &Context,
    zone: &TimeZone,
) -> Result<Option<u16>> {
    let CaseState::Coding { codes, .. } = &case.state else { return Ok(None) };
    let encounter = store::encounters::get(reader, case.encounter).await?;
    let patient = store::patients::get(reader, case.patient).await?;
    let facts = Facts::of(&encounter, &patient.demographics, zone, context.at);
    Ok(compute(books, &facts, codes).group.map(|group| group.drg))
}
