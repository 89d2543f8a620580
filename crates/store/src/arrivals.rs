//! What came in, message by message: kept before it is acknowledged, applied in order, or listed with its reason.

use chart::id::{ArrivalId, Digest, PatientId};
use chart::intake::Channel;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, key_of, micros};
use crate::{Error, Page, Reader, Result, Tx};

/// A message or file that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Our identifier.
    pub id: ArrivalId,
    /// By which way it came.
    pub channel: Channel,
    /// Who sent it: sending application and facility, a FHIR source, a user.
    pub sender: String,
    /// The sender's number of the message. With the sender it is unique: the same again is a duplicate.
    pub control_id: Option<String>,
    /// Its kind: `ADT^A01`.
    pub kind: String,
    /// The bytes as they came, or as a person mended them.
    pub original: Digest,
    /// What the sender sent, when a person has mended it.
    pub mended_from: Option<Digest>,
    /// When it came.
    pub received: Timestamp,
    /// What has become of it.
    pub state: State,
    /// Why it was rejected or dropped; remarks, when it was applied.
    pub reason: String,
    /// Messages with the same key are applied in the order they came: the sender's patient number.
    pub order_key: Option<String>,
    /// Whose chart it went to.
    pub patient: Option<PatientId>,
    /// How often it was tried.
    pub attempts: i64,
    /// When its state last changed.
    pub updated: Timestamp,
}

/// What has become of an arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Kept; not yet applied.
    Waiting,
    /// In the chart.
    Applied,
    /// It said nothing new.
    Unchanged,
    /// It could not be read or applied: a person has to look at it.
    Rejected,
    /// A person has mended it; it waits to be applied again.
    Mended,
    /// A person decided that it is not to be applied.
    Dropped,
}

/// What recording an arrival found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// It is new.
    New,
    /// The sender has sent a message of this number before: this one.
    Duplicate(Box<Arrival>),
}

const INSERT: &str = "
insert into arrival (
  id, channel, sender, control_id, kind, original, mended_from, received,
  state, reason, order_key, patient, attempts, updated
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
on conflict (sender, control_id) do nothing
";

/// Records an arrival, whose original must be kept already, unless its sender has sent that number before.
pub async fn record(tx: &mut Tx, arrival: &Arrival) -> Result<Recorded> {
    let query = sqlx::query(INSERT)
        .bind(arrival.id.to_string())
        .bind(key_of(&arrival.channel)?)
        .bind(arrival.sender.as_str())
        .bind(arrival.control_id.as_deref())
        .bind(arrival.kind.as_str())
        .bind(arrival.original.to_string())
        .bind(arrival.mended_from.map(|digest| digest.to_string()))
        .bind(micros(arrival.received))
        .bind(key_of(&arrival.state)?)
        .bind(arrival.reason.as_str())
        .bind(arrival.order_key.as_deref())
        .bind(arrival.patient.map(|id| id.to_string()))
        .bind(arrival.attempts)
        .bind(micros(arrival.updated));
    if query.execute(tx.sql()).await?.rows_affected() > 0 {
        return Ok(Recorded::New);
    }
    let control_id = arrival.control_id.as_deref().unwrap_or_default();
    let earlier = by_control_id(tx, &arrival.sender, control_id).await?;
    earlier.map(Box::new).map(Recorded::Duplicate).ok_or_else(|| missing(arrival.id))
}

const SET_STATE: &str = "
update arrival
set state = $2, reason = $3, patient = coalesce($4, patient), attempts = attempts + 1, updated = $5
where id = $1
";

/// Says what has become of an arrival after it was tried.
pub async fn set_state(
    tx: &mut Tx,
    id: ArrivalId,
    state: State,
    reason: &str,
    patient: Option<PatientId>,
    at: Timestamp,
) -> Result<()> {
    let query = sqlx::query(SET_STATE)
        .bind(id.to_string())
        .bind(key_of(&state)?)
        .bind(reason)
        .bind(patient.map(|id| id.to_string()))
        .bind(micros(at));
    found(query.execute(tx.sql()).await?.rows_affected(), id)
}

const MEND: &str = "
update arrival
set state = 'mended', original = $2, mended_from = coalesce(mended_from, original), reason = $3, updated = $4
where id = $1
  and state in ('rejected', 'mended')
";

/// Puts mended bytes, which must be kept already, in the place of those that were rejected, to be tried again.
pub async fn mend(tx: &mut Tx, id: ArrivalId, original: Digest, reason: &str, at: Timestamp) -> Result<()> {
    let query =
        sqlx::query(MEND).bind(id.to_string()).bind(original.to_string()).bind(reason).bind(micros(at));
    found(query.execute(tx.sql()).await?.rows_affected(), id)
}

fn found(changed: u64, id: ArrivalId) -> Result<()> {
    if changed == 0 { Err(missing(id)) } else { Ok(()) }
}

fn missing(id: ArrivalId) -> Error {
    Error::Missing { what: "arrival in that state", id: id.to_string() }
}

/// The columns of an arrival, and what follows.
macro_rules! arrival_rows {
    ($rest:literal) => {
        concat!(
            "
select id, channel, sender, control_id, kind, original, mended_from, received,
  state, reason, order_key, patient, attempts, updated
from arrival
",
            $rest
        )
    };
}

const BY_ID: &str = arrival_rows!("where id = $1");

/// The arrival.
pub async fn by_id(reader: &mut Reader, id: ArrivalId) -> Result<Option<Arrival>> {
    let row = sqlx::query(BY_ID).bind(id.to_string()).fetch_optional(reader.sql()).await?;
    row.map(|row| read(&row)).transpose()
}

const BY_CONTROL_ID: &str = arrival_rows!(
    "where sender = $1
  and control_id = $2"
);

/// The arrival of this sender and number.
pub async fn by_control_id(reader: &mut Reader, sender: &str, control_id: &str) -> Result<Option<Arrival>> {
    let row = sqlx::query(BY_CONTROL_ID).bind(sender).bind(control_id).fetch_optional(reader.sql()).await?;
    row.map(|row| read(&row)).transpose()
}

const NEXT: &str = arrival_rows!(
    "where state in ('waiting', 'mended')
  and not exists (
    select 1
    from arrival as earlier
    where earlier.order_key = arrival.order_key
      and earlier.state in ('waiting', 'mended')
      and (earlier.received < arrival.received or earlier.received = arrival.received and earlier.id < arrival.id)
  )
order by received, id
limit $1"
);

/// Arrivals that may be applied now, at most `take`: the oldest of each order key, and those without a key.
pub async fn next(reader: &mut Reader, take: u32) -> Result<Vec<Arrival>> {
    let rows = sqlx::query(NEXT).bind(i64::from(take)).fetch_all(reader.sql()).await?;
    row::all(&rows, read)
}

/// Which arrivals are wanted. Everything that is said must be so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// In one of these states; empty for any.
    pub states: Vec<State>,
    /// By this way.
    pub channel: Option<Channel>,
    /// From this sender.
    pub sender: Option<String>,
    /// That went to this patient's chart.
    pub patient: Option<PatientId>,
}

const ROWS: &str = arrival_rows!("");

const COUNT: &str = "
select count(*) as count
from arrival
";

/// The arrivals asked for, the latest first.
pub async fn list(reader: &mut Reader, filter: &Filter, page: Page) -> Result<Vec<Arrival>> {
    let rows = conditions(filter)?.rows(reader, ROWS, "order by received desc, id desc", page).await?;
    row::all(&rows, read)
}

/// How many arrivals are asked for.
pub async fn count(reader: &mut Reader, filter: &Filter) -> Result<i64> {
    conditions(filter)?.count(reader, COUNT).await
}

fn conditions(filter: &Filter) -> Result<Conditions> {
    let mut conditions = Conditions::default();
    let states = filter.states.iter().map(key_of).collect::<Result<Vec<_>>>()?;
    conditions.any_of("state", states)?;
    conditions.with("channel =", filter.channel.map(|channel| key_of(&channel)).transpose()?)?;
    conditions.with("sender =", filter.sender.as_deref())?;
    conditions.with("patient =", filter.patient.map(|id| id.to_string()))?;
    Ok(conditions)
}

fn read(row: &AnyRow) -> Result<Arrival> {
    Ok(Arrival {
        id: row::parsed(row, "id")?,
        channel: row::choice(row, "channel")?,
        sender: row::text(row, "sender")?,
        control_id: row::opt_text(row, "control_id")?,
        kind: row::text(row, "kind")?,
        original: row::parsed(row, "original")?,
        mended_from: row::opt_parsed(row, "mended_from")?,
        received: row::instant(row, "received")?,
        state: row::choice(row, "state")?,
        reason: row::text(row, "reason")?,
        order_key: row::opt_text(row, "order_key")?,
        patient: row::opt_parsed(row, "patient")?,
        attempts: row::int(row, "attempts")?,
        updated: row::instant(row, "updated")?,
    })
}
