//! What a practitioner answers, and what comes of it.

use serde::{Deserialize, Serialize};

use super::{Ask, ChoiceKind};
use crate::keyed::keyed;
use crate::machine::{InvalidTransition, Stamp};
use crate::signature::Meaning;

/// An answer, signed by who gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The key of the choice; `None` where the answer is in words only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<String>,
    /// The answer in words, or what is added to the choice.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Who answered, and when.
    pub by: Stamp,
    /// Their credentials: `MD`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub credentials: String,
    /// What their signature under it means.
    pub meaning: Meaning,
}

keyed! {
    /// What came of a query.
    Outcome, "outcome of a query":
    /// The answer names one of the supported choices, or says yes.
    Agreed = "agreed",
    /// The answer says that it is not so.
    Disagreed = "disagreed",
    /// The answer is another than those offered.
    Other = "other",
    /// It cannot be determined clinically.
    Undetermined = "undetermined",
    /// Nobody answered.
    NoResponse = "no-response",
}

impl Answer {
    /// The outcome its choice speaks for; of an answer in words only, [`Outcome::Other`].
    #[must_use]
    pub fn outcome(&self, ask: &Ask) -> Outcome {
        let kind = self.choice.as_deref().and_then(|key| ask.choice(key)).map(|choice| choice.kind);
        match kind {
            Some(ChoiceKind::Clinical | ChoiceKind::Yes) => Outcome::Agreed,
            Some(ChoiceKind::No) => Outcome::Disagreed,
            Some(ChoiceKind::Undetermined) => Outcome::Undetermined,
            Some(ChoiceKind::Other) | None => Outcome::Other,
        }
    }

    /// Whether it answers `ask`.
    pub(super) fn check(&self, ask: &Ask) -> Result<(), InvalidTransition> {
        let words = !self.text.trim().is_empty();
        let rule = InvalidTransition::Rule;
        let Some(key) = &self.choice else {
            return words.then_some(()).ok_or(rule("choose one of the choices, or answer in words"));
        };
        let choice =
            ask.choice(key).ok_or(rule("the query offers no such choice: read it again and choose"))?;
        match choice.kind {
            ChoiceKind::Other if !words => Err(rule("say in words what it is, if it is another")),
            _ => Ok(()),
        }
    }
}
