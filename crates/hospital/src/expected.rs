//! What the author of a written chart knows to be wrong with it.

use serde::Deserialize;

/// What kind of remark it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExpectedKind {
    /// Something is missing, unsigned, late or incomplete.
    Deficiency,
    /// The record contradicts itself or the facts.
    Accuracy,
    /// The physician must be asked before it can be coded.
    Query,
}

/// One remark of a chart's author.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// What kind of remark it is.
    pub kind: ExpectedKind,
    /// What is wrong, in a line.
    pub what: String,
    /// How one sees it, with the places.
    pub why: String,
}
