//! The steps that make a deficiency good: dictate, transcribe, sign, co-sign. Each has its own clock; finishing one
//! arms the next.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::clock::{Basis, Clock, Span};
use crate::directory::Named;
use crate::id::PartyId;
use crate::keyed::keyed;
use crate::machine::{InvalidTransition, Stamp};

keyed! {
    /// What is to be done in a step.
    StepKind, "step":
    /// Speak it.
    Dictate = "dictate",
    /// Type what was spoken.
    Transcribe = "transcribe",
    /// Write it, or bring what is missing.
    Complete = "complete",
    /// Authenticate it.
    Sign = "sign",
    /// Authenticate what another wrote.
    CoSign = "co-sign",
    /// File it where it belongs.
    File = "file",
    /// Answer what was asked.
    Answer = "answer",
}

/// Who owes something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Responsible {
    /// As the record names them; a desk (`Transcription`) where no person is named.
    pub name: Named,
    /// Their entry in the directory, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<PartyId>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What is to be done.
    pub kind: StepKind,
    /// By whom.
    pub responsible: Responsible,
    /// Until when. It waits until the step is armed.
    pub clock: Clock,
    /// Who did it and when, once done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<Done>,
}

/// Who did a step, when, and what shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Who and when.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// What shows it: a document, a dictation; in words.
    pub evidence: String,
}

impl Step {
    /// A step that waits for its turn, then has so long.
    #[must_use]
    pub const fn new(kind: StepKind, responsible: Responsible, span: Span) -> Self {
        Self { kind, responsible, clock: Clock::waiting(Basis::StepBefore, span), done: None }
    }
}

/// The steps of a deficiency, in order; at least one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Step>", into = "Vec<Step>")]
pub struct Chain(Vec<Step>);

/// A chain without a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a chain has at least one step")]
pub struct NoStep;

impl TryFrom<Vec<Step>> for Chain {
    type Error = NoStep;
    fn try_from(steps: Vec<Step>) -> Result<Self, NoStep> {
        if steps.is_empty() { Err(NoStep) } else { Ok(Self(steps)) }
    }
}

impl From<Chain> for Vec<Step> {
    fn from(chain: Chain) -> Self {
        chain.0
    }
}

impl Chain {
    /// A chain of one step whose clock is the whole's.
    #[must_use]
    pub fn of(kind: StepKind, responsible: Responsible, clock: Clock) -> Self {
        Self(vec![Step { kind, responsible, clock, done: None }])
    }

    /// A chain that begins with `first`, whose clock may run already, and goes on with `rest`.
    #[must_use]
    pub fn starting(first: Step, rest: impl IntoIterator<Item = Step>) -> Self {
        Self(std::iter::once(first).chain(rest).collect())
    }

    /// Every step, in order.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The step whose turn it is; `None` when all are done.
    #[must_use]
    pub fn armed(&self) -> Option<&Step> {
        self.0.iter().find(|step| step.done.is_none())
    }

    /// The step whose turn it is; of a finished chain, the last.
    #[must_use]
    pub fn current(&self) -> &Step {
        &self.0[self.at()]
    }

    /// Starts the clock of the step whose turn it is, if it waits.
    pub(super) fn arm(&mut self, from: Timestamp, zone: &TimeZone) {
        let at = self.at();
        let step = &mut self.0[at];
        if step.done.is_none() && step.clock.started().is_none() {
            step.clock = Clock::running(step.clock.basis, step.clock.span, from, zone);
        }
    }

    /// The step whose turn it is has been done; the next one is armed. `true` when it was the last.
    pub(super) fn finish(&mut self, done: Done, zone: &TimeZone) -> Result<bool, InvalidTransition> {
        const ALL_DONE: InvalidTransition =
            InvalidTransition::Rule("every step has been done; reopen it if something is still lacking");
        let from = done.stamp.at;
        let step = self.0.iter_mut().find(|step| step.done.is_none()).ok_or(ALL_DONE)?;
        step.done = Some(done);
        self.arm(from, zone);
        Ok(self.armed().is_none())
    }

    /// The last step is to be done again. Its clock stays as it was.
    pub(super) fn reopen(&mut self) {
        if self.armed().is_none()
            && let Some(last) = self.0.last_mut()
        {
            last.done = None;
        }
    }

    /// Another is responsible for the step whose turn it is, and for all to come that the same one owed.
    pub(super) fn reassign(&mut self, to: &Responsible) {
        let at = self.at();
        let before = self.0[at].responsible.clone();
        let theirs = self.0[at..].iter_mut().filter(|step| step.responsible == before);
        theirs.for_each(|step| step.responsible = to.clone());
    }

    fn at(&self) -> usize {
        self.0.iter().position(|step| step.done.is_none()).unwrap_or(self.0.len() - 1)
    }
}
