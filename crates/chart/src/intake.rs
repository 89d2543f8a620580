//! What comes in: a message, a file or a form, as changes to the record that name things by their sender's keys.
//!
//! Readers (`exchange`) make [`Change`]s from bytes; `workflow` finds whom they are about and stores them with the
//! [`Original`] they came in, in one transaction.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::directory::Party;
use crate::document::DocumentContent;
use crate::encounter::{Movement, Visit};
use crate::entry::EntryContent;
use crate::id::Digest;
use crate::patient::Demographics;

/// What kind of thing a key names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyKind {
    /// A patient, by record number or resource id.
    Patient,
    /// An encounter, by visit number, account or resource id.
    Encounter,
    /// A document.
    Document,
    /// An entry of the chart.
    Entry,
    /// A practitioner, organization or location.
    Party,
}

/// The name a sender gives a thing. The same three parts always mean the same thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceKey {
    /// Who gave the key: an assigning authority or sending facility, a FHIR source, `chartroom` for what is made here.
    pub system: String,
    /// What it names.
    pub kind: KeyKind,
    /// The key itself, with the sender's type where ids are only unique within one: `Condition/c-17`.
    pub key: String,
}

impl SourceKey {
    /// A key of `system`.
    pub fn new(system: impl Into<String>, kind: KeyKind, key: impl Into<String>) -> Self {
        Self { system: system.into(), kind, key: key.into() }
    }
}

impl fmt::Display for SourceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}|{}", self.system, self.key)
    }
}

/// How the record got something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// FHIR R4 resources.
    Fhir,
    /// HL7 version 2 messages.
    Hl7,
    /// Clinical documents (C-CDA).
    Ccda,
    /// A scan or a file uploaded.
    Upload,
    /// Entered by hand.
    Hand,
}

/// Where something in the record came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// By which way.
    pub channel: Channel,
    /// The sender's key, if it has one.
    pub key: Option<SourceKey>,
    /// The original it was read from.
    pub original: Option<Digest>,
    /// When it was stored.
    pub received: Timestamp,
}

/// Bytes as they came, kept for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Media type: `application/fhir+json`, `x-application/hl7-v2+er7`, `application/hl7-cda+xml`, `application/pdf`.
    pub media_type: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// How much a sender says about a thing at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Extent {
    /// All it knows: what is not said is no longer so (FHIR resources).
    Whole,
    /// Some of it: what is not said stays (HL7 v2 segments, C-CDA headers).
    Partial,
}

/// What is to be done to the record.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A person is so and so.
    Patient {
        /// The sender's key of the person.
        key: SourceKey,
        /// Who they are.
        demographics: Box<Demographics>,
        /// How much of it is said.
        extent: Extent,
    },
    /// A visit or stay is so and so.
    Encounter {
        /// The sender's key of the encounter.
        key: SourceKey,
        /// Whose it is.
        patient: SourceKey,
        /// What is known of it.
        visit: Box<Visit>,
        /// What happened.
        movement: Movement,
        /// How much of it is said.
        extent: Extent,
    },
    /// A diagnosis, result, order or other entry.
    Entry {
        /// The sender's key of the entry.
        key: SourceKey,
        /// Whose it is.
        patient: SourceKey,
        /// In which encounter.
        encounter: Option<SourceKey>,
        /// What it says.
        content: Box<EntryContent>,
    },
    /// A document, or a new version of one.
    Document {
        /// The sender's key of the document.
        key: SourceKey,
        /// Whose it is.
        patient: SourceKey,
        /// In which encounter.
        encounter: Option<SourceKey>,
        /// What it says.
        content: Box<DocumentContent>,
    },
    /// An entry of the directory.
    Party {
        /// The sender's key.
        key: SourceKey,
        /// What it is.
        party: Box<Party>,
    },
    /// Two records are of one person: everything of `absorbed` goes to `survivor` (HL7 A40, A47; FHIR `replaced-by`).
    Merge {
        /// The record that stays.
        survivor: SourceKey,
        /// The record that goes.
        absorbed: SourceKey,
    },
    /// Two account or visit numbers are of one encounter (HL7 A41, A42).
    MergeEncounters {
        /// The number that stays.
        survivor: SourceKey,
        /// The number that goes.
        absorbed: SourceKey,
    },
    /// An encounter belongs to another patient than was said (HL7 A45; an overlay's repair).
    MoveEncounter {
        /// The encounter.
        encounter: SourceKey,
        /// Whose it is.
        to: SourceKey,
    },
    /// A patient's or encounter's number is replaced by another (HL7 A46, A47, A49, A50).
    Rename {
        /// The number that was.
        old: SourceKey,
        /// The number that is.
        new: SourceKey,
    },
    /// Nothing in the chart; the original is kept and can be found by this key.
    Keep {
        /// The sender's key: for a FHIR resource `Type/id`.
        key: SourceKey,
        /// Whose it is, where it says.
        patient: Option<SourceKey>,
        /// Why nothing more is done: `no room of the chart for a Specimen yet`.
        reason: String,
    },
    /// A thing is gone, by its sender's word: shown as entered in error, never erased.
    Withdraw {
        /// The sender's key.
        key: SourceKey,
    },
}

/// One message, resource or file, read: all of it is applied or nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrival {
    /// By which way it came.
    pub channel: Channel,
    /// Its kind, as counted and listed: `Observation`, `ADT^A01`, `Discharge summary (C-CDA)`.
    pub kind: String,
    /// The bytes it was read from.
    pub original: Original,
    /// What to do, in this order.
    pub changes: Vec<Change>,
    /// Files taken out of it, that documents name by digest.
    pub attachments: Vec<Original>,
    /// What was odd but could be read: in plain words, with the place.
    pub remarks: Vec<String>,
}

/// Why something could not be read. What it was read from is kept all the same.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}")]
pub struct Refusal {
    /// Where: line, segment and field, JSON pointer or XPath.
    pub place: String,
    /// What is wrong and what to do about it.
    pub what: String,
}
