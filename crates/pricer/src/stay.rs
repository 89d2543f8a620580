//! The stay as the claim tells it.

use codeset::Code;
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::rates::TransferRules;

/// Charges from here on are no claim's: a thousand million dollars.
const CHARGES_LIMIT: u64 = 1_000_000_000;

/// One inpatient stay on one claim.
///
/// `None` in a number means that the claim has no readable one; the calculator refuses such a claim with a return
/// code of its own. Readers keep one `Stay` and refill it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// Day of discharge: it chooses the year.
    pub discharge_date: Date,
    /// Patient discharge status (UB-04 form locator 17); 0 if not given.
    pub discharge_status: u8,
    /// How the claims system wants the claim paid, where it says so itself; otherwise status and condition codes
    /// decide (see [`ReviewCode::of`]).
    pub review_code: Option<ReviewCode>,
    /// Length of stay in days.
    pub stay_days: Option<u16>,
    /// Days Medicare covers.
    pub covered_days: Option<u16>,
    /// Lifetime reserve days among them.
    pub lifetime_reserve_days: Option<u16>,
    /// Covered charges, dollars.
    pub covered_charges: Option<Decimal>,
    /// Diagnosis codes, the principal one first.
    pub diagnoses: Vec<Code>,
    /// Procedure codes.
    pub procedures: Vec<Code>,
    /// Condition codes (UB-04 form locators 18 to 28).
    pub condition_codes: Vec<Code>,
    /// The patient is in a Medicare Advantage plan; only pass-throughs and teaching concern the fee-for-service
    /// program then.
    pub medicare_advantage: bool,
    /// The claim carries the day on which the charges passed the outlier threshold while benefits ran out.
    pub threshold_day_claimed: bool,
}

/// How a claim is to be paid: the calculator's review code, two digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewCode(pub u8);

/// What a valid [`ReviewCode`] asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// The kind of transfer, if it is one.
    pub transfer: TransferKind,
    /// Whether a cost outlier may be paid.
    pub outlier: bool,
}

/// Where the patient went, as far as payment is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransferKind {
    /// Not a transfer.
    None,
    /// To another acute hospital: paid by the day.
    Acute,
    /// To post-acute care: paid by the day if the DRG is marked so.
    PostAcute,
}

impl ReviewCode {
    /// The code for a discharge, from its status and condition codes (42 CFR 412.4).
    pub fn of(stay: &Stay, rules: &TransferRules) -> Self {
        let status = stay.discharge_status;
        let no_outlier = stay.condition_codes.contains(&rules.no_outlier_condition.0);
        let acute = rules.acute_statuses.contains(&status);
        let post_acute = rules.post_acute_statuses.contains(&status);
        Self(match (acute, post_acute, no_outlier) {
            (true, _, false) => 3,
            (true, _, true) => 6,
            (false, true, false) => 9,
            (false, true, true) => 11,
            (false, false, true) => 7,
            (false, false, false) => 0,
        })
    }

    /// What the code asks for; `None` for a code the calculator does not know.
    pub fn review(self) -> Option<Review> {
        let (transfer, outlier) = match self.0 {
            0 => (TransferKind::None, true),
            3 => (TransferKind::Acute, true),
            6 => (TransferKind::Acute, false),
            7 => (TransferKind::None, false),
            9 => (TransferKind::PostAcute, true),
            11 => (TransferKind::PostAcute, false),
            _ => return None,
        };
        Some(Review { transfer, outlier })
    }
}

impl Stay {
    /// An empty stay discharged on `discharge_date`.
    pub fn new(discharge_date: Date) -> Self {
        Self {
            discharge_date,
            discharge_status: 0,
            review_code: None,
            stay_days: None,
            covered_days: None,
            lifetime_reserve_days: Some(0),
            covered_charges: None,
            diagnoses: Vec::new(),
            procedures: Vec::new(),
            condition_codes: Vec::new(),
            medicare_advantage: false,
            threshold_day_claimed: false,
        }
    }

    /// The covered charges, where they are an amount that a claim can have.
    pub fn readable_charges(&self) -> Option<Decimal> {
        let limit = Decimal::from(CHARGES_LIMIT);
        self.covered_charges.filter(|charges| *charges >= Decimal::ZERO && *charges < limit)
    }

    /// Whether any diagnosis is `code`.
    pub fn has_diagnosis(&self, code: Code) -> bool {
        self.diagnoses.contains(&code)
    }

    /// Whether a condition code is `code`.
    pub fn has_condition(&self, code: Code) -> bool {
        self.condition_codes.contains(&code)
    }
}
