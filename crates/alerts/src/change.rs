//! What is new, what stays and what has cleared itself since the encounter was last read.

use std::collections::BTreeSet;

use crate::Alert;

/// The difference between the alerts that are kept and those found now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes<'a> {
    /// Found now and not kept.
    pub raised: Vec<&'a Alert>,
    /// Kept and found again; the evidence may have changed.
    pub stays: Vec<&'a Alert>,
    /// Identities kept and no longer found: the chart answers them.
    pub cleared: Vec<&'a str>,
}

impl<'a> Changes<'a> {
    /// Compares the identities that are kept of an encounter with the alerts `found` in it now.
    #[must_use]
    pub fn between(kept: &'a [String], found: &'a [Alert]) -> Self {
        let known: BTreeSet<&str> = kept.iter().map(String::as_str).collect();
        let now: BTreeSet<&str> = found.iter().map(|alert| alert.identity.as_str()).collect();
        let (stays, raised) = found.iter().partition(|alert| known.contains(alert.identity.as_str()));
        Self { raised, stays, cleared: known.difference(&now).copied().collect() }
    }
}
