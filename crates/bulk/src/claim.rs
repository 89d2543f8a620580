//! What one line, row or claim of an input holds: the case for the grouper, and what its payment needs.

use codeset::Code;
use grouper::Case;
use rust_decimal::Decimal;

use crate::{CaseFault, FieldName};

/// One inpatient claim as read.
///
/// Readers keep one and refill it, so that a million claims allocate no more than the largest of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Claim {
    /// The stay, for the editor and the grouper.
    pub case: Case,
    /// What pricing needs besides; all of it may be absent.
    pub billing: Billing,
}

/// The part of a claim that only its payment depends on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Billing {
    /// Total covered charges in dollars.
    pub charges: Option<Decimal>,
    /// Medicare covered days (UB-04 value code 80).
    pub covered_days: Option<u16>,
    /// Lifetime reserve days used (UB-04 value code 83).
    pub lifetime_reserve_days: Option<u16>,
    /// The hospital: CMS certification number, or whatever number its provider file uses; blank if not given.
    pub provider: String,
    /// The payer, as the payer table names it; blank if not given.
    pub payer: String,
    /// UB-04 condition codes (form locators 18 to 28).
    pub condition_codes: Vec<Code>,
}

/// The most secondary diagnoses, procedures or condition codes a case may have. An 837 carries 25 diagnoses;
/// the limit only keeps a runaway line from taking the machine's memory.
pub const MAX_LIST_LEN: usize = 1_000;

impl Claim {
    /// Empties the claim for the next one, keeping its memory.
    pub fn clear(&mut self) {
        self.case.clear();
        let Billing {
            mut provider,
            mut payer,
            mut condition_codes,
            ..
        } = std::mem::take(&mut self.billing);
        provider.clear();
        payer.clear();
        condition_codes.clear();
        self.billing = Billing {
            provider,
            payer,
            condition_codes,
            ..Billing::default()
        };
    }

    /// Whether everything is there without which no edition can be chosen and no group found.
    pub(crate) fn require_essentials(&self) -> Result<(), CaseFault> {
        if self.case.principal.code.is_blank() {
            return Err(CaseFault::Missing(FieldName::of("pdx")));
        }
        if self.case.discharge_date == jiff::civil::Date::ZERO {
            return Err(CaseFault::Missing(FieldName::of("discharge_date")));
        }
        Ok(())
    }
}
