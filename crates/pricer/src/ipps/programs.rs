//! Quality programs: readmissions, value-based purchasing, hospital-acquired conditions.

use rust_decimal::Decimal;

use super::Bill;
use super::fields;
use crate::provider::{Participation, Provider};
use crate::rates::Rates;
use crate::return_code::ReturnCode;
use crate::worksheet::{Ledger, Line, Trace};

/// What the programs do with a hospital's payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Terms {
    /// The readmissions factor; `None` where the hospital is not in the program.
    pub(crate) readmissions: Result<Option<Decimal>, ReturnCode>,
    /// The value-based purchasing factor; `None` where the hospital is not in the program.
    pub(crate) value_based_purchasing: Result<Option<Decimal>, ReturnCode>,
    /// The share taken for hospital-acquired conditions; `None` where nothing is.
    pub(crate) hospital_acquired: Result<Option<Decimal>, ReturnCode>,
}

/// The terms of `provider`; a year without a program has nothing to do with its flags.
pub(crate) fn terms(provider: &Provider, rates: &Rates) -> Terms {
    Terms {
        readmissions: readmissions(provider, rates),
        value_based_purchasing: value_based_purchasing(provider, rates),
        hospital_acquired: hospital_acquired(provider, rates),
    }
}

fn readmissions(provider: &Provider, rates: &Rates) -> Result<Option<Decimal>, ReturnCode> {
    let Some(rules) = &rates.readmissions else {
        return Ok(None);
    };
    let factor = provider.readmissions_factor;
    match provider.readmissions {
        Participation::No if factor.is_zero() => Ok(None),
        Participation::No | Participation::Unreadable => Err(ReturnCode::PROVIDER_RECORD),
        Participation::Yes => {
            let allowed = (rules.factor_min.value..=rules.factor_max.value).contains(&factor);
            let excluded = is_listed(&rules.excluded_states, provider);
            if allowed && !excluded {
                Ok(Some(factor.normalize()))
            } else {
                Err(ReturnCode::PROVIDER_RECORD)
            }
        }
    }
}

fn value_based_purchasing(provider: &Provider, rates: &Rates) -> Result<Option<Decimal>, ReturnCode> {
    let Some(rules) = &rates.value_based_purchasing else {
        return Ok(None);
    };
    let factor = provider.value_based_purchasing_factor;
    match provider.value_based_purchasing {
        Participation::No => Ok(None),
        Participation::Unreadable => Err(ReturnCode::VALUE_BASED),
        Participation::Yes => {
            let allowed = (rules.factor_min.value..=rules.factor_max.value).contains(&factor);
            let excluded = is_listed(&rules.excluded_states, provider);
            if allowed && !excluded && provider.quality_submitted {
                Ok(Some(factor.normalize()))
            } else {
                Err(ReturnCode::VALUE_BASED)
            }
        }
    }
}

fn hospital_acquired(provider: &Provider, rates: &Rates) -> Result<Option<Decimal>, ReturnCode> {
    match &rates.hospital_acquired {
        Some(rules) if provider.hospital_acquired_reduction => {
            if is_listed(&rules.excluded_states, provider) {
                Err(ReturnCode::WAIVER)
            } else {
                Ok(Some(rules.reduction.value))
            }
        }
        _ => Ok(None),
    }
}

fn is_listed(states: &[String], provider: &Provider) -> bool {
    states.iter().any(|state| state == provider.state())
}

/// Readmissions adjustment on the operating base payment (42 CFR 412.154).
pub(crate) fn readmissions_amount<T: Trace>(
    bill: &Bill<'_>,
    base: Decimal,
    ledger: &mut Ledger<T>,
) -> Result<Decimal, ReturnCode> {
    let factor = bill.hospital.programs.readmissions?;
    let line = (
        "readmissions.factor",
        "Readmissions adjustment factor",
        "42 CFR 412.154; provider record",
    );
    Ok(adjustment(factor, base, line, ledger))
}

/// Value-based purchasing adjustment on the operating base payment (42 CFR 412.162).
pub(crate) fn value_based_purchasing_amount<T: Trace>(
    bill: &Bill<'_>,
    base: Decimal,
    ledger: &mut Ledger<T>,
) -> Result<Decimal, ReturnCode> {
    let factor = bill.hospital.programs.value_based_purchasing?;
    let line = (
        "value_based.factor",
        "Value-based purchasing factor",
        "42 CFR 412.162; provider record",
    );
    Ok(adjustment(factor, base, line, ledger))
}

fn adjustment<T: Trace>(
    factor: Option<Decimal>,
    base: Decimal,
    (id, title, source): (&'static str, &'static str, &'static str),
    ledger: &mut Ledger<T>,
) -> Decimal {
    let Some(factor) = factor else {
        return Decimal::ZERO;
    };
    let amount = ledger.store(fields::SIGNED, factor * base - base);
    ledger.line(|| {
        Line::factor(id, title, factor)
            .formula(format!("{factor} x {base} - {base} = {amount}"))
            .source(source)
    });
    amount
}
