//! Messages of other systems: kept before they are acknowledged, applied in order, mended and replayed by people.

use chart::access::Permission;
use chart::id::{ArrivalId, Digest};
use chart::intake::{Channel, Original, Refusal};
use exchange::hl7::{self, Ack, Message};
use serde_json::json;
use store::arrivals::{self, Arrival, Filter, Recorded, State};
use store::{Page, Store, Tx};

use crate::intake::{Outcome, Rejects, apply_in};
use crate::{Context, Error, Result};

/// What became of a message that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// What to send back; `None` when the sender wants no answer.
    pub acknowledgment: Option<Vec<u8>>,
    /// What became of it.
    pub state: State,
    /// Its kind: `ADT^A01`; `unreadable` when it has no header.
    pub kind: String,
}

/// Takes one HL7 message: keeps it, applies it and says how to acknowledge it, all in one transaction.
///
/// A message that was taken before (same sender and control id) is acknowledged as it was then and not applied again.
/// One that cannot be read or applied is kept in the error queue and acknowledged with the error.
///
/// # Errors
/// When the store fails: nothing was kept, and nothing must be acknowledged.
pub async fn receive(
    store: &Store,
    context: &mut Context,
    bytes: Vec<u8>,
    source: &hl7::Source,
) -> Result<Received> {
    let message = hl7::read(&bytes, source);
    let mut tx = store.begin().await?;
    let original = Original { media_type: hl7::MEDIA_TYPE.into(), bytes };
    store::originals::put(&mut tx, &[&original]).await?;
    let mut arrival = waiting(context, message.as_ref().ok(), Digest::of(&original.bytes), source);
    if let Recorded::Duplicate(earlier) = arrivals::record(&mut tx, &arrival).await? {
        tx.roll_back().await?;
        let acknowledgment =
            hl7::acknowledge(&original.bytes, &answer(earlier.state, &earlier.reason), context.at);
        return Ok(Received { acknowledgment, state: earlier.state, kind: earlier.kind });
    }
    let verdict = match &message {
        Ok(message) => take(&mut tx, context, message, &mut arrival).await?,
        Err(refusal) => refuse(&mut tx, context, &mut arrival, refusal).await?,
    };
    let event = context.event("message-receive").object("arrival", arrival.id).detail(json!({
        "kind": arrival.kind, "sender": arrival.sender, "state": arrival.state,
    }));
    let event = arrival.patient.map_or(event.clone(), |patient| event.patient(patient));
    tx.commit(event).await?;
    let acknowledgment = hl7::acknowledge(&original.bytes, &verdict, context.at);
    Ok(Received { acknowledgment, state: arrival.state, kind: arrival.kind })
}

/// The message as it is recorded before it is applied.
fn waiting(
    context: &mut Context,
    message: Option<&Message>,
    original: Digest,
    source: &hl7::Source,
) -> Arrival {
    Arrival {
        id: context.id(ArrivalId::from_bits),
        channel: Channel::Hl7,
        sender: message.map_or_else(|| source.name.clone(), Message::sender),
        control_id: message.map(|message| message.control_id().to_owned()).filter(|id| !id.is_empty()),
        kind: message.map_or_else(|| "unreadable".into(), Message::trigger),
        original,
        mended_from: None,
        received: context.at,
        state: State::Waiting,
        reason: String::new(),
        order_key: message.and_then(Message::order_key).map(|key| key.to_string()),
        patient: None,
        attempts: 0,
        updated: context.at,
    }
}

/// Applies a message that is recorded.
async fn take(tx: &mut Tx, context: &mut Context, message: &Message, arrival: &mut Arrival) -> Result<Ack> {
    let read = match message.arrival() {
        Ok(read) => read,
        Err(refusal) => return refuse(tx, context, arrival, &refusal).await,
    };
    let (verdicts, _) = apply_in(tx, context, vec![read.into()], Rejects::Report).await?;
    let Some(verdict) = verdicts.into_iter().next() else { return Ok(Ack::Accept) };
    arrival.patient = verdict.patient;
    let (state, reason) = match verdict.outcome {
        Outcome::Applied => (State::Applied, verdict.remarks.join("; ")),
        Outcome::Kept => (State::Applied, "kept; the chart has no place for it yet".into()),
        Outcome::Unchanged => (State::Unchanged, String::new()),
        Outcome::Rejected(reason) => (State::Rejected, reason),
    };
    settle(tx, context, arrival, state, reason).await?;
    Ok(answer(arrival.state, &arrival.reason))
}

async fn refuse(tx: &mut Tx, context: &Context, arrival: &mut Arrival, refusal: &Refusal) -> Result<Ack> {
    settle(tx, context, arrival, State::Rejected, refusal.to_string()).await?;
    // Without a header nobody can be answered by name: that is a rejection, everything else an error.
    Ok(if arrival.control_id.is_none() { Ack::Reject(refusal.clone()) } else { Ack::Error(refusal.clone()) })
}

async fn settle(
    tx: &mut Tx,
    context: &Context,
    arrival: &mut Arrival,
    state: State,
    reason: String,
) -> Result<()> {
    arrivals::set_state(tx, arrival.id, state, &reason, arrival.patient, context.at).await?;
    arrival.state = state;
    arrival.reason = reason;
    Ok(())
}

/// How a message in this state is acknowledged.
fn answer(state: State, reason: &str) -> Ack {
    match state {
        State::Rejected => Ack::Error(Refusal { place: "MSH".into(), what: reason.to_owned() }),
        State::Waiting | State::Applied | State::Unchanged | State::Mended | State::Dropped => Ack::Accept,
    }
}

/// The messages asked for, the latest first, and how many there are.
pub async fn list(
    store: &Store,
    context: &Context,
    filter: &Filter,
    page: Page,
) -> Result<(Vec<Arrival>, i64)> {
    context.must(Permission::InterfaceRead)?;
    let mut view = store.view().await?;
    let found = arrivals::list(&mut view, filter, page).await?;
    let count = arrivals::count(&mut view, filter).await?;
    view.finish(context.event("message-list").detail(json!({ "count": found.len() }))).await?;
    Ok((found, count))
}

/// A message with its bytes as they are now, mended or not.
pub async fn read(store: &Store, context: &Context, id: ArrivalId) -> Result<(Arrival, Original)> {
    context.must(Permission::InterfaceRead)?;
    let mut view = store.view().await?;
    let arrival = arrivals::by_id(&mut view, id).await?.ok_or_else(|| missing(id))?;
    let original = store::originals::get(&mut view, arrival.original).await?.ok_or_else(|| missing(id))?;
    let event = context.event("message-read").object("arrival", id);
    view.finish(arrival.patient.map_or(event.clone(), |patient| event.patient(patient))).await?;
    Ok((arrival, original))
}

/// Puts mended text in the place of a rejected message and applies it again. What came stays among the originals.
///
/// # Errors
/// [`Error::Refused`] when the message is not waiting to be mended.
pub async fn mend(
    store: &Store,
    context: &mut Context,
    id: ArrivalId,
    text: Option<String>,
    source: &hl7::Source,
) -> Result<Arrival> {
    context.must(Permission::InterfaceMend)?;
    let mut tx = store.begin().await?;
    let mut arrival = rejected(&mut tx, id).await?;
    let mut original = store::originals::get(&mut tx, arrival.original).await?.ok_or_else(|| missing(id))?;
    if let Some(text) = text {
        original.bytes = text.replace("\r\n", "\r").replace('\n', "\r").into_bytes();
        store::originals::put(&mut tx, &[&original]).await?;
        arrivals::mend(&mut tx, id, Digest::of(&original.bytes), "mended", context.at).await?;
    }
    match hl7::read(&original.bytes, source) {
        Ok(message) => take(&mut tx, context, &message, &mut arrival).await?,
        Err(refusal) => refuse(&mut tx, context, &mut arrival, &refusal).await?,
    };
    let event = context.event("message-mend").object("arrival", id).detail(json!({ "state": arrival.state }));
    tx.commit(arrival.patient.map_or(event.clone(), |patient| event.patient(patient))).await?;
    Ok(arrival)
}

/// Gives a rejected message up, with a reason. It is kept and stays in the list.
pub async fn give_up(store: &Store, context: &Context, id: ArrivalId, reason: &str) -> Result<()> {
    context.must(Permission::InterfaceMend)?;
    if reason.trim().is_empty() {
        return Err(Error::refused("say why the message is given up: the reason stays with it"));
    }
    let mut tx = store.begin().await?;
    rejected(&mut tx, id).await?;
    arrivals::set_state(&mut tx, id, State::Dropped, reason, None, context.at).await?;
    tx.commit(context.event("message-drop").object("arrival", id).reason(reason)).await?;
    Ok(())
}

async fn rejected(tx: &mut Tx, id: ArrivalId) -> Result<Arrival> {
    let arrival = arrivals::by_id(tx, id).await?.ok_or_else(|| missing(id))?;
    if arrival.state != State::Rejected || arrival.channel != Channel::Hl7 {
        return Err(Error::refused("only a rejected HL7 message can be mended, replayed or given up"));
    }
    Ok(arrival)
}

fn missing(id: ArrivalId) -> Error {
    Error::Missing { what: "message", id: id.to_string() }
}
