//! The states of a query; each holds what only it knows.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Outcome;
use crate::keyed::keyed;
use crate::machine::Stamp;

/// How far a query has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum State {
    /// It is being written; nobody was asked.
    Draft {
        /// Since when.
        since: Timestamp,
    },
    /// It was put to the practitioner.
    Issued {
        /// Since when.
        since: Timestamp,
    },
    /// The practitioner was reminded.
    Reminded {
        /// Who or what reminded last, and when.
        by: Stamp,
    },
    /// Somebody above was told: the physician advisor, the chair.
    Escalated {
        /// Who or what, and when.
        by: Stamp,
        /// The key of the rung: `physician-advisor`.
        rung: String,
    },
    /// It was answered; what comes of it is not settled.
    Answered {
        /// Who answered, and when.
        by: Stamp,
    },
    /// Settled.
    Closed {
        /// Who closed it, and when.
        by: Stamp,
        /// What came of it.
        outcome: Outcome,
    },
    /// It is no longer asked.
    Withdrawn {
        /// Who or what, and when.
        by: Stamp,
        /// Why.
        reason: String,
    },
}

keyed! {
    /// The name of a state, without what it holds.
    StateKey, "state of a query":
    /// [`State::Draft`].
    Draft = "draft",
    /// [`State::Issued`].
    Issued = "issued",
    /// [`State::Reminded`].
    Reminded = "reminded",
    /// [`State::Escalated`].
    Escalated = "escalated",
    /// [`State::Answered`].
    Answered = "answered",
    /// [`State::Closed`].
    Closed = "closed",
    /// [`State::Withdrawn`].
    Withdrawn = "withdrawn",
}

impl State {
    /// Its name.
    #[must_use]
    pub const fn key(&self) -> StateKey {
        match self {
            Self::Draft { .. } => StateKey::Draft,
            Self::Issued { .. } => StateKey::Issued,
            Self::Reminded { .. } => StateKey::Reminded,
            Self::Escalated { .. } => StateKey::Escalated,
            Self::Answered { .. } => StateKey::Answered,
            Self::Closed { .. } => StateKey::Closed,
            Self::Withdrawn { .. } => StateKey::Withdrawn,
        }
    }

    /// Whether nothing more is expected of anybody, unless it is reopened.
    #[must_use]
    pub const fn is_settled(&self) -> bool {
        matches!(self, Self::Closed { .. } | Self::Withdrawn { .. })
    }
}
