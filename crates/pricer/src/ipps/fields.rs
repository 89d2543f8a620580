//! The widths of the calculator's fields: how many digits before and after the point, and whether there is a sign.

use crate::money::Field;

/// Federal parts on the way, nine decimals.
pub(crate) const FEDERAL: Field = Field::unsigned(6, 9);
/// Rates compared for hospitals with a rate of their own, nine decimals.
pub(crate) const COMPARED_RATE: Field = Field::unsigned(8, 9);
/// Thresholds, costs and outliers on the way, nine decimals.
pub(crate) const WORK: Field = Field::unsigned(7, 9);
/// Teaching ratios, nine decimals.
pub(crate) const TEACHING: Field = Field::unsigned(6, 9);
/// The fixed-loss threshold after a transfer reduction.
pub(crate) const FIXED_LOSS: Field = Field::unsigned(5, 2);
/// Disproportionate-share ratios, four decimals.
pub(crate) const SHARE: Field = Field::unsigned(1, 4);
/// The geographic adjustment factor for capital.
pub(crate) const GEOGRAPHIC: Field = Field::unsigned(5, 4);
/// The capital rate after it.
pub(crate) const CAPITAL_RATE: Field = Field::unsigned(4, 2);
/// The capital cost-of-living factor.
pub(crate) const CAPITAL_COST_OF_LIVING: Field = Field::unsigned(1, 3);
/// A fraction of days.
pub(crate) const DAY_FRACTION: Field = Field::unsigned(3, 4);
/// A relative weight.
pub(crate) const WEIGHT: Field = Field::unsigned(2, 4);
/// The update of the hospital-specific rate.
pub(crate) const UPDATE: Field = Field::unsigned(1, 5);
/// An operating amount on the record.
pub(crate) const OPERATING: Field = Field::unsigned(6, 2);
/// An outlier, capital or total amount on the record.
pub(crate) const AMOUNT: Field = Field::unsigned(7, 2);
/// Operating base payment.
pub(crate) const BASE_PAY: Field = Field::unsigned(8, 2);
/// An amount with a sign.
pub(crate) const SIGNED: Field = Field::signed(7, 2);
/// Pass-through amounts.
pub(crate) const PASS_THROUGH: Field = Field::unsigned(6, 2);
