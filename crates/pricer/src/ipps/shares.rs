//! Adjustments for patients with low income and for teaching.

use rust_decimal::Decimal;

use super::fields;
use crate::money;
use crate::provider::Provider;
use crate::rates::{Area, OperatingShareHospital, Rates};
use crate::worksheet::{Ledger, Line, Trace};

/// Operating disproportionate-share ratio (42 CFR 412.106(d)), before the share that is paid as an add-on.
pub(crate) fn operating_share<T: Trace>(
    provider: &Provider,
    area: Area,
    rates: &Rates,
    ledger: &mut Ledger<T>,
) -> Decimal {
    let rules = &rates.disproportionate_share;
    let patients = ledger.store(
        fields::SHARE,
        provider.supplemental_security_ratio + provider.medicaid_ratio,
    );
    let Some(band) = rules.band(patients) else {
        return Decimal::ZERO;
    };
    let uncapped = ledger.store(
        fields::SHARE,
        (patients - band.offset) * band.slope + band.intercept,
    );
    let ratio = if is_capped(provider, area, rules) {
        uncapped.min(rules.cap.value)
    } else {
        uncapped
    };
    ledger.line(|| {
        Line::factor(
            "operating.share_ratio",
            "Operating disproportionate-share ratio",
            ratio,
        )
        .formula(format!(
            "({patients} - {}) x {} + {}, {} beds",
            band.offset, band.slope, band.intercept, provider.beds
        ))
        .source(band.source.clone())
    });
    ratio.normalize()
}

fn is_capped(provider: &Provider, area: Area, rules: &OperatingShareHospital) -> bool {
    let kind = &provider.provider_type;
    if rules.uncapped_types.contains(kind) {
        return false;
    }
    match area {
        Area::Rural => rules.rural_capped_types.contains(kind) || provider.beds < rules.rural_beds_uncapped,
        Area::LargeUrban | Area::OtherUrban => provider.beds < rules.urban_beds_uncapped,
    }
}

/// Operating teaching ratio (42 CFR 412.105(d)).
pub(crate) fn operating_teaching<T: Trace>(
    provider: &Provider,
    rates: &Rates,
    ledger: &mut Ledger<T>,
) -> Decimal {
    let rules = &rates.teaching;
    let residents = provider.residents_per_bed;
    let power = money::power(Decimal::ONE + residents, rules.exponent.value).unwrap_or(Decimal::ONE);
    let ratio = ledger.store(fields::TEACHING, rules.multiplier.value * (power - Decimal::ONE));
    ledger.line(|| {
        Line::factor("operating.teaching_ratio", "Operating teaching ratio", ratio)
            .formula(format!(
                "{} x ((1 + {residents}) ^ {} - 1)",
                rules.multiplier.value, rules.exponent.value
            ))
            .source(rules.multiplier.source.clone())
    });
    ratio.normalize()
}

/// Capital disproportionate-share ratio (42 CFR 412.320). It has no least patient percentage.
pub(crate) fn capital_share<T: Trace>(
    provider: &Provider,
    area: Area,
    rates: &Rates,
    ledger: &mut Ledger<T>,
) -> Decimal {
    let rules = &rates.capital;
    if provider.beds < rules.share_beds_min || !rules.share_areas.contains(&area) {
        return Decimal::ZERO;
    }
    let patients = provider.supplemental_security_ratio + provider.medicaid_ratio;
    let exponent = rules.share_coefficient.value * patients;
    let power = money::power(rules.exponential_base.value, exponent).unwrap_or(Decimal::ONE);
    let ratio = ledger.store(fields::SHARE, power - Decimal::ONE);
    ledger.line(|| {
        Line::factor(
            "capital.share_ratio",
            "Capital disproportionate-share ratio",
            ratio,
        )
        .formula(format!(
            "{} ^ ({} x {patients}) - 1",
            rules.exponential_base.value, rules.share_coefficient.value
        ))
        .source(rules.share_coefficient.source.clone())
    });
    ratio.normalize()
}

/// Capital teaching ratio (42 CFR 412.322).
pub(crate) fn capital_teaching<T: Trace>(
    provider: &Provider,
    rates: &Rates,
    ledger: &mut Ledger<T>,
) -> Decimal {
    let rules = &rates.capital;
    let residents = provider.residents_per_daily_census.unwrap_or_default();
    let counted = residents.min(rules.teaching_ratio_max.value);
    let exponent = rules.teaching_coefficient.value * counted;
    let power = money::power(rules.exponential_base.value, exponent).unwrap_or(Decimal::ONE);
    let ratio = ledger.store(fields::TEACHING, power - Decimal::ONE);
    ledger.line(|| {
        Line::factor("capital.teaching_ratio", "Capital teaching ratio", ratio)
            .formula(format!(
                "{} ^ ({} x {counted}) - 1",
                rules.exponential_base.value, rules.teaching_coefficient.value
            ))
            .source(rules.teaching_coefficient.source.clone())
    });
    ratio.normalize()
}
