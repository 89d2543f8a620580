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

/// What the tests of the machines share.
#[cfg(test)]
pub(crate) mod testing {
    use super::*;

    /// The machine in a named state.
    pub(crate) type Case<M> = (&'static str, M);
    /// A verb, done at a given second.
    pub(crate) type Verb<M> = (&'static str, fn(M, Timestamp) -> Result<M, InvalidTransition>);

    pub(crate) fn second(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a second of this age")
    }

    /// Somebody does something; who is told by the number.
    pub(crate) fn stamp(person: u128, at: Timestamp) -> Stamp {
        Stamp { by: Actor::person(UserId::from_bits(person), format!("Person {person}")), at }
    }

    /// Every state and every verb, one line each: what becomes of it, or why not.
    pub(crate) fn table<M: Clone>(
        states: &[Case<M>],
        verbs: &[Verb<M>],
        shown: impl Fn(&M) -> String,
    ) -> String {
        let mut table = String::new();
        for (state, machine) in states {
            for (verb, act) in verbs {
                let after = match act(machine.clone(), second(9)) {
                    Ok(next) => shown(&next),
                    Err(error @ InvalidTransition::State { .. }) => no(&error),
                    Err(error) => format!("({error})"),
                };
                table += &format!("{state} + {verb} = {after}\n");
            }
        }
        table
    }

    fn no(error: &InvalidTransition) -> String {
        assert!(error.to_string().contains("not possible while"), "{error}");
        "no".into()
    }

    /// Fails with the table as it is, to be read and put beside the code.
    #[track_caller]
    pub(crate) fn expect_table(table: &str, expected: &str) {
        assert!(table == expected, "the table is now:\n{table}");
    }

    /// Does verbs one after the other, at times that may go backwards; what cannot be done leaves the machine as it
    /// was. The history must only grow, by one line a verb, forward in time; `holds` says what else must hold between
    /// one state and the next.
    pub(crate) fn walk<M: Clone>(
        start: M,
        verbs: &[Verb<M>],
        steps: &[(usize, i64)],
        history: impl Fn(&M) -> &History,
        holds: impl Fn(&M, &M),
    ) {
        let mut now = start;
        for (verb, at) in steps {
            let Ok(next) = verbs[verb % verbs.len()].1(now.clone(), second(*at)) else { continue };
            let (before, after) = (history(&now).all(), history(&next).all());
            assert_eq!(before, &after[..before.len()], "the history was rewritten");
            assert_eq!(after.len(), before.len() + 1, "a verb left no line");
            assert!(after.is_sorted_by_key(|one| one.stamp.at), "the history goes backwards");
            holds(&now, &next);
            now = next;
        }
    }
}
