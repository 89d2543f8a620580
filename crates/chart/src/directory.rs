//! The directory: practitioners, organizations and places, and how a record names somebody.

use serde::{Deserialize, Serialize};

use crate::coded::Coded;
use crate::intake::SourceKey;
use crate::patient::{Address, Identifier, Telecom};

/// Somebody or something as a record names it: the words always, the directory entry where it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Named {
    /// The name as written in the record.
    pub name: String,
    /// Its key in the directory of whoever sent the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<SourceKey>,
}

/// What kind of directory entry it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartyKind {
    /// A physician, nurse or other person who cares.
    Practitioner,
    /// A hospital, department, payer or laboratory.
    Organization,
    /// A building, ward, room or bed.
    Location,
}

/// An entry of the directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// What it is.
    pub kind: PartyKind,
    /// The name to show: `Mehta, Anjali` for people.
    pub name: String,
    /// National and local identifiers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// Credential, specialty, ward or bed type.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<Coded>,
    /// The organization or place it is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<Named>,
    /// How to reach it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub telecoms: Vec<Telecom>,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Whether it is in use.
    pub active: bool,
}
