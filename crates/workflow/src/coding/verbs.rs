//! What people do with the codes of an encounter: one verb, one transaction, one event.

use chart::access::{Permission, Role};
use chart::coding::{
    Change, CodeSet, Codes, CodingState, Outcome, Overridden, Pending, Purpose, SECOND_REVIEW,
    pending_reasons,
};
use chart::id::{CodeSetId, EncounterId};
use chart::machine::Stamp;
use jiff::tz::TimeZone;
use serde_json::json;
use store::audit::Event;
use store::coding::{self, Changed, Reached, Stage, last_standing};
use store::{Reader, Store, Tx};

use super::{Books, Computed, Facts, compute, rules_in_force, second_review, shadow};
use crate::billing::claims;
use crate::self_check::SECOND_LOOK;
use crate::signing::me;
use crate::{Context, Error, Result, Who, gate};

/// A verb, with what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    /// One change of the codes; on a claim with the payer's rule that asks for it.
    Change(Change, String),
    /// The last change that still stands is taken back.
    TakeBack,
    /// It waits for this: a reason's key, and a note.
    Hold(String, String),
    /// What it waited for has come.
    Release(String),
    /// It is closed; findings that stand in the way are set aside, each with a reason.
    Finalize(Vec<Overridden>),
    /// It is opened again, for this reason.
    Reopen(String),
    /// Another person looked at it before the bill, with these words.
    Review(String),
}

impl Verb {
    const fn permission(&self) -> Permission {
        match self {
            Self::Change(..) | Self::TakeBack | Self::Hold(..) | Self::Release(_) => Permission::CodingWork,
            Self::Finalize(_) => Permission::CodingFinalize,
            Self::Reopen(_) => Permission::CodingReopen,
            Self::Review(_) => Permission::CodingReview,
        }
    }

    const fn action(&self) -> &'static str {
        match self {
            Self::Change(..) => "coding-change",
            Self::TakeBack => "coding-take-back",
            Self::Hold(..) => "coding-hold",
            Self::Release(_) => "coding-release",
            Self::Finalize(_) => "coding-finalize",
            Self::Reopen(_) => "coding-reopen",
            Self::Review(_) => "coding-review",
        }
    }
}

/// Begins to code an encounter, or to part the claim's codes from the record's.
///
/// # Errors
/// [`Error::Refused`] when that has begun already, or when the record has no codes to copy.
pub async fn begin(
    store: &Store,
    context: &mut Context,
    encounter: EncounterId,
    purpose: Purpose,
) -> Result<CodeSet> {
    context.must(Permission::CodingWork)?;
    let mut tx = store.begin().await?;
    let found = store::encounters::get(&mut tx, encounter).await?;
    let patient = gate::open(&mut tx, context, found.patient, Permission::ChartRead).await?;
    if coding::find(&mut tx, encounter, purpose).await?.is_some() {
        return Err(Error::refused("somebody has begun already: read it again"));
    }
    let stamp = stamp(&mut tx, context).await?;
    let id = context.id(CodeSetId::from_bits);
    let set = match purpose {
        Purpose::Record => CodeSet::open(id, patient.id, encounter, stamp),
        Purpose::Claim => {
            let record = coding::find(&mut tx, encounter, Purpose::Record).await?;
            let record =
                record.ok_or_else(|| Error::refused("code the record first; the claim is copied from it"))?;
            record.for_claim(id, stamp)?
        }
    };
    coding::insert(&mut tx, &set, context.at).await?;
    let event = context.event("coding-begin").patient(patient.id).object("encounter", encounter);
    tx.commit(event.detail(json!({ "purpose": purpose }))).await?;
    Ok(set)
}

/// What became of a code set.
#[derive(Debug, Clone)]
pub struct Done {
    /// As it is now.
    pub set: CodeSet,
    /// What is said of it.
    pub computed: Computed,
    /// The codes as they were, to take the change back by.
    pub before: Codes,
}

/// Does it; `version` is the one that the person saw. What is said of the codes afterwards is given with them.
///
/// # Errors
/// [`Error::Refused`] when the state or the rules do not let it, or somebody was faster; when closing, with what stands
/// in the way.
pub async fn act(
    store: &Store,
    context: &Context,
    books: &Books,
    (id, version): (CodeSetId, i64),
    verb: Verb,
    zone: &TimeZone,
) -> Result<Done> {
    let mut tx = store.begin().await?;
    let (done, event) = act_in(&mut tx, context, books, (id, version), verb, zone).await?;
    tx.commit(event).await?;
    Ok(done)
}

/// The same within a transaction that does more; the event is to be written with it.
pub(super) async fn act_in(
    tx: &mut Tx,
    context: &Context,
    books: &Books,
    (id, version): (CodeSetId, i64),
    verb: Verb,
    zone: &TimeZone,
) -> Result<(Done, Event)> {
    context.must(verb.permission())?;
    let set = coding::get(tx, id).await?;
    let patient = gate::open(tx, context, set.patient, Permission::ChartRead).await?;
    if set.version != version {
        return Err(Error::refused("somebody changed the codes after you opened them: look at them again"));
    }
    let encounter = store::encounters::get(tx, set.encounter).await?;
    let facts = Facts::of(&encounter, &patient.demographics, zone, context.at);
    let facts = facts.under(rules_in_force(tx).await?);
    let stamp = stamp(tx, context).await?;
    let by = stamp.by.name.clone();
    if let Verb::Reopen(why) = &verb {
        claims::codes_opened(tx, &set, stamp.clone(), why).await?;
    }
    let before = set.codes.clone();
    let (verb, taken_back) = said_whole(tx, &set, verb).await?;
    let (action, is_change) = (verb.action(), matches!(verb, Verb::Change(..)));
    if is_change {
        must_take(&facts, &verb)?;
        shadow::keep(tx, context, books, (&encounter, &set), &facts).await?;
    }
    let next = apply(tx, (books, &facts), set, verb, stamp).await?;
    let computed = compute(books, &facts, &next.codes);
    coding::update(tx, &next, context.at).await?;
    coding::weigh(tx, &next, computed.weight()).await?;
    if is_change {
        let changed = Changed { version: next.version, taken_back, before: before.clone() };
        coding::put_changed(tx, next.id, &changed).await?;
        keep_reached(tx, context, (&next, &computed), &by).await?;
    } else if let CodingState::Final { .. } = next.state {
        put(tx, context, (&next, &computed), &by, Stage::Final).await?;
    }
    // What was to be closed may have been held for a second review.
    let is_held = matches!(next.state, CodingState::Held { .. }) && action == "coding-finalize";
    let action = if is_held { "coding-hold" } else { action };
    let event = context.event(action).patient(patient.id).object("encounter", next.encounter);
    let said = next.history.all().last().map(|last| last.note.clone()).unwrap_or_default();
    let drg = computed.group.as_ref().map(|group| group.drg);
    let event = event.detail(json!({ "purpose": next.purpose, "what": said, "drg": drg }));
    Ok((Done { set: next, computed, before }, event))
}

/// Taking back, as the change it is, with the version that is taken back.
async fn said_whole(tx: &mut Tx, set: &CodeSet, verb: Verb) -> Result<(Verb, Option<i64>)> {
    if verb != Verb::TakeBack {
        return Ok((verb, None));
    }
    let all = coding::changed(tx, set.id).await?;
    let last = last_standing(&all).ok_or_else(|| Error::refused("there is nothing to be taken back"))?;
    let change = Change::TakeBack(Box::new(last.before.clone()), what_was(set, last.version));
    // Only a claim asks for a reason.
    let why = if set.purpose == Purpose::Claim { "as it was before" } else { "" };
    Ok((Verb::Change(change, why.into()), Some(last.version)))
}

/// What the history says of the change that made a version: every verb has left one line and counted one version.
#[must_use]
pub fn what_was(set: &CodeSet, version: i64) -> String {
    let line = usize::try_from(version - 1).ok().and_then(|at| set.history.all().get(at));
    line.map(|line| line.note.clone()).unwrap_or_default()
}

/// Services are an outpatient's.
fn must_take(facts: &Facts, verb: &Verb) -> Result<()> {
    let is_service = matches!(verb, Verb::Change(Change::AddService(_) | Change::ReplaceService(..), _));
    if is_service && !facts.takes_services() {
        return Err(Error::refused("HCPCS Level II services are coded for outpatients and emergency visits"));
    }
    Ok(())
}

async fn apply(
    tx: &mut Tx,
    (books, facts): (&Books, &Facts),
    set: CodeSet,
    verb: Verb,
    stamp: Stamp,
) -> Result<CodeSet> {
    Ok(match verb {
        Verb::Change(change, why) => set.change(stamp, &change, &why)?,
        // It was said as a change.
        Verb::TakeBack => set,
        Verb::Hold(key, note) => {
            if pending_reasons().iter().all(|one| one.key != key) {
                return Err(Error::refused("choose one of the reasons"));
            }
            let since = stamp.clone();
            set.hold(stamp, Pending { key, note: note.trim().to_owned(), since })?
        }
        Verb::Release(key) => set.release(stamp, &key)?,
        Verb::Finalize(overridden) => {
            let outcome = outcome(books, facts, &set, overridden)?;
            finalize(tx, (books, facts), set, stamp, outcome).await?
        }
        Verb::Reopen(why) => set.reopen(stamp, &why)?,
        Verb::Review(words) => {
            let is_alone = match stamp.by.user {
                Some(user) => second_review::is_alone(tx, user).await?,
                None => false,
            };
            set.review(stamp, &words, is_alone.then_some(SECOND_LOOK))?
        }
    })
}

/// Closes it, or has it looked at by another person first, where the facility's criteria ask for that.
async fn finalize(
    tx: &mut Tx,
    (books, facts): (&Books, &Facts),
    set: CodeSet,
    stamp: Stamp,
    outcome: Outcome,
) -> Result<CodeSet> {
    if set.reviewed.is_none() {
        let computed = compute(books, facts, &set.codes);
        let criteria = second_review::asked_for(tx, (&set.codes, &computed), stamp.by.user).await?;
        if !criteria.is_empty() {
            let since = stamp.clone();
            let asked = Pending { key: SECOND_REVIEW.into(), note: criteria.join("; "), since };
            return Ok(set.hold(stamp, asked)?);
        }
    }
    Ok(set.finalize(stamp, outcome)?)
}

/// What a code set has come to, if nothing stands in the way of closing it.
fn outcome(books: &Books, facts: &Facts, set: &CodeSet, overridden: Vec<Overridden>) -> Result<Outcome> {
    // What it waits for is said before what speaks against its codes.
    if let Some(waits) = set.state.pending().first() {
        return Err(Error::refused(format!("it is held ({}): release it first", waits.shown())));
    }
    if !facts.has_left {
        return Err(Error::refused("the patient is still here: close it after discharge"));
    }
    let computed = compute(books, facts, &set.codes);
    let overridden: Vec<Overridden> =
        overridden.into_iter().filter(|one| !one.reason.trim().is_empty()).collect();
    for objection in computed.objections() {
        let is_set_aside = overridden.iter().any(|one| one.finding == objection.finding);
        if !(objection.may_override && is_set_aside) {
            return Err(Error::refused(format!("this stands in the way: {}", objection.what)));
        }
    }
    if facts.has_drg() && computed.group.is_none() {
        return Err(Error::refused(format!("there is no DRG: {}", computed.not_at_hand.join("; "))));
    }
    let group = computed.group.as_ref();
    Ok(Outcome {
        drg: group.map(|group| group.drg),
        grouper: group.map(|group| group.version.clone()).unwrap_or_default(),
        editions: computed.editions.clone(),
        explanation: group.map(|group| group.digest),
        overridden,
    })
}

/// The first DRG is the baseline; what a documentation specialist changes is a working DRG.
async fn keep_reached(
    tx: &mut Tx,
    context: &Context,
    (set, computed): (&CodeSet, &Computed),
    by: &str,
) -> Result<()> {
    let Some(group) = &computed.group else { return Ok(()) };
    let reached = coding::reached(tx, set.id).await?;
    let is_first = reached.iter().all(|one| one.stage != Stage::Baseline);
    let worn = matches!(context.who, Who::User { role: Role::CdiSpecialist, .. });
    let last = reached.iter().rev().find(|one| one.stage == Stage::Working).map(|one| one.drg);
    let stage = match (is_first, worn) {
        (true, _) => Stage::Baseline,
        (false, true) if last != Some(group.drg) => Stage::Working,
        (false, _) => return Ok(()),
    };
    put(tx, context, (set, computed), by, stage).await
}

async fn put(
    tx: &mut Tx,
    context: &Context,
    (set, computed): (&CodeSet, &Computed),
    by: &str,
    stage: Stage,
) -> Result<()> {
    let Some(group) = &computed.group else { return Ok(()) };
    let reached = Reached {
        stage,
        at: context.at,
        by: by.to_owned(),
        drg: group.drg,
        title: group.title.clone(),
        weight: group.weight.map(|weight| weight.to_string()).unwrap_or_default(),
        grouper: group.version.clone(),
        codes: set.codes.clone(),
    };
    Ok(coding::put_reached(tx, set.id, &reached).await?)
}

pub(super) async fn stamp(reader: &mut Reader, context: &Context) -> Result<Stamp> {
    Ok(me(reader, context).await?.stamp(context))
}
