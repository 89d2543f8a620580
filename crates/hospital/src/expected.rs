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
    /// The rule that finds it, where a rule can: `unsigned`, `discharge-summary`.
    #[serde(default)]
    pub rule: Option<String>,
    /// The letter of the encounter it belongs to.
    #[serde(default)]
    pub encounter: Option<String>,
    /// The file of the document it is about.
    #[serde(default)]
    pub document: Option<String>,
    /// What it is about, where a rule finds several things in one document: `lisinopril`.
    #[serde(default)]
    pub about: Option<String>,
    /// Only a reader of the text sees it; `why` says what it takes.
    #[serde(default)]
    pub reader: bool,
}
