//! The patient: who a person is, as the record knows them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::coded::Coded;
use crate::date::{PartialDate, When};
use crate::id::{MergeId, PatientId, UserId};

/// A number or text by which somebody knows a person, a visit or an order.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identifier {
    /// Who gave it: a URI or an assigning authority's name. Two identifiers are the same when both parts are.
    pub system: String,
    /// The number, as given.
    pub value: String,
    /// Its type in HL7 table 0203: `MR` medical record number, `AN` account, `VN` visit, `SS` social security …;
    /// empty when not said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
}

/// A name of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Family name.
    pub family: String,
    /// Given names, first and middle, in order.
    pub given: Vec<String>,
    /// Before the name: Dr, Ms.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// After the name: Jr, III, MD.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub suffix: String,
    /// What the name is for.
    #[serde(default)]
    pub usage: NameUse,
}

/// What a name is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameUse {
    /// The legal name.
    #[default]
    Official,
    /// What the person is called.
    Usual,
    /// Before a marriage.
    Maiden,
    /// No longer used.
    Former,
    /// An alias or a name for privacy.
    Alias,
}

impl Name {
    /// `Family, Given Middle Suffix`, as charts are filed.
    #[must_use]
    pub fn filed(&self) -> String {
        let given = self.given.join(" ");
        let rest = [given.as_str(), self.suffix.as_str()].join(" ");
        match (self.family.is_empty(), rest.trim()) {
            (false, "") => self.family.clone(),
            (false, rest) => format!("{}, {rest}", self.family),
            (true, rest) => rest.to_owned(),
        }
    }
}

/// Administrative sex, as registered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Neither, or both.
    Other,
    /// Not known, or not said.
    #[default]
    Unknown,
}

/// A postal address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Street, house number, apartment: a line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<String>,
    /// City.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub city: String,
    /// County or parish.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub county: String,
    /// State or province.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub state: String,
    /// ZIP or postal code.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub zip: String,
    /// Country.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub country: String,
}

/// A way to reach somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telecom {
    /// `phone`, `email`, `fax`, `other`.
    pub system: String,
    /// The number or address, as given.
    pub value: String,
    /// `home`, `work`, `mobile`, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub usage: String,
}

/// Somebody to be called: next of kin, guardian, emergency contact.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Their name.
    pub name: Name,
    /// What they are to the patient.
    pub relationship: Coded,
    /// How to reach them.
    pub telecoms: Vec<Telecom>,
    /// Where they live.
    pub address: Option<Address>,
}

/// A death known to the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Death {
    /// Known to have died, not when.
    Undated,
    /// When.
    At(When),
}

/// Who a person is: what registration asks and interfaces send.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Demographics {
    /// Record numbers and other identifiers, the one to show first.
    pub identifiers: Vec<Identifier>,
    /// Names, the legal one first.
    pub names: Vec<Name>,
    /// Administrative sex.
    pub sex: Sex,
    /// Date of birth.
    pub birth: Option<PartialDate>,
    /// Death, when it is known.
    pub death: Option<Death>,
    /// Addresses, the home first.
    pub addresses: Vec<Address>,
    /// Telephone numbers and the like.
    pub telecoms: Vec<Telecom>,
    /// Marital status.
    pub marital: Option<Coded>,
    /// Race, as said by the person; several are possible.
    pub race: Vec<Coded>,
    /// Ethnicity, as said by the person.
    pub ethnicity: Option<Coded>,
    /// Preferred language.
    pub language: Option<Coded>,
    /// Religion.
    pub religion: Option<Coded>,
    /// Mother's family name at her birth: tells twins of other mothers apart.
    pub mothers_maiden_name: String,
    /// First or second of a multiple birth; `None` for a single one or when not said.
    pub birth_order: Option<u8>,
    /// Next of kin and others to call.
    pub contacts: Vec<Contact>,
}

impl Demographics {
    /// The name to show, `Family, Given`; `(no name)` when none is known.
    #[must_use]
    pub fn filed_name(&self) -> String {
        self.names
            .first()
            .map(Name::filed)
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "(no name)".into())
    }

    /// The medical record number to show: the first identifier marked `MR`, else the first of all.
    #[must_use]
    pub fn record_number(&self) -> Option<&Identifier> {
        self.identifiers.iter().find(|one| one.kind == "MR").or(self.identifiers.first())
    }
}

/// A patient of the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patient {
    /// Our identifier.
    pub id: PatientId,
    /// Counts changes, from 1; a change must name the version it read.
    pub version: i64,
    /// Who they are.
    pub demographics: Demographics,
    /// Whether this is a chart of its own, or merged into another.
    pub standing: Standing,
    /// Set when only people with a reason may open the chart.
    pub restriction: Option<Restriction>,
}

/// What became of an index entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// A chart of its own.
    Active,
    /// Found to be the same person as another; everything is in that chart until an un-merge.
    Merged {
        /// The chart that survives.
        into: PatientId,
        /// The merge, by which it can be undone.
        merge: MergeId,
    },
}

/// Why a chart needs a reason to be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restriction {
    /// Its kind.
    pub kind: RestrictionKind,
    /// Who set it.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

/// The kinds of restricted chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RestrictionKind {
    /// A person in the public eye.
    Vip,
    /// Somebody who works here.
    Employee,
    /// Asked for by the patient (45 CFR 164.522), or for their safety.
    Requested,
}
