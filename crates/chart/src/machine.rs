//! What the department's state machines share: who acted when, the history, and why something cannot be done.
//!
//! A machine is a value. A verb consumes it, takes a [`Stamp`], and gives it back in its next state with one line more
//! in its [`History`]; or it gives an [`InvalidTransition`], and what was stored stays as it was.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::UserId;

/// Who acts on a work item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The account; `None` for the program itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// The name to show, of the person or of the part of the program.
    pub name: String,
}

impl Actor {
    /// A person who is signed in.
    pub fn person(user: UserId, name: impl Into<String>) -> Self {
        Self { user: Some(user), name: name.into() }
    }

    /// A part of the program: `completeness`, `intake`.
    pub fn program(name: impl Into<String>) -> Self {
        Self { user: None, name: name.into() }
    }

    /// Whether both are the same person. Two parts of the program are not.
    #[must_use]
    pub fn is_same_person(&self, other: &Self) -> bool {
        self.user.is_some() && self.user == other.user
    }
}

/// Who acts, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Who.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    /// The verb: `claim`, `reassign`.
    pub verb: String,
    /// Who did it, and when.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// The reason, or what it was done with. Empty where the verb says it all.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Everything that was done to a work item, oldest first. It only grows, and its times do not go backwards.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct History(Vec<Happened>);

impl History {
    /// A history that begins with `verb`.
    #[must_use]
    pub fn begin(verb: &str, stamp: Stamp, note: &str) -> Self {
        Self(vec![Happened { verb: verb.to_owned(), stamp, note: note.to_owned() }])
    }

    /// Everything, oldest first.
    #[must_use]
    pub fn all(&self) -> &[Happened] {
        &self.0
    }

    /// When something was last done.
    #[must_use]
    pub fn last_at(&self) -> Option<Timestamp> {
        self.0.last().map(|last| last.stamp.at)
    }

    /// Adds one line.
    ///
    /// # Errors
    /// When it would lie before the last one.
    pub fn add(&mut self, verb: &str, stamp: Stamp, note: &str) -> Result<(), InvalidTransition> {
        if let Some(last) = self.last_at().filter(|last| *last > stamp.at) {
            return Err(InvalidTransition::Backwards { at: stamp.at, last });
        }
        self.0.push(Happened { verb: verb.to_owned(), stamp, note: note.trim().to_owned() });
        Ok(())
    }
}

/// Something that cannot be done to a work item as it stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTransition {
    /// The verb is none of this state.
    #[error(
        "{verb}: not possible while the {thing} is {state}; read it again, somebody may have been faster"
    )]
    State {
        /// What it is: `deficiency`.
        thing: &'static str,
        /// Its state: `waived`.
        state: &'static str,
        /// What was to be done: `claim`.
        verb: &'static str,
    },
    /// A rule forbids it, said in a sentence with what to do instead.
    #[error("{0}")]
    Rule(&'static str),
    /// The time given lies before what was done last.
    #[error("{at} is before {last}, when something was last done to it: check the clock of the computer")]
    Backwards {
        /// The time given.
        at: Timestamp,
        /// When something was last done.
        last: Timestamp,
    },
}

/// A reason that was asked for, without spaces around it.
///
/// # Errors
/// When there is none.
pub(crate) fn reason<'a>(text: &'a str, missing: &'static str) -> Result<&'a str, InvalidTransition> {
    match text.trim() {
        "" => Err(InvalidTransition::Rule(missing)),
        text => Ok(text),
    }
}
