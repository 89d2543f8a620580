//! Why something is a deficiency: the rule's authority, the evidence, and what would clear it.

use serde::{Deserialize, Serialize};

use crate::id::{DocumentId, EntryId};

/// Why something is a deficiency.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// Who demands it: `42 CFR 482.24(c)(4)(vii)`, `Facility policy`.
    pub authority: String,
    /// Where the words of the demand come from.
    pub source: String,
    /// The edition or version of the profile the rule stands in.
    pub edition: String,
    /// What in the record shows it.
    pub evidence: Vec<Evidence>,
    /// What would clear it.
    pub clears: String,
}

/// A place of the record, and what stands there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The document, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentId>,
    /// The entry, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
    /// What stands there, quoted; or what is known: `discharged 2026-10-03 14:20`.
    pub text: String,
}
