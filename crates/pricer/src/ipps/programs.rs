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
            if allowed && !excluded { Ok(Some(factor.normalize())) } else { Err(ReturnCode::PROVIDER_RECORD) }
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
    let line = ("readmissions.factor", "Readmissions adjustment factor", "42 CFR 412.154; provider record");
    Ok(adjustment(factor, base, line, ledger))
}

/// Value-based purchasing adjustment on the operating base payment (42 CFR 412.162).
pub(crate) fn value_based_purchasing_amount<T: Trace>(
    bill: &Bill<'_>,
    base: Decimal,
    ledger: &mut Ledger<T>,
) -> Result<Decimal, ReturnCode> {
    let factor = bill.hospital.programs.value_based_purchasing?;
    let line = ("value_based.factor", "Value-based purchasing factor", "42 CFR 412.162; provider record");
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

#[cfg(test)]
mod tests {
    use crate::samples::{dec, hospital, paid, paid_in, stay, year};
    use crate::{Participation, Provider, ReturnCode};

    #[test]
    fn factors_work_on_the_base_payment() {
        let payment = paid(291, &stay(), &hospital());
        let base = payment.operating.base;
        assert_eq!(payment.programs.readmissions, (dec("0.9936") * base - base).round_dp(2));
        assert_eq!(payment.programs.value_based_purchasing, (dec("1.0041") * base - base).round_dp(2));
    }

    #[test]
    fn a_record_that_contradicts_itself_refuses_the_claim() {
        let refused = [
            (Provider { readmissions_factor: dec("0.9699"), ..hospital() }, 65),
            (Provider { readmissions_factor: dec("1.0001"), ..hospital() }, 65),
            (Provider { readmissions: Participation::No, ..hospital() }, 65),
            (Provider { readmissions: Participation::Unreadable, ..hospital() }, 65),
            (Provider { ccn: "400001".to_owned(), ..hospital() }, 65),
            (Provider { value_based_purchasing: Participation::Unreadable, ..hospital() }, 68),
            (Provider { value_based_purchasing_factor: dec("0.9799"), ..hospital() }, 68),
            (Provider { ccn: "210001".to_owned(), ..hospital() }, 68),
        ];
        for (provider, code) in refused {
            let payment = paid(291, &stay(), &provider);
            assert_eq!((payment.code, payment.total), (ReturnCode(code), dec("0")), "{provider:?}");
        }
    }

    #[test]
    fn one_per_cent_is_taken_for_hospital_acquired_conditions() {
        let worst = Provider { hospital_acquired_reduction: true, ..hospital() };
        let (full, reduced) = (paid(291, &stay(), &hospital()), paid(291, &stay(), &worst));
        assert_eq!(reduced.programs.hospital_acquired, -(full.total * dec("0.01")).round_dp(2));
        assert_eq!(reduced.total, full.total + reduced.programs.hospital_acquired);
    }

    #[test]
    fn a_year_without_a_program_ignores_its_flags() {
        let mut year = year();
        year.rates.readmissions = None;
        year.rates.value_based_purchasing = None;
        year.rates.hospital_acquired = None;
        let provider = Provider {
            readmissions: Participation::Unreadable,
            value_based_purchasing: Participation::Unreadable,
            hospital_acquired_reduction: true,
            ..hospital()
        };
        let payment = paid_in(&year, 291, &stay(), &provider);
        assert_eq!((payment.code, payment.programs), (ReturnCode::PAID, crate::Programs::default()));
    }
}
