//! What coders here did with suggestions: how often they accepted or rejected a code for a phrase. Kept elsewhere;
//! handed in as counts.

use std::collections::BTreeMap;

use codeset::Code;

/// Counts of what coders here did, by phrase and code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Acceptance {
    counts: BTreeMap<(String, Code), Decisions>,
}

/// How often one code was accepted and rejected for one phrase.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Times it was accepted.
    pub accepted: u32,
    /// Times it was rejected.
    pub rejected: u32,
}

impl Acceptance {
    /// Adds decisions on `code` for the phrase of a [`crate::Step`].
    pub fn add(&mut self, phrase: &str, code: Code, decisions: Decisions) {
        let count = self.counts.entry((phrase.to_owned(), code)).or_default();
        count.accepted += decisions.accepted;
        count.rejected += decisions.rejected;
    }

    /// The decisions on `code` for `phrase`.
    pub fn of(&self, phrase: &str, code: Code) -> Decisions {
        self.counts.get(&(phrase.to_owned(), code)).copied().unwrap_or_default()
    }

    /// Whether nothing was decided yet.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }
}
