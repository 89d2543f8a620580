//! What an evaluation finds, with its reason.

use chart::directory::Named;
use chart::id::{DocumentId, EncounterId, EntryId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::clock::Clock;

/// Something the record lacks, or is about to lack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule: a row of `profile.tsv`, `rule.tsv`, `element.tsv` or `interval.tsv`.
    pub rule: String,
    /// The kind of deficiency: a key of the catalogue, such as `missing-document` or `unsigned`.
    pub kind: String,
    /// The encounter it belongs to.
    pub encounter: EncounterId,
    /// What it is about.
    pub subject: Subject,
    /// What is lacking, in a line.
    pub what: String,
    /// Who owes it.
    pub owed_by: Owed,
    /// Whether it is owed, expected or only recorded.
    pub standing: Standing,
    /// By when, where the rule has a clock.
    pub clock: Option<Clock>,
    /// Why it is asked for.
    pub why: Why,
}

impl Finding {
    /// What stays the same when the encounter is read again: rule, encounter and subject.
    #[must_use]
    pub fn identity(&self) -> String {
        format!("{}/{}/{}", self.rule, self.encounter, self.subject.key())
    }

    /// When it is due.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        self.clock.as_ref().and_then(|clock| clock.at)
    }
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A document that is here.
    Document(DocumentId),
    /// An entry that is here.
    Entry(EntryId),
    /// Something that is not here.
    Missing {
        /// The document type that would fill the place, or the rule's own word for it.
        what: String,
        /// The event it is missing for, or the day from which it is missing; empty for the encounter as a whole.
        of: String,
    },
}

impl Subject {
    /// A short key that tells it from the other subjects of the same rule.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Document(id) => format!("document:{id}"),
            Self::Entry(id) => format!("entry:{id}"),
            Self::Missing { what, of } if of.is_empty() => what.clone(),
            Self::Missing { what, of } => format!("{what}@{of}"),
        }
    }
}

/// Whether a finding is work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Owed now.
    Open,
    /// The patient is still here and its time has not run out: it will be owed unless it comes.
    Predicted,
    /// It is there, but was late: a fact to record, and nobody's work.
    Late,
}

/// Who owes something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// What they are to it: `attending`, `surgeon`, `author`, `nursing`.
    pub role: String,
    /// The person, where the record names one.
    pub who: Option<Named>,
}

/// The reason of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// The regulation or policy: `42 CFR 482.24(c)(4)(vii)`.
    pub authority: String,
    /// What it asks for, in plain words.
    pub text: String,
    /// Whether the value came from general knowledge and awaits a look at the primary text.
    pub verify: bool,
    /// What in the record shows it.
    pub evidence: Vec<Evidence>,
    /// What would clear it.
    pub clears: String,
}

/// A place in the record that shows a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The document, when it is in one.
    pub document: Option<DocumentId>,
    /// The entry, when it is one.
    pub entry: Option<EntryId>,
    /// The passage or value.
    pub text: String,
}

impl Evidence {
    /// A passage of a document.
    #[must_use]
    pub fn document(id: DocumentId, text: impl Into<String>) -> Self {
        Self { document: Some(id), entry: None, text: text.into() }
    }

    /// An entry and what it says.
    #[must_use]
    pub fn entry(id: EntryId, text: impl Into<String>) -> Self {
        Self { document: None, entry: Some(id), text: text.into() }
    }

    /// A fact of the encounter itself.
    #[must_use]
    pub fn fact(text: impl Into<String>) -> Self {
        Self { document: None, entry: None, text: text.into() }
    }
}
