//! Letters about incomplete records, the ladder they climb, and suspension.
//!
//! No federal rule sets the days of a ladder or a suspension; bylaws do. The ladder that ships is a common one
//! (`data/record/escalation.tsv`), and a facility edits it.

mod ladder;
mod suspension;

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::deficiency::Responsible;
use crate::id::{DeficiencyId, LetterId};
use crate::keyed::keyed;
use crate::machine::{History, InvalidTransition, Stamp, reason};

pub use ladder::{Ladder, Level, ladder};
pub use suspension::{Suspension, SuspensionState};

/// A letter to a practitioner about records that wait for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Our identifier.
    pub id: LetterId,
    /// Counts changes, from 1.
    pub version: i64,
    /// To whom.
    pub to: Responsible,
    /// Its level of the ladder, from 1.
    pub level: u8,
    /// What it is about.
    pub deficiencies: Vec<DeficiencyId>,
    /// What it says.
    pub text: String,
    /// How far it has come.
    pub state: LetterState,
    /// All that was done.
    pub history: History,
}

/// How far a letter has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum LetterState {
    /// Written, not sent. Its text may be changed.
    Drafted,
    /// On its way to the practitioner; its text stays.
    Issued {
        /// Who issued it, when.
        by: Stamp,
        /// By which way.
        how: Delivery,
    },
    /// The practitioner has read it.
    Acknowledged {
        /// When it was issued.
        issued: Timestamp,
        /// Who acknowledged it, when.
        by: Stamp,
    },
    /// A later letter takes its place.
    Superseded {
        /// The later one.
        later: LetterId,
        /// Who, when.
        by: Stamp,
    },
    /// It should not have been written.
    Withdrawn {
        /// Who, when.
        by: Stamp,
        /// Why.
        reason: String,
    },
}

keyed! {
    /// By which way a letter goes.
    Delivery, "way of delivery":
    /// On paper.
    Paper = "paper",
    /// Into the practitioner's inbox here.
    Inbox = "inbox",
}

impl LetterState {
    /// Its name: `issued`.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Drafted => "drafted",
            Self::Issued { .. } => "issued",
            Self::Acknowledged { .. } => "acknowledged",
            Self::Superseded { .. } => "superseded",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}

type Next = Result<Letter, InvalidTransition>;

impl Letter {
    /// A letter, not sent yet.
    ///
    /// # Errors
    /// When it is about nothing, or says nothing.
    pub fn draft(
        id: LetterId,
        to: Responsible,
        level: u8,
        deficiencies: Vec<DeficiencyId>,
        text: &str,
        stamp: Stamp,
    ) -> Next {
        if deficiencies.is_empty() {
            return Err(InvalidTransition::Rule(
                "a letter names the work it is about: choose at least one item",
            ));
        }
        let text = reason(text, "the letter is empty: write what it says")?.to_owned();
        let history = History::begin("draft", stamp, "");
        Ok(Self { id, version: 1, to, level, deficiencies, text, state: LetterState::Drafted, history })
    }

    /// Its text is changed.
    ///
    /// # Errors
    /// When it has been sent, or would be empty.
    pub fn edit(mut self, stamp: Stamp, text: &str) -> Next {
        let LetterState::Drafted = self.state else { return Err(self.cannot("edit")) };
        self.text = reason(text, "the letter is empty: write what it says")?.to_owned();
        self.into("edit", stamp, "", LetterState::Drafted)
    }

    /// It goes out.
    ///
    /// # Errors
    /// When it has been sent, superseded or withdrawn.
    pub fn issue(self, stamp: Stamp, how: Delivery) -> Next {
        let LetterState::Drafted = self.state else { return Err(self.cannot("issue")) };
        let next = LetterState::Issued { by: stamp.clone(), how };
        self.into("issue", stamp, how.key(), next)
    }

    /// Whether it went out and stands: issued, or acknowledged.
    #[must_use]
    pub const fn was_sent(&self) -> bool {
        matches!(self.state, LetterState::Issued { .. } | LetterState::Acknowledged { .. })
    }

    /// The practitioner has read it.
    ///
    /// # Errors
    /// When it is not issued.
    pub fn acknowledge(self, stamp: Stamp) -> Next {
        let LetterState::Issued { by, .. } = &self.state else { return Err(self.cannot("acknowledge")) };
        let next = LetterState::Acknowledged { issued: by.at, by: stamp.clone() };
        self.into("acknowledge", stamp, "", next)
    }

    /// A later letter takes its place.
    ///
    /// # Errors
    /// When it is superseded or withdrawn, or the later letter is itself.
    pub fn supersede(self, stamp: Stamp, later: LetterId) -> Next {
        if self.is_over() {
            return Err(self.cannot("supersede"));
        }
        if later == self.id {
            return Err(InvalidTransition::Rule("a letter cannot take its own place: choose the later one"));
        }
        let next = LetterState::Superseded { later, by: stamp.clone() };
        self.into("supersede", stamp, &later.to_string(), next)
    }

    /// It should not have been written, for a reason.
    ///
    /// # Errors
    /// When it is superseded or withdrawn, or without a reason.
    pub fn withdraw(self, stamp: Stamp, why: &str) -> Next {
        if self.is_over() {
            return Err(self.cannot("withdraw"));
        }
        let why = reason(why, "say why the letter is withdrawn")?.to_owned();
        let next = LetterState::Withdrawn { by: stamp.clone(), reason: why.clone() };
        self.into("withdraw", stamp, &why, next)
    }

    /// When it was issued, if it was.
    #[must_use]
    pub fn issued_at(&self) -> Option<Timestamp> {
        self.history.all().iter().find(|one| one.verb == "issue").map(|one| one.stamp.at)
    }

    const fn is_over(&self) -> bool {
        matches!(self.state, LetterState::Superseded { .. } | LetterState::Withdrawn { .. })
    }

    const fn cannot(&self, verb: &'static str) -> InvalidTransition {
        InvalidTransition::State { thing: "letter", state: self.state.key(), verb }
    }

    fn into(mut self, verb: &str, stamp: Stamp, note: &str, next: LetterState) -> Next {
        self.history.add(verb, stamp, note)?;
        self.state = next;
        self.version += 1;
        Ok(self)
    }
}
