//! Suspension for incomplete records: listed, restored, the days counted for credentialing.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::ladder::days_between;
use crate::deficiency::Responsible;
use crate::id::LetterId;
use crate::machine::{History, InvalidTransition, Stamp, reason};

/// One suspension of a practitioner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// Counts changes, from 1.
    pub version: i64,
    /// Who.
    pub who: Responsible,
    /// The letter that announced it, where one did.
    pub letter: Option<LetterId>,
    /// Why.
    pub reason: String,
    /// How far it has come.
    pub state: SuspensionState,
    /// All that was done.
    pub history: History,
}

/// How far a suspension has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum SuspensionState {
    /// In force.
    Listed {
        /// Since when.
        since: Timestamp,
    },
    /// Over.
    Restored {
        /// Since when it was in force.
        since: Timestamp,
        /// Who restored, and when.
        by: Stamp,
    },
    /// Should not have been: it counts no days.
    Annulled {
        /// Who, when.
        by: Stamp,
        /// Why.
        reason: String,
    },
}

impl SuspensionState {
    /// Its name: `listed`.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Listed { .. } => "listed",
            Self::Restored { .. } => "restored",
            Self::Annulled { .. } => "annulled",
        }
    }
}

type Next = Result<Suspension, InvalidTransition>;

impl Suspension {
    /// A practitioner is put on the list.
    ///
    /// # Errors
    /// Without a reason.
    pub fn list(who: Responsible, letter: Option<LetterId>, why: &str, stamp: Stamp) -> Next {
        let why = reason(why, "say for which records the practitioner is suspended")?.to_owned();
        let state = SuspensionState::Listed { since: stamp.at };
        let history = History::begin("list", stamp, &why);
        Ok(Self { version: 1, who, letter, reason: why, state, history })
    }

    /// The work is done, or the suspension is lifted for another reason.
    ///
    /// # Errors
    /// When it is not in force, or without a reason.
    pub fn restore(self, stamp: Stamp, why: &str) -> Next {
        let SuspensionState::Listed { since } = self.state else { return Err(self.cannot("restore")) };
        let why = reason(why, "say why the practitioner is restored")?.to_owned();
        let next = SuspensionState::Restored { since, by: stamp.clone() };
        self.into("restore", stamp, &why, next)
    }

    /// It should not have been, in force or over.
    ///
    /// # Errors
    /// When it is annulled already, or without a reason.
    pub fn annul(self, stamp: Stamp, why: &str) -> Next {
        if let SuspensionState::Annulled { .. } = self.state {
            return Err(self.cannot("annul"));
        }
        let why = reason(why, "say why the suspension should not have been")?.to_owned();
        let next = SuspensionState::Annulled { by: stamp.clone(), reason: why.clone() };
        self.into("annul", stamp, &why, next)
    }

    /// How many days of the calendar it has lasted at `now`, the first and the last counted. One annulled lasted none.
    #[must_use]
    pub fn days(&self, now: Timestamp, zone: &TimeZone) -> i64 {
        match &self.state {
            SuspensionState::Listed { since } => days_between(*since, now, zone) + 1,
            SuspensionState::Restored { since, by } => days_between(*since, by.at, zone) + 1,
            SuspensionState::Annulled { .. } => 0,
        }
    }

    const fn cannot(&self, verb: &'static str) -> InvalidTransition {
        InvalidTransition::State { thing: "suspension", state: self.state.key(), verb }
    }

    fn into(mut self, verb: &str, stamp: Stamp, note: &str, next: SuspensionState) -> Next {
        self.history.add(verb, stamp, note)?;
        self.state = next;
        self.version += 1;
        Ok(self)
    }
}
