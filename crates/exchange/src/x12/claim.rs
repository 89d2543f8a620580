//! An institutional claim as an 837I states it.

use jiff::civil::Date;
use rust_decimal::Decimal;

/// One claim (loop 2300) with what the loops above it say of hospital, patient and payer. Texts are as sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InstitutionalClaim {
    /// Patient control number (CLM01).
    pub patient_control_number: String,
    /// Medical record number (REF*EA).
    pub medical_record_number: String,
    /// Total charges in dollars (CLM02).
    pub total_charges: Decimal,
    /// Type of bill without its leading zero: facility type of two digits and frequency (CLM05), such as `111`.
    pub type_of_bill: String,
    /// Priority of admission (CL101): 1 emergency, 2 urgent, 3 elective, 4 newborn, 5 trauma, 9 unknown.
    pub admission_type: String,
    /// Point of origin (CL102).
    pub admission_source: String,
    /// Patient discharge status (CL103).
    pub discharge_status: String,
    /// Admission day (DTP*435).
    pub admitted: Option<Date>,
    /// Statement period (DTP*434); of a final bill its last day is the discharge.
    pub statement: Option<Period>,
    /// Admitting diagnosis (HI*ABJ); blank if none.
    pub admitting_diagnosis: String,
    /// Principal diagnosis (HI*ABK).
    pub principal_diagnosis: ReportedDiagnosis,
    /// Other diagnoses (HI*ABF) in order.
    pub other_diagnoses: Vec<ReportedDiagnosis>,
    /// External causes of injury (HI*ABN). They stand apart on the claim form and are not grouped.
    pub external_causes: Vec<ReportedDiagnosis>,
    /// Procedures, the principal one (HI*BBR) first, then the others (HI*BBQ).
    pub procedures: Vec<String>,
    /// Condition codes (HI*BG).
    pub condition_codes: Vec<String>,
    /// Value codes (HI*BE) with their amounts.
    pub value_codes: Vec<ValueCode>,
    /// The DRG the hospital found (HI*DR); blank if none.
    pub reported_drg: String,
    /// The patient's birth day (DMG02 of the patient, or of the subscriber who is the patient).
    pub born: Option<Date>,
    /// The patient's sex (DMG03).
    pub sex: ReportedSex,
    /// The billing provider's identifier (NM109 of NM1*85), a national provider identifier as a rule.
    pub billing_provider: String,
    /// The destination payer's identifier (NM109 of NM1*PR), or its name if it has none.
    pub payer: String,
    /// Claim filing indicator (SBR09): `MA` is Medicare Part A.
    pub claim_filing: String,
}

/// A diagnosis with its present-on-admission indicator.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReportedDiagnosis {
    /// The code as sent, without a decimal point.
    pub code: String,
    /// `Y`, `N`, `U`, `W`, `1`, or blank.
    pub present_on_admission: String,
}

/// A UB-04 value code with its amount: dollars or, for codes such as 80 (covered days), a count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueCode {
    /// The code of two characters.
    pub code: String,
    /// Its amount.
    pub amount: Decimal,
}

/// A span of days, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

/// Sex as sent (DMG03).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReportedSex {
    /// `M`.
    Male,
    /// `F`.
    Female,
    /// `U`, or not sent.
    #[default]
    Unknown,
}

impl InstitutionalClaim {
    /// The amount of value code `code`, if the claim has it.
    pub fn value(&self, code: &str) -> Option<Decimal> {
        self.value_codes.iter().find(|value| value.code == code).map(|value| value.amount)
    }
}
