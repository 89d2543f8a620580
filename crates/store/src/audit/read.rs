//! Reading the trail: who saw this patient, what did this person see.

use chart::id::{PatientId, UserId};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use super::event::{Action, Actor, Event, Object, Outcome};
use crate::condition::Conditions;
use crate::row::{self, micros};
use crate::{Error, Page, Reader, Result};

/// A line of the trail as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its number, from 1.
    pub seq: i64,
    /// What it says.
    pub event: Event,
    /// Its hash.
    pub hash: String,
}

/// Which lines are wanted. Everything that is said must be so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// About one of these patients: a chart and those merged into it. Empty: about any or none.
    pub patients: Vec<PatientId>,
    /// By this person.
    pub user: Option<UserId>,
    /// With this action's key.
    pub action: Option<String>,
    /// At or after.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
}

const COLUMNS: &str = "
select seq, at, actor_user, actor_system, role, action, patient, object_kind, object_id,
  outcome, reason, detail, session, source, hash
from audit
";

const COUNT: &str = "
select count(*) as count
from audit
";

/// The lines of the filter, the newest first.
pub async fn lines(reader: &mut Reader, filter: &Filter, page: Page) -> Result<Vec<Line>> {
    let rows = conditions(filter)?.rows(reader, COLUMNS, "order by seq desc", page).await?;
    row::all(&rows, line)
}

/// How many lines the filter has.
pub async fn count(reader: &mut Reader, filter: &Filter) -> Result<i64> {
    conditions(filter)?.count(reader, COUNT).await
}

fn conditions(filter: &Filter) -> Result<Conditions> {
    let mut conditions = Conditions::default();
    conditions.any_of("patient", filter.patients.iter().map(ToString::to_string))?;
    conditions.with("actor_user =", filter.user.map(|user| user.to_string()))?;
    conditions.with("action =", filter.action.as_deref())?;
    conditions.with("at >=", filter.from.map(micros))?;
    conditions.with("at <", filter.until.map(micros))?;
    Ok(conditions)
}

const AFTER: &str = "
select seq, at, actor_user, actor_system, role, action, patient, object_kind, object_id,
  outcome, reason, detail, session, source, hash
from audit
where seq > $1
order by seq
limit $2
";

/// The next lines after number `seq`, the oldest first.
pub(crate) async fn after(reader: &mut Reader, seq: i64, take: i64) -> Result<Vec<AnyRow>> {
    Ok(sqlx::query(AFTER).bind(seq).bind(take).fetch_all(reader.sql()).await?)
}

/// How long the trail is, and its last hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The number of the last line; 0 when there is none.
    pub seq: i64,
    /// The hash of the last line; empty when there is none.
    pub hash: String,
}

const HEAD: &str = "
select seq, hash
from audit_head
where id = 1
";

/// The trail's head.
pub async fn head(reader: &mut Reader) -> Result<Head> {
    let row = sqlx::query(HEAD).fetch_optional(reader.sql()).await?;
    let row = row.ok_or_else(|| Error::Missing { what: "head of the audit trail", id: "1".into() })?;
    Ok(Head { seq: row::int(&row, "seq")?, hash: row::text(&row, "hash")? })
}

/// A line out of its row.
pub(crate) fn line(row: &AnyRow) -> Result<Line> {
    let event = Event {
        at: row::instant(row, "at")?,
        actor: actor(row)?,
        action: Action::stored(row::text(row, "action")?),
        patient: row::opt_parsed(row, "patient")?,
        object: object(row)?,
        outcome: outcome(row)?,
        reason: row::opt_text(row, "reason")?,
        detail: row::json(row, "detail")?,
        session: row::opt_parsed(row, "session")?,
        source: row::opt_parsed(row, "source")?,
    };
    Ok(Line { seq: row::int(row, "seq")?, event, hash: row::text(row, "hash")? })
}

fn actor(row: &AnyRow) -> Result<Actor> {
    let user: Option<UserId> = row::opt_parsed(row, "actor_user")?;
    Ok(match (user, row::opt_text(row, "actor_system")?) {
        (Some(id), _) => Actor::User { id, role: row::text(row, "role")? },
        (None, system) => Actor::System(system.unwrap_or_default()),
    })
}

fn object(row: &AnyRow) -> Result<Option<Object>> {
    let (kind, id) = (row::opt_text(row, "object_kind")?, row::opt_text(row, "object_id")?);
    Ok(kind.zip(id).map(|(kind, id)| Object { kind, id }))
}

fn outcome(row: &AnyRow) -> Result<Outcome> {
    let key = row::text(row, "outcome")?;
    Outcome::of_key(&key)
        .ok_or_else(|| Error::Unreadable { column: "outcome".into(), why: format!("`{key}` is no outcome") })
}
