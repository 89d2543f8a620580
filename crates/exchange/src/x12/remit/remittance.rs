//! A payment and what it is for, as an 835 states it.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::RemittanceFault;

/// One payment with its claims (a transaction set). Texts are as sent; amounts are dollars.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Remittance {
    /// The number, from 1, of the segment that opens it.
    pub segment: u64,
    /// Control number of the transaction set (ST02).
    pub control_number: String,
    /// The payment.
    pub payment: Payment,
    /// Who pays.
    pub payer: RemittingPayer,
    /// Who is paid.
    pub payee: Payee,
    /// The day up to which claims were decided (DTM*405).
    pub produced: Option<Date>,
    /// The claims, in order.
    pub claims: Vec<RemittedClaim>,
    /// Adjustments of the hospital's account that belong to no claim (PLB).
    pub provider_adjustments: Vec<ProviderAdjustment>,
    /// Segments that could not be used.
    pub faults: Vec<RemittanceFault>,
}

/// How much is paid, how, and when (BPR, TRN).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Payment {
    /// What is paid (BPR02); may be zero.
    pub amount: Decimal,
    /// Whether the payee owes it (BPR03 is `D`).
    pub is_debit: bool,
    /// How (BPR04): `ACH`, `CHK`, `FWT`, `BOP`, or `NON` for no payment.
    pub method: String,
    /// When it takes effect (BPR16).
    pub on: Option<Date>,
    /// Number of the check or transfer (TRN02), by which the bank's money is found.
    pub trace: String,
    /// The payer's identifier in the trace (TRN03).
    pub trace_payer: String,
}

/// Who pays (N1*PR).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RemittingPayer {
    /// Its name.
    pub name: String,
    /// Its identifier (N104, or REF*2U).
    pub id: String,
}

/// Who is paid (N1*PE).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Payee {
    /// Its name.
    pub name: String,
    /// Its identifier: a national provider identifier, or a tax number.
    pub id: String,
}

/// What a payer decided on a claim (loop 2100).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RemittedClaim {
    /// The number, from 1, of the segment that opens it.
    pub segment: u64,
    /// The patient control number of the claim as it was sent (CLP01).
    pub patient_control_number: String,
    /// What was done with it (CLP02).
    pub status: ClaimStatus,
    /// What was charged (CLP03).
    pub charged: Decimal,
    /// What is paid (CLP04); negative where an earlier payment is taken back.
    pub paid: Decimal,
    /// What the patient owes (CLP05).
    pub patient_share: Decimal,
    /// Claim filing indicator (CLP06).
    pub filing: String,
    /// The payer's number of the claim (CLP07).
    pub payer_control_number: String,
    /// Type of bill without its leading zero (CLP08 and CLP09).
    pub type_of_bill: String,
    /// The DRG that was paid (CLP11).
    pub drg: String,
    /// Its weight (CLP12).
    pub drg_weight: Option<Decimal>,
    /// The patient's name as filed (NM1*QC).
    pub patient: String,
    /// The member's identifier (NM109 of NM1*QC).
    pub member_id: String,
    /// The medical record number (REF*EA).
    pub medical_record_number: String,
    /// First day of the statement (DTM*232).
    pub from: Option<Date>,
    /// Last day of the statement (DTM*233).
    pub to: Option<Date>,
    /// When the payer received the claim (DTM*050).
    pub received: Option<Date>,
    /// What was taken off the claim as a whole.
    pub adjustments: Vec<Adjustment>,
    /// Remark codes (MIA, MOA).
    pub remarks: Vec<String>,
    /// The lines that were decided.
    pub lines: Vec<RemittedLine>,
}

/// What was done with a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimStatus {
    /// 1, 2, 3: processed by the first, second or third payer.
    Processed(u8),
    /// 19, 20, 21: the same, and passed on to another payer.
    Forwarded(u8),
    /// 4: denied.
    Denied,
    /// 22: an earlier payment is taken back.
    Reversed,
    /// 23: not this payer's claim, passed on.
    NotOurs,
    /// 25: an estimate only.
    Estimate,
    /// Another code.
    #[default]
    Other,
}

/// An amount taken off a charge, or added to it when negative (CAS).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adjustment {
    /// Who bears it (CAS01): `CO` contract, `PR` patient, `OA` other, `PI` payer's decision.
    pub group: String,
    /// Why: a claim adjustment reason code.
    pub reason: String,
    /// How much, in dollars.
    pub amount: Decimal,
    /// How many units it changes, if told.
    pub quantity: Option<Decimal>,
}

/// What a payer decided on a service line (loop 2110).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RemittedLine {
    /// Procedure code (SVC01-2); blank where the line has a revenue code only.
    pub procedure: String,
    /// Its modifiers.
    pub modifiers: Vec<String>,
    /// Revenue code (SVC04, or SVC01 with qualifier `NU`).
    pub revenue_code: String,
    /// What was charged (SVC02).
    pub charged: Decimal,
    /// What is paid (SVC03).
    pub paid: Decimal,
    /// How many units are paid (SVC05); one if not told.
    pub units: Decimal,
    /// First day of service (DTM*472 or 150).
    pub from: Option<Date>,
    /// Last day of service (DTM*472 or 151).
    pub to: Option<Date>,
    /// The line's control number (REF*6R).
    pub control_number: String,
    /// What was taken off.
    pub adjustments: Vec<Adjustment>,
    /// Remark codes (LQ*HE).
    pub remarks: Vec<String>,
}

/// An adjustment of the hospital's account (PLB). It lowers the payment when positive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderAdjustment {
    /// The hospital's identifier (PLB01).
    pub provider: String,
    /// The last day of its fiscal year (PLB02).
    pub fiscal_year_end: Option<Date>,
    /// Why: a provider adjustment reason code.
    pub reason: String,
    /// What it refers to, such as a claim of an earlier remittance.
    pub reference: String,
    /// How much, in dollars.
    pub amount: Decimal,
}

impl ClaimStatus {
    /// The status that `code` (CLP02) stands for.
    pub fn of_code(code: &str) -> Self {
        match code {
            "1" => Self::Processed(1),
            "2" => Self::Processed(2),
            "3" => Self::Processed(3),
            "4" => Self::Denied,
            "19" => Self::Forwarded(1),
            "20" => Self::Forwarded(2),
            "21" => Self::Forwarded(3),
            "22" => Self::Reversed,
            "23" => Self::NotOurs,
            "25" => Self::Estimate,
            _ => Self::Other,
        }
    }

    /// The code that stands for it; blank for another code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Processed(1) => "1",
            Self::Processed(2) => "2",
            Self::Processed(_) => "3",
            Self::Denied => "4",
            Self::Forwarded(1) => "19",
            Self::Forwarded(2) => "20",
            Self::Forwarded(_) => "21",
            Self::Reversed => "22",
            Self::NotOurs => "23",
            Self::Estimate => "25",
            Self::Other => "",
        }
    }
}
