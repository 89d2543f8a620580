//! What stands in a code set.

use codeset::Code;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::directory::Named;
use crate::id::DocumentId;
use crate::keyed::keyed;

keyed! {
    /// Whether a diagnosis was present when the order for inpatient admission was written (UB-04 locator 67, eighth
    /// character; Appendix I of the ICD-10-CM guidelines).
    Present, "present-on-admission indicator":
    /// Present.
    Yes = "Y",
    /// Not present.
    No = "N",
    /// The documentation is not sufficient.
    Unknown = "U",
    /// The provider cannot tell.
    Undetermined = "W",
    /// Not said: exempt, not asked for, or not yet known.
    Blank = "-",
}

/// The codes of an encounter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Codes {
    /// The admitting diagnosis.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admitting: Option<Code>,
    /// The principal or first-listed diagnosis, then the others in order.
    pub diagnoses: Vec<CodedDiagnosis>,
    /// ICD-10-PCS procedures, the principal one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub procedures: Vec<CodedProcedure>,
    /// HCPCS Level II services of an outpatient.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<Service>,
    /// The patient discharge status (UB-04 locator 17) as coded; empty while the record's is taken.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub discharge_status: String,
}

/// One diagnosis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodedDiagnosis {
    /// The ICD-10-CM code.
    pub code: Code,
    /// Whether it was present on admission.
    pub present: Present,
    /// How it came here.
    pub origin: Origin,
    /// Where the record says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Citation>,
}

/// One procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodedProcedure {
    /// The ICD-10-PCS code.
    pub code: Code,
    /// On which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    /// Who performed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub performer: Option<Named>,
    /// How it came here.
    pub origin: Origin,
    /// Where the record says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Citation>,
}

/// One HCPCS Level II service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// The code: a letter and four digits.
    pub code: Code,
    /// Modifiers, at most four.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modifiers: Vec<String>,
    /// How many units.
    pub units: u32,
}

/// How a code came into the set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A person entered it.
    #[default]
    Entered,
    /// A person accepted what was suggested from the documents.
    Suggested,
    /// It came with a message of another system, and a person took it over.
    Received,
}

/// A passage of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Which document.
    pub document: DocumentId,
    /// Which version of it.
    pub version: i64,
    /// The words.
    pub words: String,
}
