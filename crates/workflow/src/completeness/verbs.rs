//! What people do with a deficiency: one verb, one transaction, one event. A provider acts on what they owe; the
//! department on all.

use chart::access::Permission;
use chart::deficiency::{Deficiency, Responsible};
use chart::directory::Named;
use chart::id::{DeficiencyId, EncounterId, PartyId};
use chart::machine::{Actor, Stamp};
use jiff::tz::TimeZone;
use serde_json::json;
use store::analyses::State;
use store::deficiencies::Filed;
use store::{Reader, Store};

use crate::{Context, Error, Result, gate};

/// A verb, with what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    /// Begin to work on it.
    Claim,
    /// Let it go again.
    Release,
    /// The step is done, as this shows.
    Complete(String),
    /// Looked at again and found in order.
    Verify,
    /// The department lets it go, for this reason.
    Waive(String),
    /// The provider says it is not theirs or not needed, for this reason.
    Decline(String),
    /// The review agrees with the provider.
    AcceptDecline,
    /// The review does not agree, for this reason.
    RefuseDecline(String),
    /// Another owes it from now on, for this reason. The clock stays.
    Reassign(Debtor, String),
}

/// Who is to owe something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Debtor {
    /// An entry of the directory: it comes to their inbox and their letters.
    Party(PartyId),
    /// A department, or somebody whom the directory does not know.
    Named(String),
}

impl Debtor {
    async fn responsible(self, reader: &mut Reader) -> Result<Responsible> {
        Ok(match self {
            Self::Named(name) if name.trim().is_empty() => {
                return Err(Error::refused("choose somebody of the directory, or name a department"));
            }
            Self::Named(name) => Responsible { name: Named { name, key: None }, party: None },
            Self::Party(id) => {
                let found = store::parties::by_id(reader, id).await?;
                let missing = || Error::Missing { what: "entry of the directory", id: id.to_string() };
                let name = found.ok_or_else(missing)?.party.name;
                Responsible { name: Named { name, key: None }, party: Some(id) }
            }
        })
    }
}

impl Verb {
    const fn permission(&self) -> Permission {
        match self {
            Self::Waive(_) | Self::AcceptDecline | Self::RefuseDecline(_) => Permission::DeficiencyWaive,
            _ => Permission::DeficiencyWork,
        }
    }

    const fn action(&self) -> &'static str {
        match self {
            Self::Claim => "deficiency-claim",
            Self::Release => "deficiency-release",
            Self::Complete(_) => "deficiency-complete",
            Self::Verify => "deficiency-verify",
            Self::Waive(_) => "deficiency-waive",
            Self::Decline(_) => "deficiency-decline",
            Self::AcceptDecline => "deficiency-accept",
            Self::RefuseDecline(_) => "deficiency-refuse",
            Self::Reassign(..) => "deficiency-reassign",
        }
    }

    async fn apply(
        self,
        reader: &mut Reader,
        one: Deficiency,
        stamp: Stamp,
        zone: &TimeZone,
    ) -> Result<Deficiency> {
        let next = match self {
            Self::Claim => one.claim(stamp),
            Self::Release => one.release(stamp),
            Self::Complete(evidence) => one.complete(stamp, &evidence, zone),
            Self::Verify => one.verify(stamp),
            Self::Waive(why) => one.waive(stamp, &why),
            Self::Decline(why) => one.decline(stamp, &why),
            Self::AcceptDecline => one.accept_decline(stamp),
            Self::RefuseDecline(why) => one.refuse_decline(stamp, &why),
            Self::Reassign(to, why) => one.reassign(stamp, &to.responsible(reader).await?, &why),
        };
        next.map_err(|error| Error::refused(error.to_string()))
    }
}

/// Does it; `version` is the version that the person saw.
///
/// # Errors
/// [`Error::Refused`] when the state or the rules do not let it, or somebody was faster; [`Error::Closed`] when the chart
/// is closed to the actor.
pub async fn act(
    store: &Store,
    context: &Context,
    id: DeficiencyId,
    version: i64,
    verb: Verb,
    zone: &TimeZone,
) -> Result<Deficiency> {
    let permission = verb.permission();
    context.must(permission)?;
    let mut tx = store.begin().await?;
    let filed = store::deficiencies::get(&mut tx, id).await?;
    let patient = gate::open(&mut tx, context, filed.deficiency.patient, permission).await?;
    if filed.deficiency.version != version {
        return Err(Error::refused(
            "somebody was faster: read it again, and do it if it is still to be done",
        ));
    }
    let stamp = Stamp { by: actor(&mut tx, context).await?, at: context.at };
    let event = context.event(verb.action()).patient(patient.id).object("deficiency", id);
    let next = verb.apply(&mut tx, filed.deficiency, stamp, zone).await?;
    let filed = Filed { deficiency: next, setting: filed.setting };
    store::deficiencies::update(&mut tx, &filed, version, context.at).await?;
    tally(&mut tx, filed.deficiency.encounter).await?;
    tx.commit(event.detail(json!({ "rule": filed.deficiency.rule }))).await?;
    Ok(filed.deficiency)
}

/// An analyst has looked through an encounter's record.
///
/// # Errors
/// [`Error::Refused`] while the patient is still here.
pub async fn analysed(store: &Store, context: &Context, encounter: EncounterId) -> Result<()> {
    context.must(Permission::DeficiencyWork)?;
    let mut tx = store.begin().await?;
    let missing = || Error::Missing { what: "analysis of encounter", id: encounter.to_string() };
    let mut analysis = store::analyses::of_encounter(&mut tx, encounter).await?.ok_or_else(missing)?;
    let patient = gate::open(&mut tx, context, analysis.patient, Permission::DeficiencyWork).await?;
    if analysis.state == State::Here {
        return Err(Error::refused("the patient is still here: the record is analysed after discharge"));
    }
    analysis.state = if analysis.owed == 0 { State::Complete } else { State::Analysed };
    analysis.details.analysed = Some((actor(&mut tx, context).await?.name, context.at));
    store::analyses::put(&mut tx, std::slice::from_ref(&analysis)).await?;
    tx.commit(context.event("record-analyse").patient(patient.id).object("encounter", encounter)).await?;
    Ok(())
}

/// The figures of an encounter after a verb.
async fn tally(tx: &mut store::Tx, encounter: EncounterId) -> Result<()> {
    let Some(mut analysis) = store::analyses::of_encounter(tx, encounter).await? else { return Ok(()) };
    let filter = store::deficiencies::Filter { encounter: Some(encounter), ..Default::default() };
    let all = store::deficiencies::list(tx, &filter, store::Page::first(10_000)).await?;
    let (owed, predicted, due) = super::apply::tally(all.iter().map(|filed| &filed.deficiency));
    if owed == 0 && analysis.state == State::Analysed {
        analysis.state = State::Again;
    }
    (analysis.owed, analysis.predicted, analysis.due) = (owed, predicted, due);
    Ok(store::analyses::put(tx, &[analysis]).await?)
}

/// Who acts, by name.
async fn actor(reader: &mut Reader, context: &Context) -> Result<Actor> {
    let Some(user) = context.user() else { return Ok(Actor::program("the program")) };
    let account = store::access::accounts::by_id(reader, user).await?;
    Ok(Actor::person(user, account.map_or_else(|| user.to_string(), |account| account.name)))
}
