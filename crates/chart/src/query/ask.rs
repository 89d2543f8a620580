//! What a query asks: of whom, by whom, on what grounds, with which choices.

use serde::{Deserialize, Serialize};

use super::Indicator;
use crate::deficiency::Responsible;
use crate::keyed::keyed;
use crate::machine::Actor;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// The template it was composed from; empty for one written freely.
    pub template: String,
    /// Its neutral title: `Clarification of renal findings`.
    pub title: String,
    /// Who is asked.
    pub addressed: Responsible,
    /// Who asks.
    pub author: Author,
    /// What in the record gives rise to it.
    pub indicators: Vec<Indicator>,
    /// The question.
    pub question: String,
    /// In which form.
    pub form: Form,
    /// What may be chosen, in order. None in an open question.
    pub choices: Vec<Choice>,
    /// The diagnosis that a yes/no question is about, as the record words it. Empty in the other forms.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// Why findings of an earlier encounter are clinically pertinent now. Empty where none are quoted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prior_reason: String,
    /// When in the life of the record it is asked.
    pub timing: Timing,
    /// How it is kept.
    pub retention: Retention,
}

/// Who asks, as the practice brief wants it shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// The person.
    pub by: Actor,
    /// Their credentials: `RHIT, CCS`.
    pub credentials: String,
    /// How to reach them: an extension, a mailbox.
    pub contact: String,
}

/// One thing that may be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its key, unique in the query: `acute-systolic`.
    pub key: String,
    /// What it says.
    pub text: String,
    /// What kind of choice it is.
    pub kind: ChoiceKind,
    /// The places in [`Ask::indicators`] that support it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supported_by: Vec<usize>,
}

keyed! {
    /// In which form a question is put.
    Form, "form of a query":
    /// To be answered in the practitioner's own words.
    Open = "open",
    /// A list of clinically supported choices.
    MultipleChoice = "multiple-choice",
    /// Yes or no; only for what is documented elsewhere in the record.
    ConfirmDocumented = "confirm-documented",
    /// Yes or no; whether it was present on admission.
    PresentOnAdmission = "present-on-admission",
    /// Yes or no; whether two things documented are cause and effect.
    CauseEffect = "cause-effect",
    /// Yes or no; which of two documented statements holds.
    ResolveConflict = "resolve-conflict",
}

keyed! {
    /// What kind of choice it is.
    ChoiceKind, "kind of choice":
    /// Something clinical.
    Clinical = "clinical",
    /// It is as asked.
    Yes = "yes",
    /// It is not as asked.
    No = "no",
    /// Something else, to be said in words.
    Other = "other",
    /// It cannot be determined clinically.
    Undetermined = "undetermined",
}

keyed! {
    /// When in the life of the record a query is asked.
    Timing, "timing of a query":
    /// While the patient is here.
    Concurrent = "concurrent",
    /// After the discharge, before the bill.
    Retrospective = "retrospective",
    /// After the bill, only by policy.
    PostBill = "post-bill",
}

keyed! {
    /// How a query is kept; the facility's policy says which.
    Retention, "retention class":
    /// With the business records.
    Business = "business-record",
    /// As part of the legal health record.
    Legal = "legal-record",
}

impl Form {
    /// Whether it is answered with yes or no.
    #[must_use]
    pub const fn is_yes_no(self) -> bool {
        !matches!(self, Self::Open | Self::MultipleChoice)
    }
}

impl Ask {
    /// The choice with this key.
    #[must_use]
    pub fn choice(&self, key: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.key == key)
    }
}
