//! What is meant, in words and in codes of any system.

use serde::{Deserialize, Serialize};

/// A code of a system, with the words its sender put beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Coding {
    /// Whose code it is, as a URI: one of [`system`] where we know it, the sender's own text otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub system: String,
    /// The code, as sent.
    pub code: String,
    /// The sender's words for it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub display: String,
}

/// A thing meant, in the author's words and in any number of codes: FHIR `CodeableConcept`, HL7 `CWE`, CDA `CD`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Coded {
    /// The words to show. Never empty when anything was sent: the display of the first coding stands in.
    pub text: String,
    /// The codes, in the order sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codings: Vec<Coding>,
}

impl Coded {
    /// Words without a code.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), codings: Vec::new() }
    }

    /// One code with its words.
    #[must_use]
    pub fn new(system: &str, code: &str, display: &str) -> Self {
        let text = if display.is_empty() { code } else { display };
        let coding = Coding { system: system.into(), code: code.into(), display: display.into() };
        Self { text: text.into(), codings: vec![coding] }
    }

    /// The code of `system`, if one was given.
    #[must_use]
    pub fn code(&self, system: &str) -> Option<&str> {
        self.codings.iter().find(|coding| coding.system == system).map(|coding| coding.code.as_str())
    }

    /// Whether nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.codings.is_empty()
    }
}

/// The code systems Chartroom knows by name.
pub mod system {
    /// ICD-10-CM diagnoses.
    pub const ICD10CM: &str = "http://hl7.org/fhir/sid/icd-10-cm";
    /// ICD-10-PCS procedures.
    pub const ICD10PCS: &str = "http://www.cms.gov/Medicare/Coding/ICD10";
    /// ICD-9-CM, both volumes.
    pub const ICD9CM: &str = "http://hl7.org/fhir/sid/icd-9-cm";
    /// LOINC: observations and documents.
    pub const LOINC: &str = "http://loinc.org";
    /// SNOMED CT.
    pub const SNOMED: &str = "http://snomed.info/sct";
    /// RxNorm drugs.
    pub const RXNORM: &str = "http://www.nlm.nih.gov/research/umls/rxnorm";
    /// CVX vaccines.
    pub const CVX: &str = "http://hl7.org/fhir/sid/cvx";
    /// HCPCS Level II.
    pub const HCPCS: &str = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets";
    /// Current Procedural Terminology (the codes belong to the AMA; only what a sender sends is kept).
    pub const CPT: &str = "http://www.ama-assn.org/go/cpt";
    /// US National Provider Identifier.
    pub const NPI: &str = "http://hl7.org/fhir/sid/us-npi";
    /// US social security number.
    pub const SSN: &str = "http://hl7.org/fhir/sid/us-ssn";
    /// Document types of Chartroom's own table (`data/record/document-type.tsv`).
    pub const DOCUMENT_TYPE: &str = "urn:chartroom:document-type";
    /// HL7 v2 tables are written as this and the four digits of the table.
    pub const HL7_TABLE: &str = "http://terminology.hl7.org/CodeSystem/v2-";
}
