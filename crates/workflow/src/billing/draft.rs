//! A claim as it comes together: what is known of it, what is missing, what is to be known of it.

use chart::claim::Claim;
use chart::id::CodeSetId;
use exchange::x12::InstitutionalClaim;
use serde::Serialize;

/// A claim that could be written, or what it lacks.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Prepared {
    /// As far as it is known.
    pub claim: InstitutionalClaim,
    /// What is missing, each in words with where to put it. Nothing is written while something is.
    pub missing: Vec<String>,
    /// What was taken for granted, or left out.
    pub notes: Vec<String>,
    /// The code set it is made from, and its version.
    pub from: Option<(CodeSetId, i64)>,
    /// The claim that it would replace.
    pub replaces: Option<Claim>,
    /// Whether it would be a trial.
    pub is_trial: bool,
}

impl Prepared {
    /// Something is missing.
    pub(super) fn lacks(&mut self, what: impl Into<String>) {
        self.missing.push(what.into());
    }

    /// Something is to be known.
    pub(super) fn note(&mut self, what: impl Into<String>) {
        self.notes.push(what.into());
    }

    /// The text; what is missing where it is blank.
    pub(super) fn must(&mut self, text: &str, what: &str) -> String {
        let text = text.trim();
        if text.is_empty() {
            self.lacks(what);
        }
        text.to_owned()
    }
}
