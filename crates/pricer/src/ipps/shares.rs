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
    let patients =
        ledger.store(fields::SHARE, provider.supplemental_security_ratio + provider.medicaid_ratio);
    let Some(band) = rules.band(patients) else {
        return Decimal::ZERO;
    };
    let uncapped = ledger.store(fields::SHARE, (patients - band.offset) * band.slope + band.intercept);
    let ratio = if is_capped(provider, area, rules) { uncapped.min(rules.cap.value) } else { uncapped };
    ledger.line(|| {
        Line::factor("operating.share_ratio", "Operating disproportionate-share ratio", ratio)
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
        Line::factor("capital.share_ratio", "Capital disproportionate-share ratio", ratio)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{dec, hospital, year};
    use crate::worksheet::Silent;

    fn share(percentage: &str, beds: u32, provider_type: u8, area: Area) -> Decimal {
        let provider = Provider {
            supplemental_security_ratio: Decimal::ZERO,
            medicaid_ratio: dec(percentage),
            beds,
            provider_type,
            ..hospital()
        };
        operating_share(&provider, area, &year().rates, &mut Ledger::<Silent>::default())
    }

    #[test]
    fn the_band_and_the_cap_follow_percentage_beds_and_type() {
        let (urban, rural) = (Area::OtherUrban, Area::Rural);
        for (percentage, beds, kind, area, ratio) in [
            ("0.1499", 300, 0, urban, "0"),
            ("0.15", 300, 0, urban, "0.025"),
            ("0.2019", 300, 0, urban, "0.0587"),
            ("0.202", 300, 0, urban, "0.0588"),
            ("0.4", 100, 0, urban, "0.2222"),
            ("0.4", 99, 0, urban, "0.12"),
            ("0.4", 499, 0, rural, "0.12"),
            ("0.4", 500, 0, rural, "0.2222"),
            ("0.4", 500, 16, rural, "0.12"),
            ("0.4", 10, 7, rural, "0.2222"),
            ("0.4", 10, 17, rural, "0.2222"),
            ("0.4", 10, 16, urban, "0.12"),
        ] {
            assert_eq!(
                share(percentage, beds, kind, area),
                dec(ratio),
                "{percentage} {beds} {kind} {area:?}"
            );
        }
    }

    #[test]
    fn capital_needs_beds_and_a_city_and_counts_teaching_up_to_a_limit() {
        let rates = year().rates;
        let ledger = &mut Ledger::<Silent>::default();
        let small = Provider { beds: 99, ..hospital() };
        assert_eq!(capital_share(&small, Area::OtherUrban, &rates, ledger), dec("0"));
        assert_eq!(capital_share(&hospital(), Area::Rural, &rates, ledger), dec("0"));
        assert_eq!(capital_share(&hospital(), Area::LargeUrban, &rates, ledger), dec("0.0519"));
        let mut teaching = |residents: &str| {
            let provider = Provider { residents_per_daily_census: Some(dec(residents)), ..hospital() };
            capital_teaching(&provider, &rates, ledger)
        };
        assert_eq!(teaching("1.5"), teaching("2"));
        assert!(teaching("1.4") < teaching("1.5"));
        assert_eq!(operating_teaching(&hospital(), &rates, ledger), dec("0.053129663"));
    }
}
