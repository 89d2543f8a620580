//! Who did what to whom, when, in which role, and how it ended.

use std::borrow::Cow;
use std::fmt;

use chart::id::{Digest, PatientId, SessionId, UserId};
use jiff::Timestamp;
use serde_json::Value;

use crate::{Error, Result};

/// One line of the audit trail. It holds no clinical content, no names and no national numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// When. Kept to the microsecond.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What was done.
    pub action: Action,
    /// Whose record it was about.
    pub patient: Option<PatientId>,
    /// What it was done to.
    pub object: Option<Object>,
    /// How it ended.
    pub outcome: Outcome,
    /// Why, in the actor's words (broken glass, a merge) or as a rule's key.
    pub reason: Option<String>,
    /// Anything more: counts, versions, keys of what changed. `Null` for nothing.
    pub detail: Value,
    /// The session it was done in.
    pub session: Option<SessionId>,
    /// Digest of the address it came from.
    pub source: Option<Digest>,
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A person who is signed in.
    User {
        /// Who.
        id: UserId,
        /// The role worn at that moment.
        role: String,
    },
    /// The program itself, in one of its parts: `mllp`, `import`, `jobs`.
    System(String),
}

/// What was done, as a short key: `chart-read`, `patient-merge`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Action(Cow<'static, str>);

impl Action {
    /// An action of this key. Keys are lower case, words parted by `-`.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self(Cow::Borrowed(key))
    }

    pub(crate) fn stored(key: String) -> Self {
        Self(Cow::Owned(key))
    }

    /// Its key.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What it was done to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// Its kind: `document`, `encounter`, `account`.
    pub kind: String,
    /// Its identifier.
    pub id: String,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was not allowed.
    Denied,
    /// It was tried and did not work.
    Failed,
}

impl Outcome {
    /// The key it is stored by.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Denied => "denied",
            Self::Failed => "failed",
        }
    }

    pub(crate) fn of_key(key: &str) -> Option<Self> {
        [Self::Done, Self::Denied, Self::Failed].into_iter().find(|one| one.key() == key)
    }
}

impl Event {
    /// An event that was done, about no patient yet.
    #[must_use]
    pub const fn new(at: Timestamp, actor: Actor, action: Action) -> Self {
        Self {
            at,
            actor,
            action,
            patient: None,
            object: None,
            outcome: Outcome::Done,
            reason: None,
            detail: Value::Null,
            session: None,
            source: None,
        }
    }

    /// Whose record it was about.
    #[must_use]
    pub const fn patient(mut self, patient: PatientId) -> Self {
        self.patient = Some(patient);
        self
    }

    /// What it was done to.
    #[must_use]
    pub fn object(mut self, kind: &str, id: impl fmt::Display) -> Self {
        self.object = Some(Object { kind: kind.to_owned(), id: id.to_string() });
        self
    }

    /// How it ended.
    #[must_use]
    pub const fn outcome(mut self, outcome: Outcome) -> Self {
        self.outcome = outcome;
        self
    }

    /// Why.
    #[must_use]
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// Anything more, without clinical content or names.
    #[must_use]
    pub fn detail(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }
}

/// At least one event.
#[derive(Debug, Clone, PartialEq)]
pub struct Events(Vec<Event>);

impl Events {
    /// `first`, and `others` after it.
    #[must_use]
    pub fn new(first: Event, others: impl IntoIterator<Item = Event>) -> Self {
        Self(std::iter::once(first).chain(others).collect())
    }

    pub(crate) fn as_slice(&self) -> &[Event] {
        &self.0
    }
}

impl From<Event> for Events {
    fn from(event: Event) -> Self {
        Self(vec![event])
    }
}

impl TryFrom<Vec<Event>> for Events {
    type Error = Error;

    fn try_from(events: Vec<Event>) -> Result<Self> {
        if events.is_empty() {
            return Err(Error::Refused("a change needs at least one audit event: say who did what".into()));
        }
        Ok(Self(events))
    }
}
