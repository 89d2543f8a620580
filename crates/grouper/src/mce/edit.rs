//! The edits by name, and what each means.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! edits {
    ($($name:ident = $text:literal, $title:literal;)*) => {
        /// An edit of the Medicare Code Editor.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Edit {
            $(#[doc = $title] $name,)*
        }

        impl Edit {
            /// Every edit, in order of name.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name the CMS editor prints.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }

            /// What it found, for people.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title),* }
            }
        }
    };
}

edits! {
    AgeConflict = "AGE_CONFLICT", "The diagnosis does not fit the patient's age";
    Bilateral = "BILATERAL", "Several joint procedures that are possibly bilateral";
    DuplicateOfPrincipal = "DUPLICATE_OF_PDX", "A secondary diagnosis repeats the principal diagnosis";
    ExternalCauseAsPrincipal = "E_CODE_AS_PDX", "An external cause is the principal diagnosis";
    InconsistentWithLengthOfStay = "INCONSISTENT_WITH_LENGTH_OF_STAY",
        "The procedure takes longer than the stay lasted";
    InvalidAdmittingDiagnosis = "INVALID_ADMIT_DX", "The admitting diagnosis is not valid on the discharge date";
    InvalidAge = "INVALID_AGE", "The age is missing or impossible";
    InvalidCode = "INVALID_CODE", "The code is not valid on the discharge date";
    InvalidDischargeStatus = "INVALID_DISCHARGE_STATUS", "The discharge status is not valid on the discharge date";
    InvalidSex = "INVALID_SEX", "The sex is missing or unknown";
    LimitedCoverage = "LIMITED_COVERAGE", "Medicare covers the procedure only in some circumstances";
    ManifestationAsPrincipal = "MANIFESTATION_AS_PDX", "A manifestation is the principal diagnosis";
    MedicareIsSecondaryPayer = "MEDICARE_IS_SECONDARY_PAYER", "Another payer may have to pay first";
    NonCovered = "NON_COVERED", "Medicare does not cover the procedure";
    NonspecificOperation = "NONSPECIFIC_OR", "Only nonspecific operating-room procedures are coded";
    NonspecificPrincipal = "NONSPECIFIC_PDX", "The principal diagnosis is nonspecific";
    OpenBiopsy = "OPEN_BIOPSY", "An open biopsy: was it closed?";
    QuestionableAdmission = "QUESTIONABLE_ADMISSION", "The principal diagnosis alone seldom needs admission";
    QuestionableObstetricAdmission = "QUESTIONABLE_OBSTETRIC_ADMISSION",
        "A delivery procedure without an outcome of delivery";
    RequiresSecondary = "REQUIRES_SDX", "The principal diagnosis needs a secondary diagnosis";
    SexConflict = "SEX_CONFLICT", "The code does not fit the patient's sex";
    UnacceptablePrincipal = "UNACCEPTABLE_PDX", "A circumstance, not an illness, is the principal diagnosis";
    Unspecified = "UNSPECIFIED", "The code leaves the side or site unspecified though more specific codes exist";
    WrongProcedurePerformed = "WRONG_PROCEDURE_PERFORMED", "A wrong procedure was performed";
}

/// When an edit acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PaymentStage {
    /// Before payment: the claim is returned or denied.
    Before,
    /// After payment: the claim is reviewed.
    After,
    /// Neither; for information.
    Neither,
}

/// What an edit is about, by its place on the claim from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The claim as a whole: age, sex, discharge status.
    Claim,
    /// The admitting diagnosis.
    Admitting,
    /// The principal diagnosis.
    Principal,
    /// A secondary diagnosis.
    Secondary(usize),
    /// A procedure.
    Procedure(usize),
}

impl Edit {
    /// The edit of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|e| e.name() == name)
    }
}

impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
