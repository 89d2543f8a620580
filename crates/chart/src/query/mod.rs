//! Queries: a question to a practitioner about what the record says, with its indicators, its clock and its answer.
//!
//! A query is drafted, issued, reminded of, escalated, answered, and closed with an outcome; or it is withdrawn. A
//! closed one can be reopened. Everything the practice brief of AHIMA and ACDIS asks a query to keep (*Guidelines for
//! Achieving a Compliant Query Practice*, 2022) is a field of [`Ask`] or [`Answer`]. Which words a query may use is
//! no matter of this machine: the room `clarify` reads a draft before it is issued.

mod answer;
mod ask;
mod indicator;
mod ladder;
mod state;
mod transition;

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::clock::{Basis, Clock, Span};
use crate::id::{EncounterId, PatientId, QueryId};
use crate::machine::{History, Stamp};

pub use answer::{Answer, Outcome};
pub use ask::{Ask, Author, Choice, ChoiceKind, Form, Retention, Timing};
pub use indicator::{Group, Indicator};
pub use ladder::{Measure, QueryLadder, Rung, query_ladder};
pub use state::{State, StateKey};

/// One query, with all that became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// Our identifier.
    pub id: QueryId,
    /// Counts changes, from 1.
    pub version: i64,
    /// Whose record.
    pub patient: PatientId,
    /// About which encounter.
    pub encounter: EncounterId,
    /// What is asked, of whom, by whom and on what grounds. It does not change once issued; only the addressee may.
    pub ask: Ask,
    /// Until when an answer is due. It waits until the query is issued and is never restarted.
    pub clock: Clock,
    /// The highest rung of the ladder that was taken; 0 while none was.
    pub level: u8,
    /// Every answer, oldest first. A reopened query keeps those from before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
    /// How far it has come.
    pub state: State,
    /// All that was done.
    pub history: History,
}

impl Query {
    /// A query that is being written. `span` is how long its answer may take, from when it is issued.
    #[must_use]
    pub fn draft(
        id: QueryId,
        (patient, encounter): (PatientId, EncounterId),
        ask: Ask,
        span: Span,
        stamp: Stamp,
    ) -> Self {
        let state = State::Draft { since: stamp.at };
        let history = History::begin("draft", stamp, &ask.template);
        let clock = Clock::waiting(Basis::Issue, span);
        Self { id, version: 1, patient, encounter, ask, clock, level: 0, answers: Vec::new(), state, history }
    }

    /// When it was issued.
    #[must_use]
    pub const fn issued_at(&self) -> Option<Timestamp> {
        self.clock.started()
    }

    /// When its answer is due, once it is issued.
    #[must_use]
    pub const fn due(&self) -> Option<Timestamp> {
        self.clock.due()
    }

    /// Whether an answer is owed: issued, reminded of or escalated.
    #[must_use]
    pub const fn is_owed(&self) -> bool {
        matches!(self.state, State::Issued { .. } | State::Reminded { .. } | State::Escalated { .. })
    }

    /// Whether an answer is owed and past due at `at`. Derived, never stored.
    #[must_use]
    pub fn is_overdue(&self, at: Timestamp) -> bool {
        self.is_owed() && self.clock.is_late(at)
    }

    /// The answer that counts: the last.
    #[must_use]
    pub fn answer_given(&self) -> Option<&Answer> {
        self.answers.last()
    }

    /// Whole hours from issue to the last answer: the turnaround that is reported.
    #[must_use]
    pub fn turnaround_hours(&self) -> Option<i64> {
        let answered = self.answer_given()?.by.at;
        Some(answered.duration_since(self.issued_at()?).as_hours())
    }
}
