//! Operating and capital rates, and the adjustments for patients with low income and for teaching.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Figure;

/// Operating standardized amounts and what goes with them (42 CFR 412.64).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperatingRates {
    /// Labour-related share where the wage index is above one; it splits the outlier threshold.
    pub labor_share_above_one: Figure,
    /// Labour-related share where it is one or less.
    pub labor_share_otherwise: Figure,
    /// States whose hospitals have a cost-of-living adjustment.
    pub cost_of_living_states: Vec<String>,
    /// The amounts, one for each class of hospital.
    pub amounts: Vec<StandardizedAmount>,
}

/// The standardized amount of one class of hospital.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandardizedAmount {
    /// Whether the hospital submitted quality data.
    pub quality_submitted: bool,
    /// Whether it is a meaningful user of electronic health records.
    pub electronic_records: bool,
    /// Whether its wage index is above one.
    pub wage_index_above_one: bool,
    /// Labour-related part, dollars.
    #[serde(with = "super::exact")]
    pub labor: Decimal,
    /// Other part, dollars.
    #[serde(with = "super::exact")]
    pub nonlabor: Decimal,
    /// Where it was published.
    pub source: String,
}

/// Capital rate and its adjustments (42 CFR 412.308 to 412.322).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CapitalRates {
    /// Standard federal rate, dollars; `None` where not at hand.
    pub federal_rate: Option<Figure>,
    /// Exponent on the wage index that gives the geographic adjustment factor.
    pub geographic_exponent: Figure,
    /// Share of the cost-of-living adjustment that applies to capital.
    pub cost_of_living_share: Figure,
    /// The base of both exponential adjustments, as the calculator has it.
    pub exponential_base: Figure,
    /// Coefficient of the disproportionate-share adjustment.
    pub share_coefficient: Figure,
    /// Fewest beds for the disproportionate-share adjustment.
    pub share_beds_min: u32,
    /// Areas whose hospitals have it.
    pub share_areas: Vec<Area>,
    /// Coefficient of the teaching adjustment.
    pub teaching_coefficient: Figure,
    /// Largest ratio of residents to average daily census that counts.
    pub teaching_ratio_max: Figure,
}

/// The kind of labour market area a hospital is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// A metropolitan area of more than a million people.
    LargeUrban,
    /// Any other metropolitan area.
    #[default]
    OtherUrban,
    /// No metropolitan area.
    Rural,
}

/// Operating disproportionate-share adjustment (42 CFR 412.106).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperatingShareHospital {
    /// The part of the formula paid as an add-on; the rest goes through uncompensated care (412.106(f)).
    pub paid_share: Figure,
    /// Bands of the patient percentage, from low to high; below the first nothing is paid.
    pub bands: Vec<ShareBand>,
    /// Most a capped hospital may have.
    pub cap: Figure,
    /// Urban hospitals with fewer beds are capped.
    pub urban_beds_uncapped: u32,
    /// Rural hospitals with fewer beds are capped.
    pub rural_beds_uncapped: u32,
    /// Rural hospitals of these provider types are capped whatever their beds.
    pub rural_capped_types: Vec<u8>,
    /// Hospitals of these provider types are never capped.
    pub uncapped_types: Vec<u8>,
}

/// One band: from `from` on, `(percentage - offset) * slope + intercept`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShareBand {
    /// Least patient percentage, as a fraction.
    #[serde(with = "super::exact")]
    pub from: Decimal,
    /// What is taken off the percentage.
    #[serde(with = "super::exact")]
    pub offset: Decimal,
    /// What the rest is multiplied by.
    #[serde(with = "super::exact")]
    pub slope: Decimal,
    /// What is added.
    #[serde(with = "super::exact")]
    pub intercept: Decimal,
    /// Where it was published.
    pub source: String,
}

/// Operating indirect medical education: `multiplier * ((1 + ratio)^exponent - 1)` (42 CFR 412.105).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeachingRates {
    /// The multiplier.
    pub multiplier: Figure,
    /// The exponent.
    pub exponent: Figure,
}

impl OperatingRates {
    /// The amount for a class of hospital, if the year's file has it.
    pub fn amount(&self, quality: bool, records: bool, above_one: bool) -> Option<&StandardizedAmount> {
        self.amounts.iter().find(|amount| {
            (amount.quality_submitted, amount.electronic_records, amount.wage_index_above_one)
                == (quality, records, above_one)
        })
    }

    /// The labour-related share that goes with a wage index.
    pub fn labor_share(&self, wage_index: Decimal) -> &Figure {
        if wage_index > Decimal::ONE { &self.labor_share_above_one } else { &self.labor_share_otherwise }
    }
}

impl OperatingShareHospital {
    /// The band in which a patient percentage lies; `None` below the first.
    pub fn band(&self, percentage: Decimal) -> Option<&ShareBand> {
        self.bands.iter().rev().find(|band| percentage >= band.from)
    }
}
