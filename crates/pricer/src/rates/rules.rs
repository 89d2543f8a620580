//! What is asked of a claim, how transfers and outliers are paid, and the limits on a wage index.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Figure, ListedCode};

/// What the claim is checked for before anything is computed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimRules {
    /// Lifetime reserve days a patient can have (42 CFR 409.61).
    pub lifetime_reserve_days_max: u16,
}

/// Transfers between hospitals and to post-acute care (42 CFR 412.4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransferRules {
    /// Where the lists below were published.
    pub source: String,
    /// Discharge statuses that are transfers to another acute hospital.
    pub acute_statuses: Vec<u8>,
    /// Discharge statuses that are transfers to post-acute care, for the DRGs marked so.
    pub post_acute_statuses: Vec<u8>,
    /// The condition code by which a hospital forgoes the cost outlier.
    pub no_outlier_condition: ListedCode,
    /// DRGs that are never reduced, since they are defined by the transfer itself.
    pub exempt_drgs: Vec<u16>,
    /// Days paid beyond the length of stay: the first day counts double.
    pub extra_days: u16,
    /// Share of the payment that a special-pay DRG receives on the first day.
    pub special_pay_share: Figure,
}

/// Cost outliers (42 CFR 412.80 to 412.84).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutlierRules {
    /// Fixed-loss cost threshold, dollars; `None` where not at hand.
    pub fixed_loss: Option<Figure>,
    /// Share of the cost above the threshold that is paid.
    pub marginal_cost: Figure,
    /// The same for burn DRGs.
    pub marginal_cost_burn: Figure,
    /// The burn DRGs.
    pub burn_drgs: Vec<u16>,
    /// What is added to the operating cost-to-charge ratio to see whether a later reconciliation could make the
    /// case an outlier.
    pub reconciliation_step: Option<Figure>,
}

/// Limits on a hospital's wage index (42 CFR 412.64(h)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WageIndexRules {
    /// The most a wage index may fall from one year to the next, as a fraction.
    pub decrease_max: Figure,
}

impl OutlierRules {
    /// The share of the excess cost paid for a DRG.
    pub fn marginal_share(&self, drg: u16) -> &Figure {
        if self.burn_drgs.contains(&drg) { &self.marginal_cost_burn } else { &self.marginal_cost }
    }
}

impl WageIndexRules {
    /// `index`, raised where it fell further from `last_year` than is allowed; four decimals.
    pub fn limit(&self, index: Decimal, last_year: Decimal) -> Decimal {
        let floor = crate::money::round(last_year * (Decimal::ONE - self.decrease_max.value), 4);
        index.max(floor)
    }
}
