//! The states of a dictation.

use serde::{Deserialize, Serialize};

use crate::id::DocumentId;
use crate::machine::{Actor, Stamp};

/// How far a dictation has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum DictationState {
    /// Nobody types it yet.
    Dictated,
    /// Somebody is to type it.
    Assigned {
        /// Who.
        to: Actor,
    },
    /// Somebody types it.
    InProgress {
        /// Who, since when.
        by: Stamp,
    },
    /// It is typed.
    Typed {
        /// Who typed it, and when it was done.
        by: Stamp,
    },
    /// Somebody compared it with the voice.
    Reviewed {
        /// Who, when.
        by: Stamp,
    },
    /// The author has it, to fill blanks and to sign.
    WithAuthor {
        /// Who gave it to the author, and when.
        by: Stamp,
    },
    /// It is to be listened to again: for blanks, or for errors that a review found.
    SentBack {
        /// Who sent it back, and when.
        by: Stamp,
        /// What for.
        reason: String,
    },
    /// The author signed it; it is a document of the chart.
    Signed {
        /// Who signed, and when.
        by: Stamp,
        /// The document.
        document: DocumentId,
    },
    /// It will not be typed.
    Cancelled {
        /// Who, when.
        by: Stamp,
        /// Why.
        reason: String,
    },
}

impl DictationState {
    /// Its name: `in-progress`.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Dictated => "dictated",
            Self::Assigned { .. } => "assigned",
            Self::InProgress { .. } => "in-progress",
            Self::Typed { .. } => "typed",
            Self::Reviewed { .. } => "reviewed",
            Self::WithAuthor { .. } => "with-author",
            Self::SentBack { .. } => "sent-back",
            Self::Signed { .. } => "signed",
            Self::Cancelled { .. } => "cancelled",
        }
    }

    /// What it is called on a page: `In progress`.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        match self {
            Self::Dictated => "Dictated",
            Self::Assigned { .. } => "Assigned",
            Self::InProgress { .. } => "In progress",
            Self::Typed { .. } => "Typed",
            Self::Reviewed { .. } => "Reviewed",
            Self::WithAuthor { .. } => "With the author",
            Self::SentBack { .. } => "Sent back",
            Self::Signed { .. } => "Signed",
            Self::Cancelled { .. } => "Cancelled",
        }
    }

    /// Who is to type it or types it.
    #[must_use]
    pub const fn typist(&self) -> Option<&Actor> {
        match self {
            Self::Assigned { to } => Some(to),
            Self::InProgress { by } => Some(&by.by),
            _ => None,
        }
    }
}
