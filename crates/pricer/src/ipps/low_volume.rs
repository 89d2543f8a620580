//! Low-volume hospitals (42 CFR 412.101): a share of everything that is paid for the discharge.

use rust_decimal::Decimal;

use super::fields;
use super::payment::{Capital, Operating};
use crate::provider::Provider;
use crate::rates::Rates;
use crate::worksheet::{Ledger, Line, Trace};

/// The factor of `provider`; `None` where it has none, or one the law does not allow.
pub(crate) fn factor(provider: &Provider, rates: &Rates) -> Option<Decimal> {
    let rules = rates.low_volume.as_ref()?;
    let factor = provider.low_volume_factor;
    let allowed = factor > Decimal::ZERO && factor <= rules.factor_max.value;
    (provider.low_volume && allowed).then_some(factor.normalize())
}

/// The adjustment on the amounts of the record.
pub(crate) fn amount<T: Trace>(
    factor: Option<Decimal>,
    operating: &Operating,
    capital: &Capital,
    other: Decimal,
    ledger: &mut Ledger<T>,
) -> Decimal {
    let Some(factor) = factor else {
        return Decimal::ZERO;
    };
    let paid = operating.sum() + capital.sum() + other;
    let amount = ledger.store(fields::AMOUNT, paid * factor);
    ledger.line(|| {
        Line::factor("low_volume.factor", "Low-volume factor", factor)
            .formula(format!("{factor} x {paid} = {amount}"))
            .source("42 CFR 412.101; provider record")
    });
    amount
}
