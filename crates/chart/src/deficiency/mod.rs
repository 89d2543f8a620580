//! Deficiencies: what a record lacks, who owes it, until when, why, and what became of it.
//!
//! A deficiency is predicted when something shows that a document will be owed, opened when it is, claimed by who works
//! on it, completed step by step (dictate, transcribe, sign, co-sign), verified by a second look; or waived, declined,
//! cleared by evidence, withdrawn with its rule. Reassignment keeps the clock and is a line in the history, no state.
//! *Delinquent* is no state either: it follows from the clock ([`Deficiency::is_delinquent`]).

mod chain;
mod kind;
mod reason;
mod state;
mod transition;

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::clock::Clock;
use crate::id::{DeficiencyId, DocumentId, EncounterId, EntryId, PatientId};
use crate::machine::{History, Stamp};

pub use chain::{Chain, Done, Responsible, Step, StepKind};
pub use kind::{DeficiencyKind, DeficiencyType, DeficiencyTypes, deficiency_types};
pub use reason::{Evidence, Why};
pub use state::{State, StateKey};

/// One thing that a record lacks, or that is wrong in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deficiency {
    /// Our identifier.
    pub id: DeficiencyId,
    /// Counts changes, from 1.
    pub version: i64,
    /// Whose record.
    pub patient: PatientId,
    /// In which encounter.
    pub encounter: EncounterId,
    /// What it is about.
    pub subject: Subject,
    /// The rule that raised it: `discharge-summary`. Rule, encounter and subject together are its identity.
    pub rule: String,
    /// Its type, as in `data/record/deficiency-type.tsv`.
    pub kind: DeficiencyKind,
    /// What is lacking, in plain words.
    pub what: String,
    /// The clock of the whole, by the rule.
    pub clock: Clock,
    /// Who does what, one after the other.
    pub chain: Chain,
    /// Why it is one.
    pub why: Why,
    /// How far it has come.
    pub state: State,
    /// All that was done.
    pub history: History,
}

/// What a deficiency is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A document of the chart.
    Document(DocumentId),
    /// An entry of the chart.
    Entry(EntryId),
    /// A document type, of which there is none: `operative-report`. A second procedure adds what tells it apart, after
    /// a slash.
    Missing(String),
}

/// What a rule found, before it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    /// Whose record.
    pub patient: PatientId,
    /// In which encounter.
    pub encounter: EncounterId,
    /// What it is about.
    pub subject: Subject,
    /// The rule.
    pub rule: String,
    /// Its type.
    pub kind: DeficiencyKind,
    /// What is lacking, in plain words.
    pub what: String,
    /// The clock of the whole.
    pub clock: Clock,
    /// Who does what.
    pub chain: Chain,
    /// Why.
    pub why: Why,
}

impl Deficiency {
    /// A deficiency that will be owed: nothing is late until it is opened.
    #[must_use]
    pub fn predicted(id: DeficiencyId, raised: Raised, stamp: Stamp) -> Self {
        let state = State::Predicted { since: stamp.at };
        Self::new(id, raised, state, History::begin("predict", stamp, ""))
    }

    /// A deficiency that is owed now. A first step whose clock waits begins with the clock of the whole, or now where
    /// that waits too.
    #[must_use]
    pub fn open(id: DeficiencyId, mut raised: Raised, stamp: Stamp, zone: &TimeZone) -> Self {
        raised.chain.arm(raised.clock.started().unwrap_or(stamp.at), zone);
        let state = State::Open { since: stamp.at };
        Self::new(id, raised, state, History::begin("raise", stamp, ""))
    }

    fn new(id: DeficiencyId, raised: Raised, state: State, history: History) -> Self {
        let Raised { patient, encounter, subject, rule, kind, what, clock, chain, why } = raised;
        Self {
            id,
            version: 1,
            patient,
            encounter,
            subject,
            rule,
            kind,
            what,
            clock,
            chain,
            why,
            state,
            history,
        }
    }

    /// Who owes it now: the one whose step it is; of a finished chain, the last.
    #[must_use]
    pub fn responsible(&self) -> &Responsible {
        &self.chain.current().responsible
    }

    /// When it is due: the clock of the whole or that of the step, whichever ends first. `None` while both wait.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        let step = self.chain.armed().and_then(|step| step.clock.due());
        self.clock.due().into_iter().chain(step).min()
    }

    /// Whether somebody owes it at present: open or claimed.
    #[must_use]
    pub const fn is_owed(&self) -> bool {
        matches!(self.state, State::Open { .. } | State::Claimed { .. })
    }

    /// Whether it is owed and past due at `at`. Derived, never stored.
    #[must_use]
    pub fn is_delinquent(&self, at: Timestamp) -> bool {
        let step_is_late = self.chain.armed().is_some_and(|step| step.clock.is_late(at));
        self.is_owed() && (self.clock.is_late(at) || step_is_late)
    }

    /// What makes it the same when a rule finds it again.
    #[must_use]
    pub fn identity(&self) -> (&str, EncounterId, &Subject) {
        (&self.rule, self.encounter, &self.subject)
    }
}
