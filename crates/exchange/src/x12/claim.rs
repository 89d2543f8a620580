//! An institutional claim as an 837I states it. One type for the claim that is read, written and printed.

use jiff::civil::{Date, Time};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{BillingProvider, Dependent, Payer, Person, Practitioner, Subscriber};

/// One claim (loop 2300) with what the loops above it say of hospital, patient and payer, and its service lines.
/// Texts are as sent; blank is not sent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct InstitutionalClaim {
    /// Patient control number (CLM01).
    pub patient_control_number: String,
    /// Medical record number (REF*EA).
    pub medical_record_number: String,
    /// Total charges in dollars (CLM02): the sum of the lines.
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
    /// Admission hour (DTP*435 with its time).
    pub admission_time: Option<Time>,
    /// Discharge hour (DTP*096).
    pub discharge_time: Option<Time>,
    /// Statement period (DTP*434); of a final bill its last day is the discharge.
    pub statement: Option<Period>,
    /// Admitting diagnosis (HI*ABJ); blank if none.
    pub admitting_diagnosis: String,
    /// The patient's reasons for an unscheduled outpatient visit (HI*APR), three at most.
    pub visit_reasons: Vec<String>,
    /// Principal diagnosis (HI*ABK).
    pub principal_diagnosis: ReportedDiagnosis,
    /// Other diagnoses (HI*ABF) in order.
    pub other_diagnoses: Vec<ReportedDiagnosis>,
    /// External causes of injury (HI*ABN). They stand apart on the claim form and are not grouped.
    pub external_causes: Vec<ReportedDiagnosis>,
    /// Procedures, the principal one (HI*BBR) first, then the others (HI*BBQ).
    pub procedures: Vec<ReportedProcedure>,
    /// Condition codes (HI*BG).
    pub condition_codes: Vec<String>,
    /// Occurrence codes (HI*BH) with their days.
    pub occurrences: Vec<Occurrence>,
    /// Occurrence span codes (HI*BI) with their periods.
    pub occurrence_spans: Vec<OccurrenceSpan>,
    /// Value codes (HI*BE) with their amounts.
    pub value_codes: Vec<ValueCode>,
    /// The DRG the hospital found (HI*DR); blank if none.
    pub reported_drg: String,
    /// Authorization by the payer before the care (REF*G1).
    pub prior_authorization: String,
    /// The payer's number of the claim that this one replaces or voids (REF*F8).
    pub replaced_claim: String,
    /// Remarks (NTE*ADD).
    pub remarks: String,
    /// Who bills.
    pub billing_provider: BillingProvider,
    /// Who holds the insurance.
    pub subscriber: Subscriber,
    /// The patient, where not the subscriber.
    pub dependent: Option<Dependent>,
    /// Who is to pay.
    pub payer: Payer,
    /// Claim filing indicator (SBR09): `MA` is Medicare Part A.
    pub claim_filing: String,
    /// The attending provider (NM1*71).
    pub attending: Option<Practitioner>,
    /// The operating physician (NM1*72).
    pub operating: Option<Practitioner>,
    /// Another operating physician (NM1*ZZ).
    pub other_operating: Option<Practitioner>,
    /// Service lines (loop 2400) in order.
    pub lines: Vec<ServiceLine>,
}

/// A diagnosis with its present-on-admission indicator.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportedDiagnosis {
    /// The code as sent, without a decimal point.
    pub code: String,
    /// `Y`, `N`, `U`, `W`, `1`, or blank.
    pub present_on_admission: String,
}

/// A procedure of the stay with its day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportedProcedure {
    /// The ICD-10-PCS code.
    pub code: String,
    /// The day it was done.
    pub on: Option<Date>,
}

/// A UB-04 occurrence code with its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrence {
    /// The code of two characters.
    pub code: String,
    /// Its day.
    pub on: Date,
}

/// A UB-04 occurrence span code with its period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OccurrenceSpan {
    /// The code of two characters.
    pub code: String,
    /// Its period.
    pub period: Period,
}

/// A UB-04 value code with its amount: dollars or, for codes such as 80 (covered days), a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueCode {
    /// The code of two characters.
    pub code: String,
    /// Its amount.
    pub amount: Decimal,
}

/// A service line (loop 2400; UB-04 form locators 42 to 48).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ServiceLine {
    /// Revenue code of four digits (SV201).
    pub revenue_code: String,
    /// HCPCS code (SV202 with qualifier `HC`); blank if none.
    pub hcpcs: String,
    /// Its modifiers, four at most.
    pub modifiers: Vec<String>,
    /// Charge in dollars (SV203).
    pub charge: Decimal,
    /// What is counted (SV204).
    pub counted: Counted,
    /// How many (SV205).
    pub units: Decimal,
    /// The part of the charge the payer does not cover, in dollars (SV207).
    pub non_covered: Option<Decimal>,
    /// The days of service (DTP*472).
    pub service: Option<Period>,
}

/// What a service line counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counted {
    /// `DA`: days.
    Days,
    /// `UN`: units.
    #[default]
    Units,
}

/// A span of days, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

impl InstitutionalClaim {
    /// The amount of value code `code`, if the claim has it.
    pub fn value(&self, code: &str) -> Option<Decimal> {
        self.value_codes.iter().find(|value| value.code == code).map(|value| value.amount)
    }

    /// The patient: the dependent where there is one, the subscriber otherwise.
    pub fn patient(&self) -> &Person {
        self.dependent.as_ref().map_or(&self.subscriber.person, |dependent| &dependent.person)
    }
}
