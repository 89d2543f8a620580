//! What a hospital's rates are built on: wage index, cost of living, standardized amount, capital rate.

use rust_decimal::Decimal;

use super::fields;
use crate::missing::MissingFactor;
use crate::money;
use crate::provider::{Provider, RecordsUse, WageArea};
use crate::rates::Rates;
use crate::worksheet::{Ledger, Line, Trace};

/// Wage index, cost of living and standardized amount.
pub(crate) struct Wage {
    pub(crate) index: Decimal,
    pub(crate) cost_of_living: Decimal,
    pub(crate) labor: Decimal,
    pub(crate) nonlabor: Decimal,
    pub(crate) adjusted_share: Decimal,
}

/// Wage index, cost of living and standardized amount of `provider`.
pub(crate) fn wage<T: Trace>(provider: &Provider, rates: &Rates, ledger: &mut Ledger<T>) -> Wage {
    let index = wage_index(provider.wage_area.as_ref(), ledger);
    let cost_of_living = cost_of_living(provider, rates, ledger);
    let share = rates.operating.labor_share(index);
    let (labor, nonlabor) = standardized_amount(provider, rates, index, ledger);
    ledger.line(|| {
        Line::factor("operating.labor_share", "Labour-related share", share.value)
            .formula(format!("wage index {index}"))
            .source(share.source.clone())
    });
    Wage {
        index,
        cost_of_living,
        labor,
        nonlabor,
        adjusted_share: (share.value * index + (Decimal::ONE - share.value) * cost_of_living).normalize(),
    }
}

fn wage_index<T: Trace>(area: Option<&WageArea>, ledger: &mut Ledger<T>) -> Decimal {
    let Some(area) = area else {
        ledger.miss(MissingFactor::WageIndex);
        return Decimal::ZERO;
    };
    ledger.line(|| {
        Line::factor("wage_index", "Wage index", area.index)
            .formula(format!("area {}", area.area))
            .source(format!("42 CFR 412.64(h); {}", area.source))
    });
    area.index.normalize()
}

fn cost_of_living<T: Trace>(provider: &Provider, rates: &Rates, ledger: &mut Ledger<T>) -> Decimal {
    let applies = rates.operating.cost_of_living_states.iter().any(|state| state == provider.state());
    let factor = if applies { provider.cost_of_living } else { Decimal::ONE };
    ledger.line(|| {
        Line::factor("operating.cost_of_living", "Cost-of-living adjustment", factor)
            .formula(format!("state {}", provider.state()))
            .source("42 CFR 412.64(h); provider record")
    });
    factor.normalize()
}

/// The standardized amount of the hospital's class. A record whose flag for electronic records cannot be read has
/// none, and the calculator then pays nothing from it.
fn standardized_amount<T: Trace>(
    provider: &Provider,
    rates: &Rates,
    wage_index: Decimal,
    ledger: &mut Ledger<T>,
) -> (Decimal, Decimal) {
    let records = match provider.electronic_records {
        RecordsUse::Meaningful => true,
        RecordsUse::Reduced => false,
        RecordsUse::Unreadable => return (Decimal::ZERO, Decimal::ZERO),
    };
    let amount = rates.operating.amount(provider.quality_submitted, records, wage_index > Decimal::ONE);
    let Some(amount) = amount else {
        ledger.miss(MissingFactor::StandardizedAmount);
        return (Decimal::ZERO, Decimal::ZERO);
    };
    ledger.line(|| {
        Line::step("operating.labor", "Standardized amount, labour-related", amount.labor)
            .source(amount.source.clone())
    });
    ledger.line(|| {
        Line::step("operating.nonlabor", "Standardized amount, other", amount.nonlabor)
            .source(amount.source.clone())
    });
    (amount.labor.normalize(), amount.nonlabor.normalize())
}

/// Capital rate and its adjustments.
pub(crate) struct CapitalTerms {
    pub(crate) geographic_factor: Decimal,
    pub(crate) rate: Decimal,
    pub(crate) cost_of_living: Decimal,
}

/// The capital rate of `provider` and its adjustments.
pub(crate) fn capital<T: Trace>(
    provider: &Provider,
    rates: &Rates,
    wage: &Wage,
    ledger: &mut Ledger<T>,
) -> CapitalTerms {
    let rules = &rates.capital;
    let power = money::power(wage.index, rules.geographic_exponent.value).unwrap_or_default();
    let geographic_factor = ledger.store(fields::GEOGRAPHIC, power);
    ledger.line(|| {
        Line::factor("capital.geographic_factor", "Geographic adjustment factor", geographic_factor)
            .formula(format!("{} ^ {}", wage.index, rules.geographic_exponent.value))
            .source(rules.geographic_exponent.source.clone())
    });
    let published = rules.federal_rate.as_ref().filter(|_| provider.wage_area.is_some());
    if rules.federal_rate.is_none() {
        ledger.miss(MissingFactor::CapitalRate);
    }
    let federal = published.map_or(Decimal::ZERO, |figure| figure.value);
    let rate = ledger.store(fields::CAPITAL_RATE, federal * geographic_factor);
    if let Some(figure) = published {
        ledger.line(|| {
            Line::step("capital.rate", "Capital federal rate, adjusted", rate)
                .formula(format!("{} x {geographic_factor}", figure.value))
                .source(figure.source.clone())
        });
    }
    let share = &rules.cost_of_living_share;
    let cost_of_living = share.value * (wage.cost_of_living - Decimal::ONE) + Decimal::ONE;
    CapitalTerms {
        geographic_factor: geographic_factor.normalize(),
        rate: rate.normalize(),
        cost_of_living: ledger.store(fields::CAPITAL_COST_OF_LIVING, cost_of_living).normalize(),
    }
}
