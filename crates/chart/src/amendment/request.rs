//! A patient's request to amend the record (45 CFR 164.526).
//!
//! The facility acts within 60 days of the receipt; it may take 30 more once, when it tells the patient within the 60
//! why and until when (164.526(b)(2)). A denial names its basis (164.526(a)(2)) and lets the patient put a statement of
//! disagreement into the record, which the facility may rebut (164.526(d)).

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::clock::{Basis, Clock, Span};
use crate::id::{DocumentId, PatientId, PatientRequestId};
use crate::keyed::keyed;
use crate::machine::{History, InvalidTransition, Stamp, reason};

/// 45 CFR 164.526(b)(2)(i).
const TO_ACT: Span = Span::days(60);
/// 45 CFR 164.526(b)(2)(ii): 30 days more, once.
const EXTENDED: Span = Span::days(90);

/// A patient's request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientRequest {
    /// Our identifier.
    pub id: PatientRequestId,
    /// Counts changes, from 1.
    pub version: i64,
    /// Whose record.
    pub patient: PatientId,
    /// The document it is about, where the patient names one.
    pub document: Option<DocumentId>,
    /// What is to be changed, in the patient's words.
    pub asked: String,
    /// The patient's reason.
    pub reason: String,
    /// Until when the facility acts.
    pub clock: Clock,
    /// Why more time was taken, as the patient was told in writing. Given once at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
    /// How far it has come.
    pub state: RequestState,
    /// All that was done.
    pub history: History,
}

/// How far a request has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum RequestState {
    /// To be decided.
    Received,
    /// The record is amended as asked.
    Accepted {
        /// Who decided, when, and what was done.
        resolution: Resolution,
    },
    /// The record stays as it is.
    Denied {
        /// Who decided, when, and why.
        resolution: Resolution,
        /// On which basis of the rule.
        basis: DenialBasis,
    },
    /// The patient disagrees with the denial, in writing; the statement belongs to the record.
    Disagreed {
        /// The denial.
        denied: Resolution,
        /// On which basis it was denied.
        basis: DenialBasis,
        /// The patient's statement.
        statement: String,
    },
    /// The facility has answered the statement in writing.
    Rebutted {
        /// The denial.
        denied: Resolution,
        /// On which basis it was denied.
        basis: DenialBasis,
        /// The patient's statement.
        statement: String,
        /// The facility's answer.
        rebuttal: String,
    },
    /// The patient took it back.
    Withdrawn {
        /// Who wrote that down, and when.
        by: Stamp,
    },
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolution {
    /// Who decided, and when.
    pub by: Stamp,
    /// What was done, or why not; as the patient was told.
    pub words: String,
}

keyed! {
    /// On which basis a request may be denied: 45 CFR 164.526(a)(2)(i) to (iv).
    DenialBasis, "basis of a denial":
    /// Somebody else made the record, and can still be asked.
    NotOurs = "not-ours",
    /// It is not part of the designated record set.
    NotInRecordSet = "not-in-record-set",
    /// The patient has no right to inspect it.
    NotOpenToInspection = "not-open-to-inspection",
    /// It is accurate and complete.
    Accurate = "accurate",
}

impl DenialBasis {
    /// The basis in words, with its place in the rule.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::NotOurs => "It was not created by this facility (45 CFR 164.526(a)(2)(i))",
            Self::NotInRecordSet => "It is not part of the designated record set (45 CFR 164.526(a)(2)(ii))",
            Self::NotOpenToInspection => "It is not open to inspection (45 CFR 164.526(a)(2)(iii))",
            Self::Accurate => "The record is accurate and complete (45 CFR 164.526(a)(2)(iv))",
        }
    }
}

impl RequestState {
    /// Its name: `received`.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Accepted { .. } => "accepted",
            Self::Denied { .. } => "denied",
            Self::Disagreed { .. } => "disagreed",
            Self::Rebutted { .. } => "rebutted",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}

/// What a patient asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Whose record.
    pub patient: PatientId,
    /// The document, where one is named.
    pub document: Option<DocumentId>,
    /// What is to be changed.
    pub asked: String,
    /// Why.
    pub reason: String,
    /// When the request came in.
    pub received: Timestamp,
}

type Next = Result<PatientRequest, InvalidTransition>;

impl PatientRequest {
    /// A request that came in. The facility may ask for it in writing and for a reason (164.526(b)(1)).
    ///
    /// # Errors
    /// When it does not say what is to be changed or why, or came in after it was entered.
    pub fn receive(id: PatientRequestId, asked: Asked, stamp: Stamp, zone: &TimeZone) -> Next {
        let Asked { patient, document, asked, reason: why, received } = asked;
        let asked = reason(&asked, "write down what the patient wants changed")?.to_owned();
        let why = reason(&why, "write down the patient's reason")?.to_owned();
        if received > stamp.at {
            return Err(InvalidTransition::Rule(
                "the request cannot have come in after now: correct the date",
            ));
        }
        let clock = Clock::running(Basis::Receipt, TO_ACT, received, zone);
        let history = History::begin("receive", stamp, "");
        let state = RequestState::Received;
        Ok(Self {
            id,
            version: 1,
            patient,
            document,
            asked,
            reason: why,
            clock,
            extension: None,
            state,
            history,
        })
    }

    /// 30 days more are taken, and the patient is told why, within the first 60.
    ///
    /// # Errors
    /// When it is decided, extended before, or too late for it; or without the reason.
    pub fn extend(mut self, stamp: Stamp, why: &str, zone: &TimeZone) -> Next {
        let RequestState::Received = self.state else { return Err(self.cannot("extend")) };
        if self.extension.is_some() {
            return Err(InvalidTransition::Rule("the time was extended before, and the rule allows it once"));
        }
        if self.clock.is_late(stamp.at) {
            return Err(InvalidTransition::Rule("the 60 days are over, so no more can be taken: decide now"));
        }
        let why = reason(why, "give the patient the reason for the delay in writing")?.to_owned();
        let started = self.clock.started().unwrap_or(stamp.at);
        self.clock = Clock::running(Basis::Receipt, EXTENDED, started, zone);
        self.extension = Some(why.clone());
        self.into("extend", stamp, &why, RequestState::Received)
    }

    /// The record is amended as asked; `done` says how, and who was told (164.526(c)).
    ///
    /// # Errors
    /// When it is decided, or without words.
    pub fn accept(self, stamp: Stamp, done: &str) -> Next {
        let RequestState::Received = self.state else { return Err(self.cannot("accept")) };
        let words = reason(done, "say what was amended and who was told")?.to_owned();
        let resolution = Resolution { by: stamp.clone(), words: words.clone() };
        self.into("accept", stamp, &words, RequestState::Accepted { resolution })
    }

    /// The record stays as it is, on one of the four bases.
    ///
    /// # Errors
    /// When it is decided, or without words.
    pub fn deny(self, stamp: Stamp, basis: DenialBasis, why: &str) -> Next {
        let RequestState::Received = self.state else { return Err(self.cannot("deny")) };
        let words = reason(why, "tell the patient in plain words why the record stays")?.to_owned();
        let resolution = Resolution { by: stamp.clone(), words: words.clone() };
        self.into("deny", stamp, &words, RequestState::Denied { resolution, basis })
    }

    /// The patient's statement of disagreement is put into the record.
    ///
    /// # Errors
    /// When it is not denied, or without the statement.
    pub fn disagree(self, stamp: Stamp, statement: &str) -> Next {
        let RequestState::Denied { resolution, basis } = &self.state else {
            return Err(self.cannot("disagree"));
        };
        let statement = reason(statement, "enter the patient's statement")?.to_owned();
        let next = RequestState::Disagreed { denied: resolution.clone(), basis: *basis, statement };
        self.into("disagree", stamp, "", next)
    }

    /// The facility answers the statement in writing.
    ///
    /// # Errors
    /// When there is no statement, or without the answer.
    pub fn rebut(self, stamp: Stamp, rebuttal: &str) -> Next {
        let RequestState::Disagreed { denied, basis, statement } = self.state.clone() else {
            return Err(self.cannot("rebut"));
        };
        let rebuttal = reason(rebuttal, "enter the facility's answer")?.to_owned();
        self.into("rebut", stamp, "", RequestState::Rebutted { denied, basis, statement, rebuttal })
    }

    /// The patient takes it back.
    ///
    /// # Errors
    /// When it is decided, or without what the patient said.
    pub fn withdraw(self, stamp: Stamp, why: &str) -> Next {
        let RequestState::Received = self.state else { return Err(self.cannot("withdraw")) };
        let why = reason(why, "write down how the patient took it back")?.to_owned();
        let next = RequestState::Withdrawn { by: stamp.clone() };
        self.into("withdraw", stamp, &why, next)
    }

    /// Whether the facility should have acted by `at`.
    #[must_use]
    pub fn is_overdue(&self, at: Timestamp) -> bool {
        self.state == RequestState::Received && self.clock.is_late(at)
    }

    const fn cannot(&self, verb: &'static str) -> InvalidTransition {
        InvalidTransition::State { thing: "request", state: self.state.key(), verb }
    }

    fn into(mut self, verb: &str, stamp: Stamp, note: &str, next: RequestState) -> Next {
        self.history.add(verb, stamp, note)?;
        self.state = next;
        self.version += 1;
        Ok(self)
    }
}
