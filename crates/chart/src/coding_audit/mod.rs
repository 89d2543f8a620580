//! Audit samples: closed code sets, drawn by chance, are coded again by somebody who does not see the first codes, then
//! compared code by code.
//!
//! An encounter of a sample is drawn, coded blind, compared, reported to the coder, and settled: at once where nothing
//! differs or the coder agrees, else by the supervisor's word on what the coder rebuts. What is settled is final.

mod compare;
mod draw;
mod finding;
mod tally;
mod verbs;

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::coding::Codes;
use crate::id::{AuditedCaseId, CodeSetId, Digest, EncounterId, PatientId, SampleId, UserId};
use crate::keyed::keyed;
use crate::machine::{Actor, History, Stamp};

pub use compare::compare;
pub use draw::{Criteria, Member, Size, digest, draw};
pub use finding::{ErrorClass, Finding, LineKind, Opinion, Said};
pub use tally::Tally;

/// A sample as it was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// Our identifier.
    pub id: SampleId,
    /// What was asked for.
    pub criteria: Criteria,
    /// What chance was made from: the same seed and the same population draw the same encounters.
    pub seed: String,
    /// How many closed code sets met the criteria.
    pub population: u32,
    /// BLAKE3 of the population: its code sets with their versions, in order.
    pub digest: Digest,
    /// Who drew it, when.
    pub drawn: Stamp,
}

/// The coder's closed codes as they were when the sample was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coded {
    /// Which code set.
    pub code_set: CodeSetId,
    /// In which version.
    pub version: i64,
    /// Who closed it.
    pub coder: Actor,
    /// Everybody who worked on it; none of them audits it.
    pub worked: Vec<UserId>,
    /// When it was closed.
    pub closed: Timestamp,
    /// The codes.
    pub codes: Codes,
    /// The MS-DRG it came to; `None` where the setting has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drg: Option<u16>,
}

/// What the auditor came to without seeing the coder's codes, and what differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audited {
    /// Who coded again.
    pub auditor: Actor,
    /// The auditor's codes.
    pub codes: Codes,
    /// The MS-DRG they come to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drg: Option<u16>,
    /// What differs, one by one.
    pub findings: Vec<Finding>,
}

/// How far an encounter of a sample has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum CaseState {
    /// Nobody has begun.
    Drawn,
    /// It is coded again, blind.
    Coding {
        /// By whom.
        auditor: Actor,
        /// The codes so far.
        codes: Codes,
    },
    /// The auditor sees both, and says of each difference whether it is an error.
    Comparing(Audited),
    /// The coder accepts or rebuts each error.
    Answering(Audited),
    /// The supervisor decides on what was rebutted.
    Deciding(Audited),
    /// Settled.
    Settled {
        /// When.
        at: Timestamp,
        /// What it came to.
        audited: Audited,
    },
}

keyed! {
    /// The name of a state, without what it holds.
    CaseStateKey, "state of an audited encounter":
    /// Nobody has begun.
    Drawn = "drawn",
    /// Coded again, blind.
    Coding = "coding",
    /// The auditor compares.
    Comparing = "comparing",
    /// The coder answers.
    Answering = "answering",
    /// The supervisor decides.
    Deciding = "deciding",
    /// Final.
    Settled = "settled",
}

impl CaseStateKey {
    /// What is waited for, in words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Drawn => "To be coded again",
            Self::Coding => "Being coded again",
            Self::Comparing => "Being compared",
            Self::Answering => "With the coder",
            Self::Deciding => "To be decided",
            Self::Settled => "Settled",
        }
    }
}

/// One encounter of a sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditedCase {
    /// Our identifier.
    pub id: AuditedCaseId,
    /// Counts changes, from 1.
    pub version: i64,
    /// Of which sample.
    pub sample: SampleId,
    /// Its place in the sample, from 1.
    pub place: u32,
    /// Whose encounter.
    pub patient: PatientId,
    /// Which encounter.
    pub encounter: EncounterId,
    /// The coder's codes. Nobody shows them to the auditor before the comparison.
    pub coded: Coded,
    /// How far it has come.
    pub state: CaseState,
    /// All that was done.
    pub history: History,
}

impl AuditedCase {
    /// The name of its state.
    #[must_use]
    pub const fn key(&self) -> CaseStateKey {
        match &self.state {
            CaseState::Drawn => CaseStateKey::Drawn,
            CaseState::Coding { .. } => CaseStateKey::Coding,
            CaseState::Comparing(_) => CaseStateKey::Comparing,
            CaseState::Answering(_) => CaseStateKey::Answering,
            CaseState::Deciding(_) => CaseStateKey::Deciding,
            CaseState::Settled { .. } => CaseStateKey::Settled,
        }
    }

    /// Who codes it again, once somebody does.
    #[must_use]
    pub const fn auditor(&self) -> Option<&Actor> {
        match &self.state {
            CaseState::Drawn => None,
            CaseState::Coding { auditor, .. } => Some(auditor),
            CaseState::Comparing(audited)
            | CaseState::Answering(audited)
            | CaseState::Deciding(audited)
            | CaseState::Settled { audited, .. } => Some(&audited.auditor),
        }
    }

    /// What the auditor came to, once both codes may be seen.
    #[must_use]
    pub const fn audited(&self) -> Option<&Audited> {
        match &self.state {
            CaseState::Drawn | CaseState::Coding { .. } => None,
            CaseState::Comparing(audited)
            | CaseState::Answering(audited)
            | CaseState::Deciding(audited)
            | CaseState::Settled { audited, .. } => Some(audited),
        }
    }

    /// When it was settled.
    #[must_use]
    pub const fn settled_at(&self) -> Option<Timestamp> {
        if let CaseState::Settled { at, .. } = &self.state { Some(*at) } else { None }
    }
}
