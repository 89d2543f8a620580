//! What depends only on the hospital and the year: made once per provider row, used for every stay.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::ranges::{self, ProviderError};
use super::{hospital_specific, programs, rate_base, shares};
use crate::missing::{Missing, MissingFactor};
use crate::provider::{CapitalMethod, PassThrough, Provider, RecordsUse};
use crate::rates::Rates;
use crate::worksheet::{Ledger, Silent, Trace};

/// Factors without which nothing can be priced.
const PREREQUISITES: [MissingFactor; 3] =
    [MissingFactor::WageIndex, MissingFactor::StandardizedAmount, MissingFactor::CapitalRate];

/// A hospital under one year's rates.
#[derive(Debug, Clone, PartialEq)]
pub struct HospitalFactors {
    pub(crate) effective: Date,
    pub(crate) wage_index_effective: Date,
    pub(crate) terminated: Option<Date>,
    pub(crate) medicare_dependent_ended: Option<Date>,
    pub(crate) capital_method_known: bool,
    pub(crate) fully_prospective: bool,
    pub(crate) waiver: bool,
    pub(crate) new_hospital: bool,
    pub(crate) records: RecordsUse,
    pub(crate) quality: bool,
    pub(crate) wage_index: Decimal,
    pub(crate) cost_of_living: Decimal,
    pub(crate) labor: Decimal,
    pub(crate) nonlabor: Decimal,
    /// `labor x wage index + nonlabor x cost of living`.
    pub(crate) adjusted_rate: Decimal,
    /// `labor share x wage index + other share x cost of living`.
    pub(crate) adjusted_share: Decimal,
    pub(crate) location_factor: Decimal,
    pub(crate) operating_share: Decimal,
    pub(crate) operating_teaching: Decimal,
    pub(crate) capital_share: Decimal,
    pub(crate) capital_teaching: Decimal,
    pub(crate) geographic_factor: Decimal,
    pub(crate) capital_rate: Decimal,
    pub(crate) capital_cost_of_living: Decimal,
    pub(crate) capital_exception: Decimal,
    pub(crate) operating_cost_ratio: Decimal,
    pub(crate) capital_cost_ratio: Decimal,
    pub(crate) hospital_specific: hospital_specific::Terms,
    pub(crate) programs: programs::Terms,
    pub(crate) low_volume_factor: Option<Decimal>,
    pub(crate) pass_through: PassThrough,
    pub(crate) uncompensated_care: Decimal,
    missing: Missing,
}

impl HospitalFactors {
    /// The factors of `provider` under `rates`.
    pub fn new(provider: &Provider, rates: &Rates) -> Result<Self, ProviderError> {
        Self::build(provider, rates, &mut Ledger::<Silent>::default())
    }

    /// Factors that were needed for them and are not at hand.
    pub fn missing(&self) -> Missing {
        self.missing
    }

    /// Whether a claim of the hospital can be priced at all.
    pub fn is_complete(&self) -> bool {
        !PREREQUISITES.iter().any(|factor| self.missing.contains(*factor))
    }

    /// Labour-related and other part of the standardized amount, dollars; zero where the hospital has none.
    pub fn standardized_amount(&self) -> (Decimal, Decimal) {
        (self.labor, self.nonlabor)
    }

    /// The cost-of-living adjustment that applies.
    pub fn cost_of_living(&self) -> Decimal {
        self.cost_of_living
    }

    /// Operating and capital disproportionate-share ratios.
    pub fn disproportionate_share(&self) -> (Decimal, Decimal) {
        (self.operating_share, self.capital_share)
    }

    /// Operating and capital teaching ratios.
    pub fn teaching(&self) -> (Decimal, Decimal) {
        (self.operating_teaching, self.capital_teaching)
    }

    /// The geographic adjustment factor for capital.
    pub fn geographic_factor(&self) -> Decimal {
        self.geographic_factor
    }

    pub(crate) fn build<T: Trace>(
        provider: &Provider,
        rates: &Rates,
        ledger: &mut Ledger<T>,
    ) -> Result<Self, ProviderError> {
        ranges::check(provider)?;
        let wage = rate_base::wage(provider, rates, ledger);
        let capital = rate_base::capital(provider, rates, &wage, ledger);
        let kind = provider.wage_area.as_ref().map(|area| area.kind).unwrap_or_default();
        let zero_based = |ratio: Option<Decimal>| ratio.unwrap_or_default().normalize();
        Ok(Self {
            effective: provider.effective,
            wage_index_effective: provider.wage_area.as_ref().map_or(Date::MIN, |area| area.effective),
            terminated: provider.terminated,
            medicare_dependent_ended: hospital_specific::ended(provider, rates),
            capital_method_known: provider.new_hospital
                || provider.capital_method != CapitalMethod::Unreadable,
            fully_prospective: provider.capital_method == CapitalMethod::FullyProspective,
            waiver: provider.waiver,
            new_hospital: provider.new_hospital,
            records: provider.electronic_records,
            quality: provider.quality_submitted,
            wage_index: wage.index,
            cost_of_living: wage.cost_of_living,
            labor: wage.labor,
            nonlabor: wage.nonlabor,
            adjusted_rate: (wage.labor * wage.index + wage.nonlabor * wage.cost_of_living).normalize(),
            adjusted_share: wage.adjusted_share,
            location_factor: rates.location_factor(provider.location).normalize(),
            operating_share: shares::operating_share(provider, kind, rates, ledger),
            operating_teaching: shares::operating_teaching(provider, rates, ledger),
            capital_share: shares::capital_share(provider, kind, rates, ledger),
            capital_teaching: shares::capital_teaching(provider, rates, ledger),
            geographic_factor: capital.geographic_factor,
            capital_rate: capital.rate,
            capital_cost_of_living: capital.cost_of_living,
            capital_exception: provider.capital_exception,
            operating_cost_ratio: zero_based(provider.operating_cost_ratio),
            capital_cost_ratio: zero_based(provider.capital_cost_ratio),
            hospital_specific: hospital_specific::terms(provider, rates, ledger),
            programs: programs::terms(provider, rates),
            low_volume_factor: super::low_volume::factor(provider, rates),
            pass_through: provider.pass_through,
            uncompensated_care: provider.uncompensated_care,
            missing: missing(provider, ledger),
        })
    }
}

fn missing<T: Trace>(provider: &Provider, ledger: &mut Ledger<T>) -> Missing {
    if provider.operating_cost_ratio.is_none() {
        ledger.miss(MissingFactor::OperatingCostRatio);
    }
    if provider.capital_cost_ratio.is_none() {
        ledger.miss(MissingFactor::CapitalCostRatio);
    }
    ledger.missing
}
