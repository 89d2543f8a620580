//! The values a provider record can hold: anything else is refused before it is used, so that no later product
//! can overflow.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::provider::Provider;

/// A value in a provider record that no record can hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "provider {ccn}, row of {effective}: {field} is {value}, expected 0 to below {limit}; correct the record"
)]
pub struct ProviderError {
    /// The provider.
    pub ccn: String,
    /// The row's first day.
    pub effective: Date,
    /// The value's name.
    pub field: &'static str,
    /// What it is.
    pub value: Decimal,
    /// What it must be less than.
    pub limit: u32,
}

/// Refuses values that no record holds, so that no later product can overflow.
pub(crate) fn check(provider: &Provider) -> Result<(), ProviderError> {
    let wage_index = provider.wage_area.as_ref().map_or(Decimal::ONE, |area| area.index);
    let ratios = [
        ("wage index", wage_index),
        ("cost-of-living adjustment", provider.cost_of_living),
        ("residents per bed", provider.residents_per_bed),
        ("residents per daily census", provider.residents_per_daily_census.unwrap_or_default()),
        ("operating cost-to-charge ratio", provider.operating_cost_ratio.unwrap_or_default()),
        ("capital cost-to-charge ratio", provider.capital_cost_ratio.unwrap_or_default()),
        ("Supplemental Security Income ratio", provider.supplemental_security_ratio),
        ("Medicaid ratio", provider.medicaid_ratio),
        ("value-based purchasing factor", provider.value_based_purchasing_factor),
        ("readmissions factor", provider.readmissions_factor),
        ("low-volume factor", provider.low_volume_factor),
    ];
    let dollars = [
        ("hospital-specific rate", provider.hospital_specific_rate),
        ("capital exception", provider.capital_exception),
        ("uncompensated care per discharge", provider.uncompensated_care),
        ("pass-through for medical education", provider.pass_through.medical_education),
        ("pass-through for organ acquisition", provider.pass_through.organ_acquisition),
        ("pass-through total", provider.pass_through.total),
    ];
    let limited = |values: &[(&'static str, Decimal)], limit: u32| {
        let broken =
            values.iter().find(|(_, value)| *value < Decimal::ZERO || *value >= Decimal::from(limit));
        broken.map_or(Ok(()), |&(field, value)| {
            Err(ProviderError {
                ccn: provider.ccn.clone(),
                effective: provider.effective,
                field,
                value,
                limit,
            })
        })
    };
    limited(&ratios, 10)?;
    limited(&dollars, 10_000_000)
}
