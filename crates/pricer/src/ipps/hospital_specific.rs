//! Sole community, essential access and Medicare-dependent hospitals: the better of two rates
//! (42 CFR 412.92, 412.108, 412.109).

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::Bill;
use super::fields;
use crate::missing::MissingFactor;
use crate::provider::{Provider, RecordsUse};
use crate::rates::{HospitalSpecific, Rates};
use crate::worksheet::{Ledger, Line, Trace};

/// A hospital's own rate under one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Terms {
    /// The share of the difference that is paid; `None` for a hospital without a rate of its own.
    pub(crate) share: Option<Decimal>,
    /// The rate on record.
    pub(crate) rate: Decimal,
    /// Its update; `None` where not at hand.
    pub(crate) update: Option<Decimal>,
}

/// What the hospital's own rate adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct AddOn {
    /// The add-on, nine decimals.
    pub(crate) amount: Decimal,
    /// The hospital's own rate for the case, nine decimals.
    pub(crate) own_rate: Decimal,
}

/// The terms of `provider`.
pub(crate) fn terms<T: Trace>(provider: &Provider, rates: &Rates, ledger: &mut Ledger<T>) -> Terms {
    let Some((rules, share)) =
        rates.hospital_specific.as_ref().and_then(|rules| Some((rules, share(provider, rules)?)))
    else {
        return Terms::default();
    };
    Terms {
        share: Some(share),
        rate: provider.hospital_specific_rate.normalize(),
        update: update(provider, rules, rates, ledger),
    }
}

fn share(provider: &Provider, rules: &HospitalSpecific) -> Option<Decimal> {
    if rules.full_types.contains(&provider.provider_type) {
        return Some(Decimal::ONE);
    }
    let dependent = rules.medicare_dependent.as_ref()?;
    dependent.types.contains(&provider.provider_type).then_some(dependent.share.value)
}

/// The product of the year's updates, five decimals. With a location factor it may have more digits than a decimal
/// holds; what is lost lies far behind the fifth place.
fn update<T: Trace>(
    provider: &Provider,
    rules: &HospitalSpecific,
    rates: &Rates,
    ledger: &mut Ledger<T>,
) -> Option<Decimal> {
    let Some(steps) = &rules.updates else {
        ledger.miss(MissingFactor::HospitalSpecificUpdates);
        return None;
    };
    let (quality, records) = match provider.electronic_records {
        RecordsUse::Meaningful => (provider.quality_submitted, true),
        RecordsUse::Reduced => (provider.quality_submitted, false),
        RecordsUse::Unreadable => (true, true),
    };
    let factors = || steps.iter().map(|step| step.factor_for(quality, records).normalize());
    let product: Decimal = factors().product();
    let update = ledger.store(fields::UPDATE, product * rates.location_factor(provider.location));
    ledger.line(|| {
        let formula: Vec<_> = factors().map(|factor| factor.to_string()).collect();
        let sources: Vec<_> = steps.iter().map(|step| step.source.as_str()).collect();
        Line::factor("hospital_specific.update", "Update of the hospital-specific rate", update)
            .formula(formula.join(" x "))
            .source(sources.join("; "))
    });
    Some(update)
}

/// The last day of the provision for a Medicare-dependent hospital, where the law names one.
pub(crate) fn ended(provider: &Provider, rates: &Rates) -> Option<Date> {
    let dependent = rates.hospital_specific.as_ref()?.medicare_dependent.as_ref()?;
    dependent.last.filter(|_| dependent.types.contains(&provider.provider_type))
}

/// Compares the hospital's own rate, for the full weight even of a transfer, with what the federal rate pays.
pub(crate) fn add_on<T: Trace>(
    bill: &Bill<'_>,
    parts: &super::totals::Parts,
    operating_outlier: Decimal,
    ledger: &mut Ledger<T>,
) -> AddOn {
    let hospital = bill.hospital;
    let terms = &hospital.hospital_specific;
    let (Some(share), Some(update)) = (terms.share, terms.update) else {
        return AddOn::default();
    };
    let own_rate =
        ledger.store(fields::COMPARED_RATE, terms.rate * update * bill.weight * parts.factors.together());
    let paid_share = bill.rates.disproportionate_share.paid_share.value;
    let federal =
        hospital.adjusted_rate * parts.transfer.weight * hospital.location_factor * parts.factors.together();
    let adjustments = Decimal::ONE + hospital.operating_teaching + hospital.operating_share * paid_share;
    let federal_rate = ledger.store(fields::COMPARED_RATE, federal * adjustments + operating_outlier);
    let difference = own_rate - (federal_rate + hospital.uncompensated_care);
    let amount = ledger.store(fields::FEDERAL, difference.max(Decimal::ZERO) * share);
    ledger.line(|| {
        Line::step("hospital_specific.rate", "Hospital-specific rate for the case", own_rate)
            .formula(format!("{} x {update} x {} x {}", terms.rate, bill.weight, parts.factors.together()))
            .source("42 CFR 412.92(d), 412.108(c); provider record")
    });
    ledger.line(|| {
        Line::step("hospital_specific.federal", "Federal payment compared with it", federal_rate)
            .formula(format!("{federal} x {adjustments} + {operating_outlier}"))
            .source("42 CFR 412.92(d), 412.108(c)")
    });
    AddOn { amount, own_rate }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::missing::MissingFactor;
    use crate::samples::{dec, hospital, paid, paid_in, stay, year};
    use crate::{Provider, ReturnCode, explain};

    fn own(provider_type: u8, rate: &str) -> Provider {
        Provider { provider_type, hospital_specific_rate: dec(rate), ..hospital() }
    }

    #[test]
    fn the_better_rate_is_paid_wholly_or_in_part() {
        let sole = paid(291, &stay(), &own(16, "12000"));
        let dependent = paid(291, &stay(), &own(14, "12000"));
        assert!(sole.operating.hospital_specific > dec("0"));
        let ratio = dependent.operating.hospital_specific / sole.operating.hospital_specific;
        assert!((ratio - dec("0.75")).abs() < dec("0.2"), "caps of the share differ by type: {ratio}");
        assert_eq!(paid(291, &stay(), &own(16, "100")).operating.hospital_specific, dec("0"));
        assert_eq!(paid(291, &stay(), &own(0, "12000")).operating.hospital_specific, dec("0"));
    }

    #[test]
    fn without_the_updates_the_rates_are_not_compared() {
        let mut year = year();
        year.rates.hospital_specific.as_mut().unwrap().updates = None;
        let payment = paid_in(&year, 291, &stay(), &own(16, "12000"));
        assert!(payment.missing.contains(MissingFactor::HospitalSpecificUpdates));
        assert_eq!(payment.operating.hospital_specific, dec("0"));
        assert!(paid_in(&year, 291, &stay(), &hospital()).missing.is_empty(), "not needed, not named");
    }

    #[test]
    fn the_provision_for_dependent_hospitals_ends_on_its_date() {
        let mut year = year();
        let dependent = year.rates.hospital_specific.as_mut().unwrap().medicare_dependent.as_mut();
        dependent.unwrap().last = Some(date(2026, 1, 30));
        let code = |provider: &Provider| paid_in(&year, 291, &stay(), provider).code;
        assert_eq!(code(&own(14, "12000")), ReturnCode::MEDICARE_DEPENDENT_ENDED);
        assert_eq!(code(&own(16, "12000")), ReturnCode(14));
    }

    #[test]
    fn the_worksheet_shows_both_rates() {
        let sheet = explain(codeset::Drg(291), &stay(), &own(16, "12000"), &year()).unwrap();
        let value = |id: &str| sheet.line(id).map(|line| line.value).unwrap();
        let uncompensated = dec("412.5");
        let add_on = value("hospital_specific.rate") - value("hospital_specific.federal") - uncompensated;
        assert_eq!(value("operating.hospital_specific"), add_on.round_dp(2));
    }
}
