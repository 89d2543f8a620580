//! What is checked: the codes of one encounter, and what of the encounter the guidelines ask for.

use codeset::Code;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The codes of one encounter, as a coder has them at any moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coding {
    /// Day of discharge, or the last day the claim covers: it chooses every edition.
    pub discharged: Date,
    /// Day of admission or of the visit; `None` if not known.
    #[serde(default)]
    pub admitted: Option<Date>,
    /// Where the patient was cared for.
    #[serde(default)]
    pub setting: Setting,
    /// The patient's age at admission; `None` if not known.
    #[serde(default)]
    pub age: Option<Age>,
    /// The patient's sex on the claim.
    #[serde(default)]
    pub sex: Sex,
    /// What the codes are for.
    #[serde(default)]
    pub claim: ClaimKind,
    /// The principal or first-listed diagnosis, then the others in their order.
    pub diagnoses: Vec<Diagnosis>,
    /// Procedures in their order.
    #[serde(default)]
    pub procedures: Vec<Procedure>,
}

/// A diagnosis as coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// The ICD-10-CM code.
    pub code: Code,
    /// Present on admission.
    #[serde(default)]
    pub poa: Poa,
    /// Whether the record still calls it probable, suspected or the like at the end of the encounter.
    #[serde(default)]
    pub uncertain: bool,
    /// Who documented it.
    #[serde(default)]
    pub documented_by: Clinician,
}

/// A procedure as coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// The ICD-10-PCS code.
    pub code: Code,
    /// Its day; `None` if not known.
    #[serde(default)]
    pub date: Option<Date>,
}

/// Where the patient was cared for. It decides between Section II and III of the guidelines and Section IV.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// Admitted to an acute-care hospital.
    #[default]
    Inpatient,
    /// Admitted to a hospital to be delivered.
    ObstetricDelivery,
    /// The birth of the patient.
    Newborn,
    /// A hospital bed used for skilled nursing.
    SwingBed,
    /// A skilled nursing facility.
    SkilledNursing,
    /// Emergency department, not admitted.
    Emergency,
    /// Outpatient observation.
    Observation,
    /// Ambulatory surgery.
    AmbulatorySurgery,
    /// Clinic or office visit.
    Clinic,
}

/// The patient's age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Age {
    /// Days since birth, of a patient less than a year old.
    Days(u16),
    /// Completed years.
    Years(u16),
}

/// Sex on the claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sex {
    /// Male.
    Male,
    /// Female.
    Female,
    /// Unknown or not given.
    #[default]
    Unknown,
}

/// Present-on-admission indicator (Official Guidelines, appendix I).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Poa {
    /// Present at the time of inpatient admission.
    #[serde(rename = "Y")]
    Yes,
    /// Not present.
    #[serde(rename = "N")]
    No,
    /// The documentation does not say.
    #[serde(rename = "U")]
    Undetermined,
    /// The provider cannot say.
    #[serde(rename = "W")]
    ClinicallyUndetermined,
    /// Exempt from reporting, as older claims write it.
    #[serde(rename = "1")]
    Exempt,
    /// Exempt from reporting, or left out.
    #[default]
    #[serde(rename = "")]
    Blank,
}

/// Who documented a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clinician {
    /// The physician or other practitioner legally accountable for the patient's diagnosis.
    Provider,
    /// Anyone else who writes in the record: nurse, dietitian, therapist, emergency medical technician.
    Other,
    /// Not known.
    #[default]
    Unknown,
}

/// What the codes are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimKind {
    /// An institutional claim (837I, UB-04).
    #[default]
    Institutional,
    /// A professional claim (837P, CMS-1500).
    Professional,
    /// The hospital's own record, which no claim form limits.
    Record,
}

impl Coding {
    /// An inpatient stay that ended on `discharged`, without any code.
    pub fn new(discharged: Date) -> Self {
        Self {
            discharged,
            admitted: None,
            setting: Setting::default(),
            age: None,
            sex: Sex::default(),
            claim: ClaimKind::default(),
            diagnoses: Vec::new(),
            procedures: Vec::new(),
        }
    }
}

impl Diagnosis {
    /// `code` with its present-on-admission indicator, stated with certainty, by nobody knows whom.
    pub const fn new(code: Code, poa: Poa) -> Self {
        Self { code, poa, uncertain: false, documented_by: Clinician::Unknown }
    }
}

impl Setting {
    /// Every setting.
    pub const ALL: [Self; 9] = [
        Self::Inpatient,
        Self::ObstetricDelivery,
        Self::Newborn,
        Self::SwingBed,
        Self::SkilledNursing,
        Self::Emergency,
        Self::Observation,
        Self::AmbulatorySurgery,
        Self::Clinic,
    ];

    /// The setting as files and commands write it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Inpatient => "inpatient",
            Self::ObstetricDelivery => "obstetric-delivery",
            Self::Newborn => "newborn",
            Self::SwingBed => "swing-bed",
            Self::SkilledNursing => "skilled-nursing",
            Self::Emergency => "emergency",
            Self::Observation => "observation",
            Self::AmbulatorySurgery => "ambulatory-surgery",
            Self::Clinic => "clinic",
        }
    }

    /// Whether Sections II and III of the guidelines hold: short-term, acute and long-term care, psychiatric
    /// hospitals, home health, rehabilitation and nursing homes.
    pub const fn is_inpatient(self) -> bool {
        !matches!(self, Self::Emergency | Self::Observation | Self::AmbulatorySurgery | Self::Clinic)
    }

    /// Whether present-on-admission indicators are reported: admissions to a general acute-care hospital.
    pub const fn reports_poa(self) -> bool {
        matches!(self, Self::Inpatient | Self::ObstetricDelivery | Self::Newborn)
    }
}

impl std::str::FromStr for Setting {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = || Self::ALL.map(Self::key).join(", ");
        let found = Self::ALL.into_iter().find(|setting| setting.key() == text);
        found.ok_or_else(|| format!("'{text}' is no setting; they are {}", known()))
    }
}

impl Age {
    /// Completed years.
    pub const fn years(self) -> u16 {
        match self {
            Self::Days(_) => 0,
            Self::Years(years) => years,
        }
    }

    /// Whether the patient is at most 28 days old; `None` where only the year of life is known.
    pub const fn is_newborn(self) -> Option<bool> {
        /// The perinatal period ends with the 28th day after birth (I.C.16).
        const PERINATAL_DAYS: u16 = 28;
        match self {
            Self::Days(days) => Some(days <= PERINATAL_DAYS),
            Self::Years(0) => None,
            Self::Years(_) => Some(false),
        }
    }
}

impl Poa {
    /// Reads the indicator as claims write it; `None` for a character that no payer accepts.
    pub fn from_text(text: &str) -> Option<Self> {
        Some(match text.trim() {
            "" => Self::Blank,
            "Y" | "y" => Self::Yes,
            "N" | "n" => Self::No,
            "U" | "u" => Self::Undetermined,
            "W" | "w" => Self::ClinicallyUndetermined,
            "1" => Self::Exempt,
            _ => return None,
        })
    }

    /// Whether an indicator is given that says something of the time of admission.
    pub const fn is_given(self) -> bool {
        !matches!(self, Self::Blank | Self::Exempt)
    }
}
