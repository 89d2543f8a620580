//! The code set of an encounter: diagnoses in order with their present-on-admission indicators, procedures, who coded
//! what from which evidence, and how far it has come: open, held, final.
//!
//! An encounter has two: the one of the record, which indexes and statistics read, and the one of the claim, which may
//! differ where a payer's rule asks for it, with a reason for each difference. Both keep one history each.

mod change;
mod line;
mod pending;
mod review;
mod shown;

#[cfg(test)]
mod tests;

use codeset::Code;
use serde::{Deserialize, Serialize};

use crate::id::{CodeSetId, Digest, EncounterId, PatientId};
use crate::keyed::keyed;
use crate::machine::{History, InvalidTransition, Stamp, reason};

pub use change::Change;
pub use line::{Citation, CodedDiagnosis, CodedProcedure, Codes, Origin, Present, Service};
pub use pending::{Pending, PendingReason, pending_reasons};
pub use review::{Criterion, ReviewRow, Reviewed, SECOND_REVIEW, review_criteria};
pub use shown::before_and_after;

keyed! {
    /// What a code set is for.
    Purpose, "purpose of a code set":
    /// The record: indexes, statistics, registries.
    Record = "record",
    /// The claim to a payer.
    Claim = "claim",
}

/// The codes of one encounter for one purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeSet {
    /// Our identifier.
    pub id: CodeSetId,
    /// Counts changes, from 1.
    pub version: i64,
    /// Whose encounter.
    pub patient: PatientId,
    /// Of which encounter.
    pub encounter: EncounterId,
    /// What it is for.
    pub purpose: Purpose,
    /// The codes.
    pub codes: Codes,
    /// How far it has come.
    pub state: CodingState,
    /// Who looked at these codes again before the bill; a change of them takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Reviewed>,
    /// All that was done.
    pub history: History,
}

/// How far a code set has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum CodingState {
    /// Being coded.
    Open,
    /// Waiting for something; it is coded on meanwhile, and cannot be made final.
    Held {
        /// What it waits for, at least one.
        pending: Vec<Pending>,
    },
    /// Closed, with what it came to.
    Final {
        /// Who closed it, when.
        by: Stamp,
        /// What it came to.
        outcome: Outcome,
    },
}

/// What a code set came to when it was made final.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The MS-DRG; `None` where the setting has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drg: Option<u16>,
    /// The grouper version that said so: `44.0`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub grouper: String,
    /// The editions in force: classification, editor, grouper.
    pub editions: Vec<String>,
    /// BLAKE3 of the explanation that was shown, so that it can be proved later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Digest>,
    /// Findings that stood, each with the reason for leaving it so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overridden: Vec<Overridden>,
}

/// A finding that was left standing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overridden {
    /// The rule or edit, with its codes: `excludes1 J189 J440`.
    pub finding: String,
    /// Why the codes stay.
    pub reason: String,
}

impl CodingState {
    /// Its name: `held`.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Held { .. } => "held",
            Self::Final { .. } => "final",
        }
    }

    /// What is waited for; empty when nothing is.
    #[must_use]
    pub fn pending(&self) -> &[Pending] {
        match self {
            Self::Held { pending } => pending,
            Self::Open | Self::Final { .. } => &[],
        }
    }
}

type Next = Result<CodeSet, InvalidTransition>;

impl CodeSet {
    /// The empty code set of the record.
    #[must_use]
    pub fn open(id: CodeSetId, patient: PatientId, encounter: EncounterId, stamp: Stamp) -> Self {
        Self {
            id,
            version: 1,
            patient,
            encounter,
            purpose: Purpose::Record,
            codes: Codes::default(),
            state: CodingState::Open,
            reviewed: None,
            history: History::begin("open", stamp, ""),
        }
    }

    /// The code set of the claim: it begins as a copy of the record's.
    ///
    /// # Errors
    /// When this one is the claim's already.
    pub fn for_claim(&self, id: CodeSetId, stamp: Stamp) -> Next {
        if self.purpose == Purpose::Claim {
            return Err(InvalidTransition::Rule(
                "the claim's codes are copied from the record's, not from a claim's",
            ));
        }
        let history = History::begin("copy", stamp, &format!("from the record, version {}", self.version));
        let (codes, state, reviewed) = (self.codes.clone(), CodingState::Open, self.reviewed.clone());
        Ok(Self { id, version: 1, purpose: Purpose::Claim, codes, state, reviewed, history, ..*self })
    }

    /// Changes the codes. On a claim, `why` says what the payer asks for.
    ///
    /// # Errors
    /// When it is final, when the change does not fit (a code twice, a place that is none), and on a claim without a
    /// reason.
    pub fn change(mut self, stamp: Stamp, change: &Change, why: &str) -> Next {
        if let CodingState::Final { .. } = self.state {
            return Err(self.cannot("change"));
        }
        if self.purpose == Purpose::Claim {
            reason(
                why,
                "the claim differs from the record with this: say which rule of the payer asks for it",
            )?;
        }
        let what = change.apply(&mut self.codes)?;
        self.reviewed = None;
        let note = if why.trim().is_empty() { what } else { format!("{what}: {}", why.trim()) };
        let state = self.state.clone();
        self.into("change", stamp, &note, state)
    }

    /// It waits for something more.
    ///
    /// # Errors
    /// When it is final, or waits for the same already.
    pub fn hold(self, stamp: Stamp, waits: Pending) -> Next {
        let mut pending = match &self.state {
            CodingState::Open => Vec::new(),
            CodingState::Held { pending } => pending.clone(),
            CodingState::Final { .. } => return Err(self.cannot("hold")),
        };
        if pending.iter().any(|one| one.key == waits.key) {
            return Err(InvalidTransition::Rule("it waits for that already"));
        }
        let note = waits.shown();
        pending.push(waits);
        self.into("hold", stamp, &note, CodingState::Held { pending })
    }

    /// What it waited for has come.
    ///
    /// # Errors
    /// When it does not wait for that. A second review is released by who [reviews](Self::review).
    pub fn release(self, stamp: Stamp, key: &str) -> Next {
        if key == SECOND_REVIEW && matches!(self.state, CodingState::Held { .. }) {
            return Err(InvalidTransition::Rule("it waits for a second review: who reviews it releases it"));
        }
        self.came(stamp, key)
    }

    fn came(self, stamp: Stamp, key: &str) -> Next {
        let CodingState::Held { pending } = &self.state else { return Err(self.cannot("release")) };
        let (came, still): (Vec<_>, Vec<_>) = pending.iter().cloned().partition(|one| one.key == key);
        let [came] = came.as_slice() else {
            return Err(InvalidTransition::Rule("it does not wait for that"));
        };
        let note = came.shown();
        let next = if still.is_empty() { CodingState::Open } else { CodingState::Held { pending: still } };
        self.into("release", stamp, &note, next)
    }

    /// Closes it with what it came to. The claim can be written from it.
    ///
    /// # Errors
    /// When it is held or final, or has no first-listed diagnosis.
    pub fn finalize(self, stamp: Stamp, outcome: Outcome) -> Next {
        let CodingState::Open = self.state else { return Err(self.cannot("finalize")) };
        if self.codes.diagnoses.is_empty() {
            return Err(InvalidTransition::Rule("there is no principal diagnosis yet: code it first"));
        }
        let note = outcome.drg.map_or_else(String::new, |drg| format!("MS-DRG {drg:03}"));
        let next = CodingState::Final { by: stamp.clone(), outcome };
        self.into("finalize", stamp, &note, next)
    }

    /// Opens it again, with the reason that an auditor will ask for.
    ///
    /// # Errors
    /// When it is not final, or without a reason.
    pub fn reopen(self, stamp: Stamp, why: &str) -> Next {
        let CodingState::Final { .. } = self.state else { return Err(self.cannot("reopen")) };
        let why = reason(why, "say why a final code set is opened again")?.to_owned();
        self.into("reopen", stamp, &why, CodingState::Open)
    }

    /// The principal or first-listed diagnosis.
    #[must_use]
    pub fn principal(&self) -> Option<Code> {
        self.codes.diagnoses.first().map(|one| one.code)
    }

    const fn cannot(&self, verb: &'static str) -> InvalidTransition {
        InvalidTransition::State { thing: "code set", state: self.state.key(), verb }
    }

    fn into(mut self, verb: &str, stamp: Stamp, note: &str, next: CodingState) -> Next {
        self.history.add(verb, stamp, note)?;
        self.state = next;
        self.version += 1;
        Ok(self)
    }
}
