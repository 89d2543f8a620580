//! Dictation: a voice becomes a text, and the text comes back to its author to be signed.
//!
//! dictated → assigned → in progress → typed → reviewed → with the author → signed; sent back for blanks or errors, or
//! cancelled. The turnaround clock runs from the end of the dictation until the text is available to its author.

mod lines;
mod quality;
mod state;
mod transition;
mod work_type;

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::clock::{Basis, Clock};
use crate::deficiency::Responsible;
use crate::id::{DictationId, Digest, EncounterId, PatientId};
use crate::keyed::keyed;
use crate::machine::{Actor, History, InvalidTransition, Stamp};

pub use lines::{BLANK, LINE_CHARACTERS, LineCount, blanks};
pub use quality::{ErrorClass, ErrorClassRow, Errors, Score, error_classes};
pub use state::DictationState;
pub use work_type::{WorkType, WorkTypes, work_types};

/// One dictation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dictation {
    /// Our identifier.
    pub id: DictationId,
    /// Counts changes, from 1.
    pub version: i64,
    /// Its work type, as in `data/record/work-type.tsv`: `operative-report`.
    pub work_type: String,
    /// Who dictated.
    pub author: Responsible,
    /// The author's account, where they have one: the text is theirs to sign.
    pub author_account: Actor,
    /// Whose record.
    pub patient: PatientId,
    /// In which encounter.
    pub encounter: EncounterId,
    /// The voice; `None` where it was dictated to somebody who typed along.
    pub audio: Option<Audio>,
    /// How soon it is wanted.
    pub priority: Priority,
    /// What is said about it for the typist.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// When the dictation ended.
    pub dictated: Timestamp,
    /// From the end of the dictation until the text is available to its author.
    pub clock: Clock,
    /// The text, as far as it is typed.
    pub text: String,
    /// Who typed it, once typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typist: Option<Actor>,
    /// When the text was first available to its author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available: Option<Timestamp>,
    /// What the last quality review counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
    /// How far it has come.
    pub state: DictationState,
    /// All that was done.
    pub history: History,
}

/// A recorded voice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audio {
    /// The original it is kept as.
    pub digest: Digest,
    /// Its media type: `audio/wav`.
    pub media_type: String,
    /// How long it is, in seconds.
    pub seconds: u32,
}

keyed! {
    /// How soon a dictation is wanted.
    Priority, "priority":
    /// In its turn.
    Routine = "routine",
    /// At once.
    Stat = "stat",
}

/// What comes in when somebody has dictated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Whose record.
    pub patient: PatientId,
    /// In which encounter.
    pub encounter: EncounterId,
    /// Its work type.
    pub work_type: String,
    /// Who dictated.
    pub author: Responsible,
    /// The author's account.
    pub author_account: Actor,
    /// The voice.
    pub audio: Option<Audio>,
    /// How soon it is wanted.
    pub priority: Priority,
    /// What is said about it for the typist.
    pub remark: String,
    /// When the dictation ended.
    pub dictated: Timestamp,
}

impl Dictation {
    /// A dictation that came in; its clock runs since it ended, by its work type and priority.
    ///
    /// # Errors
    /// When the work type is not in the table, or the dictation would end after now.
    pub fn receive(
        id: DictationId,
        received: Received,
        stamp: Stamp,
        zone: &TimeZone,
    ) -> Result<Self, InvalidTransition> {
        const NO_TYPE: InvalidTransition =
            InvalidTransition::Rule("choose a work type of the list: it says how soon the text is due");
        const FUTURE: InvalidTransition =
            InvalidTransition::Rule("the dictation cannot have ended after now: correct the time");
        let kind = work_types().by_key(&received.work_type).ok_or(NO_TYPE)?;
        if received.dictated > stamp.at {
            return Err(FUTURE);
        }
        let clock = Clock::running(Basis::Receipt, kind.within(received.priority), received.dictated, zone);
        let Received {
            patient,
            encounter,
            work_type,
            author,
            author_account,
            audio,
            priority,
            remark,
            dictated,
        } = received;
        Ok(Self {
            id,
            version: 1,
            work_type,
            author,
            author_account,
            patient,
            encounter,
            audio,
            priority,
            remark,
            dictated,
            clock,
            text: String::new(),
            typist: None,
            available: None,
            score: None,
            state: DictationState::Dictated,
            history: History::begin("dictate", stamp, ""),
        })
    }

    /// How many lines the text counts.
    #[must_use]
    pub fn lines(&self) -> LineCount {
        LineCount::of(&self.text)
    }

    /// How many blanks are left in the text.
    #[must_use]
    pub fn blanks(&self) -> usize {
        blanks(&self.text)
    }

    /// Whether the text should have been available to its author by `at`, and was or is not.
    #[must_use]
    pub fn is_late(&self, at: Timestamp) -> bool {
        let cancelled = matches!(self.state, DictationState::Cancelled { .. });
        !cancelled && self.clock.is_late(self.available.unwrap_or(at))
    }
}
