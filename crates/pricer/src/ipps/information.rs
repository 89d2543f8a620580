//! Amounts that are shown and not paid: the standardized value, and what the reduction for records saved.

use rust_decimal::Decimal;

use super::Bill;
use super::fields;
use super::payment::{Operating, Programs};
use super::totals::Parts;
use crate::money;
use crate::provider::RecordsUse;
use crate::rates::Standardization;
use crate::worksheet::{Ledger, Line, Trace};

/// What the reduced update for missing electronic records saved.
pub(crate) fn records_savings<T: Trace>(
    bill: &Bill<'_>,
    operating: &Operating,
    programs: &Programs,
    ledger: &mut Ledger<T>,
) -> Decimal {
    let hospital = bill.hospital;
    let Some(rules) =
        bill.rates.electronic_records.as_ref().filter(|_| hospital.records == RecordsUse::Reduced)
    else {
        return Decimal::ZERO;
    };
    let ratio = if hospital.quality { &rules.ratio_with_quality } else { &rules.ratio_without_quality };
    let rates = operating.sum() - operating.outlier;
    let low_volume = money::truncate(rates * hospital.low_volume_factor.unwrap_or_default(), 2);
    let paid = rates + programs.readmissions + programs.value_based_purchasing + low_volume;
    let restored = ledger.store(fields::SIGNED, paid * ratio.value);
    let savings = restored - paid;
    ledger.line(|| {
        Line::information("records.savings", "Saved by the reduction for electronic records", savings)
            .formula(format!("{paid} x {} - {paid}", ratio.value))
            .source(ratio.source.clone())
    });
    savings
}

/// The payment of the case without wage index, cost of living and the hospital's own adjustments.
pub(crate) fn standardized_value<T: Trace>(
    bill: &Bill<'_>,
    parts: &Parts,
    ledger: &mut Ledger<T>,
) -> Decimal {
    let Some(rules) = bill.rates.standardization.as_ref().filter(|_| bill.rates.outlier.fixed_loss.is_some())
    else {
        return Decimal::ZERO;
    };
    let (operating, capital) = standardized_outliers(bill, parts, rules, ledger);
    let bases = rules.operating_base.value + rules.capital_base.value;
    let value = ledger
        .store(fields::AMOUNT, bases * parts.transfer.weight + operating + capital + parts.new_technology);
    ledger.line(|| {
        Line::information("standardized_value", "Standardized value of the case", value)
            .formula(format!(
                "{bases} x {} + {operating} + {capital} + {}",
                parts.transfer.weight, parts.new_technology
            ))
            .source(rules.operating_base.source.clone())
    });
    value
}

fn standardized_outliers<T: Trace>(
    bill: &Bill<'_>,
    parts: &Parts,
    rules: &Standardization,
    ledger: &mut Ledger<T>,
) -> (Decimal, Decimal) {
    let hospital = bill.hospital;
    let outlier = &parts.outlier;
    let operating_cost = bill.charges * hospital.operating_cost_ratio;
    let operating_cost = ledger.store(fields::AMOUNT, money::ratio(operating_cost, hospital.adjusted_share));
    let capital_adjustment = hospital.geographic_factor * hospital.capital_cost_of_living;
    let capital_cost = bill.charges * hospital.capital_cost_ratio;
    let capital_cost = ledger.store(fields::AMOUNT, money::ratio(capital_cost, capital_adjustment));
    let weight = parts.transfer.weight;
    let operating_threshold = ledger.store(
        fields::WORK,
        outlier.fixed_loss * outlier.operating_portion
            + rules.operating_base.value * weight
            + parts.new_technology,
    );
    let capital_threshold = ledger.store(
        fields::AMOUNT,
        outlier.fixed_loss * outlier.capital_portion + rules.capital_base.value * weight,
    );
    if operating_cost + capital_cost <= operating_threshold + capital_threshold {
        return (Decimal::ZERO, Decimal::ZERO);
    }
    let marginal = bill.rates.outlier.marginal_share(bill.drg.0).value;
    let mut above = |cost: Decimal, threshold: Decimal| {
        ledger.store(fields::WORK, marginal * (cost - threshold).max(Decimal::ZERO))
    };
    (above(operating_cost, operating_threshold), above(capital_cost, capital_threshold))
}
