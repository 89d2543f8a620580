//! The states of a deficiency; each holds what only it knows.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::keyed::keyed;
use crate::machine::Stamp;

/// How far a deficiency has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum State {
    /// It will be owed: the patient is still here, the procedure is still to be reported.
    Predicted {
        /// Since when it is known.
        since: Timestamp,
    },
    /// It is owed.
    Open {
        /// Since when.
        since: Timestamp,
    },
    /// Somebody works on it.
    Claimed {
        /// Who, since when.
        by: Stamp,
    },
    /// All steps are done; nobody has looked at it again.
    Completed {
        /// Who did the last step, and when.
        by: Stamp,
    },
    /// Looked at again and found in order.
    Verified {
        /// Who looked, and when.
        by: Stamp,
    },
    /// The provider says it is not theirs, or not needed; to be reviewed.
    Declined {
        /// Who, when.
        by: Stamp,
        /// Why.
        reason: String,
    },
    /// The department lets it go.
    Waived {
        /// Who, when.
        by: Stamp,
        /// Why.
        reason: String,
    },
    /// The record shows that it is no longer lacking.
    Cleared {
        /// Who or what found it, and when.
        by: Stamp,
        /// What shows it.
        evidence: String,
    },
    /// The rule no longer applies: the encounter was cancelled, the policy changed.
    Withdrawn {
        /// Who or what, when.
        by: Stamp,
        /// Why.
        reason: String,
    },
}

keyed! {
    /// The name of a state, without what it holds.
    StateKey, "state of a deficiency":
    /// [`State::Predicted`].
    Predicted = "predicted",
    /// [`State::Open`].
    Open = "open",
    /// [`State::Claimed`].
    Claimed = "claimed",
    /// [`State::Completed`].
    Completed = "completed",
    /// [`State::Verified`].
    Verified = "verified",
    /// [`State::Declined`].
    Declined = "declined",
    /// [`State::Waived`].
    Waived = "waived",
    /// [`State::Cleared`].
    Cleared = "cleared",
    /// [`State::Withdrawn`].
    Withdrawn = "withdrawn",
}

impl State {
    /// Its name.
    #[must_use]
    pub const fn key(&self) -> StateKey {
        match self {
            Self::Predicted { .. } => StateKey::Predicted,
            Self::Open { .. } => StateKey::Open,
            Self::Claimed { .. } => StateKey::Claimed,
            Self::Completed { .. } => StateKey::Completed,
            Self::Verified { .. } => StateKey::Verified,
            Self::Declined { .. } => StateKey::Declined,
            Self::Waived { .. } => StateKey::Waived,
            Self::Cleared { .. } => StateKey::Cleared,
            Self::Withdrawn { .. } => StateKey::Withdrawn,
        }
    }

    /// Whether nothing more is expected of anybody, unless it is reopened.
    #[must_use]
    pub const fn is_settled(&self) -> bool {
        matches!(
            self,
            Self::Verified { .. } | Self::Waived { .. } | Self::Cleared { .. } | Self::Withdrawn { .. }
        )
    }
}
