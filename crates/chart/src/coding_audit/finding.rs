//! A difference between the coder's codes and the auditor's, and what each side says of it.

use serde::{Deserialize, Serialize};

use crate::keyed::keyed;
use crate::machine::Stamp;

keyed! {
    /// What is wrong with a code, if it is.
    ErrorClass, "class of coding error":
    /// The auditor has a code that the coder has not.
    Missed = "missed",
    /// The coder has a code that the auditor has not.
    Added = "added",
    /// Both coded it, with another code.
    WrongCode = "wrong-code",
    /// The present-on-admission indicators differ.
    WrongPresent = "wrong-poa",
    /// Another diagnosis, or another procedure, stands first.
    WrongPrincipal = "wrong-principal",
    /// The same codes stand in another order.
    Sequence = "sequence",
    /// The codes come to another MS-DRG.
    DrgChange = "drg-change",
}

impl ErrorClass {
    /// Its name, as people say it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Missed => "Missed code",
            Self::Added => "Added code",
            Self::WrongCode => "Wrong code",
            Self::WrongPresent => "Wrong POA indicator",
            Self::WrongPrincipal => "Wrong principal",
            Self::Sequence => "Sequence",
            Self::DrgChange => "DRG change",
        }
    }
}

keyed! {
    /// What kind of line differs.
    LineKind, "kind of line":
    /// A diagnosis.
    Diagnosis = "diagnosis",
    /// A procedure.
    Procedure = "procedure",
    /// A HCPCS Level II service.
    Service = "service",
    /// The record as a whole.
    Record = "record",
}

/// A difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What is wrong, if it is.
    pub class: ErrorClass,
    /// Of what kind of line.
    pub kind: LineKind,
    /// The place of the coder's line, from 0; `None` where the coder has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<usize>,
    /// What the coder has; empty for nothing.
    pub coded: String,
    /// What the auditor has; empty for nothing.
    pub audited: String,
    /// The auditor: whether it is an error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judged: Option<Opinion>,
    /// The coder: whether they accept that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<Opinion>,
    /// The supervisor: whether it stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Opinion>,
}

/// What somebody says of a finding: whether it is an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Whether it is.
    pub is_error: bool,
    /// Why. A coder who accepts needs none.
    pub reason: String,
}

/// What was said of a finding, by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// What.
    #[serde(flatten)]
    pub said: Said,
    /// Who said so, when.
    pub by: Stamp,
}

impl Finding {
    /// A difference nobody has said anything of.
    pub(super) fn new(
        class: ErrorClass,
        kind: LineKind,
        place: Option<usize>,
        (coded, audited): (&str, &str),
    ) -> Self {
        let (coded, audited) = (coded.to_owned(), audited.to_owned());
        Self { class, kind, place, coded, audited, judged: None, answered: None, decided: None }
    }

    /// Whether it counts as an error, as far as it was said.
    #[must_use]
    pub fn stands(&self) -> bool {
        let last = self.decided.as_ref().or(self.judged.as_ref());
        last.is_none_or(|opinion| opinion.said.is_error)
    }

    /// Whether the coder does not accept it.
    #[must_use]
    pub fn is_rebutted(&self) -> bool {
        self.answered.as_ref().is_some_and(|opinion| !opinion.said.is_error)
    }
}
