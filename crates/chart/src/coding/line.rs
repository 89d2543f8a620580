//! What stands in a code set.

use codeset::Code;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::directory::Named;
use crate::id::DocumentId;
use crate::keyed::keyed;
use crate::machine::InvalidTransition;

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
    /// On which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    /// Who performed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub performer: Option<Named>,
}

/// Modifiers that a line of a claim has room for (ASC X12 837I, SV202-3 to SV202-6).
const MODIFIERS: usize = 4;

impl Service {
    /// One unit without modifiers.
    #[must_use]
    pub const fn new(code: Code) -> Self {
        Self { code, modifiers: Vec::new(), units: 1, day: None, performer: None }
    }

    /// The code, its modifiers and units: `J1885 JZ, 2 units`.
    #[must_use]
    pub fn shown(&self) -> String {
        let code = std::iter::once(self.code.to_string()).chain(self.modifiers.iter().cloned());
        let line = code.collect::<Vec<_>>().join(" ");
        if self.units == 1 { line } else { format!("{line}, {} units", self.units) }
    }

    /// Whether it can be reported as it is written.
    ///
    /// # Errors
    /// What is wrong with the code, the modifiers or the units.
    pub(super) fn check(&self) -> Result<(), InvalidTransition> {
        let code = self.code.to_string();
        let mut letters = code.chars();
        let is_code = letters.next().is_some_and(|first| first.is_ascii_alphabetic());
        if !is_code || code.len() != 5 || !letters.all(|one| one.is_ascii_digit()) {
            return Err(InvalidTransition::Rule("a HCPCS Level II code is a letter and four digits"));
        }
        let is_modifier =
            |text: &String| text.len() == 2 && text.chars().all(|one| one.is_ascii_alphanumeric());
        if self.modifiers.len() > MODIFIERS || !self.modifiers.iter().all(is_modifier) {
            return Err(InvalidTransition::Rule("at most four modifiers, each of two letters or digits"));
        }
        if self.units == 0 {
            return Err(InvalidTransition::Rule("a service has at least one unit"));
        }
        Ok(())
    }
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
