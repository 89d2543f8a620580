//! An inpatient stay as the grouper and the editor see it.

use codeset::{Code, CodeIndex, CodeNumber, Version};
use jiff::civil::Date;

/// One inpatient stay, codes already numbered against an opened pack.
///
/// Readers keep one `Case` and refill it, so that a million cases allocate no more than the largest of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The caller's own name for the case.
    pub id: String,
    /// A grouper version asked for by name; otherwise the discharge date chooses.
    pub version: Option<Version>,
    /// Completed years at admission; `None` if not given. The editor allows 0 to 124.
    pub age_years: Option<i16>,
    /// Sex on the claim.
    pub sex: Sex,
    /// Patient discharge status code (UB-04 form locator 17); 0 if not given.
    pub discharge_status: u8,
    /// Whether hospital-acquired-condition rules apply to the hospital.
    pub hospital_status: HospitalStatus,
    /// Day of discharge: it chooses every edition.
    pub discharge_date: Date,
    /// Length of stay in days; `None` if not given.
    pub stay_days: Option<u16>,
    /// Admitting diagnosis.
    pub admitting: Option<Diagnosis>,
    /// Principal diagnosis: the condition established after study to be chiefly responsible for the admission.
    pub principal: Diagnosis,
    /// Secondary diagnoses in claim order.
    pub secondary: Vec<Diagnosis>,
    /// Procedures in claim order.
    pub procedures: Vec<Procedure>,
}

/// A diagnosis code with its present-on-admission indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Diagnosis {
    /// The code as written.
    pub code: Code,
    /// Its number in the opened pack.
    pub number: CodeNumber,
    /// Present on admission.
    pub poa: Poa,
}

/// A procedure code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Procedure {
    /// The code as written.
    pub code: Code,
    /// Its number in the opened pack.
    pub number: CodeNumber,
}

/// Sex on the claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sex {
    /// Male (`M`, or `1` on older claims).
    Male,
    /// Female (`F`, or `2`).
    Female,
    /// Unknown or not given.
    #[default]
    Unknown,
}

/// Whether the hospital falls under the hospital-acquired-condition payment provision (42 CFR 412.2(g)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HospitalStatus {
    /// Paid under IPPS: HAC rules apply.
    #[default]
    NonExempt,
    /// Critical access, Maryland waiver, long-term care, cancer, children's, psychiatric or rehabilitation hospital.
    Exempt,
    /// Not known.
    Unknown,
}

/// Present-on-admission indicator, as reported (Official Guidelines, appendix I).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Poa {
    /// `Y`: present at the time of inpatient admission.
    Yes,
    /// `N`: not present.
    No,
    /// `U`: documentation insufficient.
    Undetermined,
    /// `W`: clinically undetermined.
    ClinicallyUndetermined,
    /// `1`: exempt from reporting, older claims.
    Exempt,
    /// Blank: exempt from reporting, or left out.
    #[default]
    Blank,
    /// Any other character, which no payer accepts.
    Invalid,
}

impl Diagnosis {
    /// Numbers `code` against `index`.
    pub fn new(code: Code, poa: Poa, index: &CodeIndex) -> Self {
        Self { code, number: index.diagnoses.number(code), poa }
    }
}

impl Procedure {
    /// Numbers `code` against `index`.
    pub fn new(code: Code, index: &CodeIndex) -> Self {
        Self { code, number: index.procedures.number(code) }
    }
}

impl Poa {
    /// Reads the indicator as reported; lower case is taken as capital.
    pub fn from_text(text: &str) -> Self {
        match text.trim() {
            "" => Self::Blank,
            "Y" | "y" => Self::Yes,
            "N" | "n" => Self::No,
            "U" | "u" => Self::Undetermined,
            "W" | "w" => Self::ClinicallyUndetermined,
            "1" => Self::Exempt,
            _ => Self::Invalid,
        }
    }
}

impl Default for Case {
    fn default() -> Self {
        Self {
            id: String::new(),
            version: None,
            age_years: None,
            sex: Sex::Unknown,
            discharge_status: 0,
            hospital_status: HospitalStatus::NonExempt,
            discharge_date: Date::ZERO,
            stay_days: None,
            admitting: None,
            principal: Diagnosis::default(),
            secondary: Vec::new(),
            procedures: Vec::new(),
        }
    }
}

impl Case {
    /// Empties the case for the next one, keeping its memory.
    pub fn clear(&mut self) {
        let (mut id, mut secondary, mut procedures) = (
            std::mem::take(&mut self.id),
            std::mem::take(&mut self.secondary),
            std::mem::take(&mut self.procedures),
        );
        id.clear();
        secondary.clear();
        procedures.clear();
        *self = Self { id, secondary, procedures, ..Self::default() };
    }
}
