//! What depends only on the hospital and the year: made once per provider row, used for every stay.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{fields, hospital_specific, programs, shares};
use crate::missing::{Missing, MissingFactor};
use crate::money;
use crate::provider::{CapitalMethod, PassThrough, Provider, RecordsUse, WageArea};
use crate::rates::Rates;
use crate::worksheet::{Ledger, Line, Silent, Trace};

/// Factors without which nothing can be priced.
const PREREQUISITES: [MissingFactor; 3] = [
    MissingFactor::WageIndex,
    MissingFactor::StandardizedAmount,
    MissingFactor::CapitalRate,
];

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
        check_ranges(provider)?;
        let wage = wage(provider, rates, ledger);
        let capital = capital(provider, rates, &wage, ledger);
        let kind = provider
            .wage_area
            .as_ref()
            .map(|area| area.kind)
            .unwrap_or_default();
        let zero_based = |ratio: Option<Decimal>| ratio.unwrap_or_default().normalize();
        Ok(Self {
            effective: provider.effective,
            wage_index_effective: provider
                .wage_area
                .as_ref()
                .map_or(Date::MIN, |area| area.effective),
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

/// Wage index, cost of living and standardized amount.
struct Wage {
    index: Decimal,
    cost_of_living: Decimal,
    labor: Decimal,
    nonlabor: Decimal,
    adjusted_share: Decimal,
}

fn wage<T: Trace>(provider: &Provider, rates: &Rates, ledger: &mut Ledger<T>) -> Wage {
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
    let applies = rates
        .operating
        .cost_of_living_states
        .iter()
        .any(|state| state == provider.state());
    let factor = if applies {
        provider.cost_of_living
    } else {
        Decimal::ONE
    };
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
    let amount = rates
        .operating
        .amount(provider.quality_submitted, records, wage_index > Decimal::ONE);
    let Some(amount) = amount else {
        ledger.miss(MissingFactor::StandardizedAmount);
        return (Decimal::ZERO, Decimal::ZERO);
    };
    ledger.line(|| {
        Line::step(
            "operating.labor",
            "Standardized amount, labour-related",
            amount.labor,
        )
        .source(amount.source.clone())
    });
    ledger.line(|| {
        Line::step(
            "operating.nonlabor",
            "Standardized amount, other",
            amount.nonlabor,
        )
        .source(amount.source.clone())
    });
    (amount.labor.normalize(), amount.nonlabor.normalize())
}

/// Capital rate and its adjustments.
struct CapitalTerms {
    geographic_factor: Decimal,
    rate: Decimal,
    cost_of_living: Decimal,
}

fn capital<T: Trace>(
    provider: &Provider,
    rates: &Rates,
    wage: &Wage,
    ledger: &mut Ledger<T>,
) -> CapitalTerms {
    let rules = &rates.capital;
    let power = money::power(wage.index, rules.geographic_exponent.value).unwrap_or_default();
    let geographic_factor = ledger.store(fields::GEOGRAPHIC, power);
    ledger.line(|| {
        Line::factor(
            "capital.geographic_factor",
            "Geographic adjustment factor",
            geographic_factor,
        )
        .formula(format!("{} ^ {}", wage.index, rules.geographic_exponent.value))
        .source(rules.geographic_exponent.source.clone())
    });
    let published = rules
        .federal_rate
        .as_ref()
        .filter(|_| provider.wage_area.is_some());
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
        cost_of_living: ledger
            .store(fields::CAPITAL_COST_OF_LIVING, cost_of_living)
            .normalize(),
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

/// Refuses values that no record holds, so that no later product can overflow.
fn check_ranges(provider: &Provider) -> Result<(), ProviderError> {
    let wage_index = provider
        .wage_area
        .as_ref()
        .map_or(Decimal::ONE, |area| area.index);
    let ratios = [
        ("wage index", wage_index),
        ("cost-of-living adjustment", provider.cost_of_living),
        ("residents per bed", provider.residents_per_bed),
        (
            "residents per daily census",
            provider.residents_per_daily_census.unwrap_or_default(),
        ),
        (
            "operating cost-to-charge ratio",
            provider.operating_cost_ratio.unwrap_or_default(),
        ),
        (
            "capital cost-to-charge ratio",
            provider.capital_cost_ratio.unwrap_or_default(),
        ),
        (
            "Supplemental Security Income ratio",
            provider.supplemental_security_ratio,
        ),
        ("Medicaid ratio", provider.medicaid_ratio),
        (
            "value-based purchasing factor",
            provider.value_based_purchasing_factor,
        ),
        ("readmissions factor", provider.readmissions_factor),
        ("low-volume factor", provider.low_volume_factor),
    ];
    let dollars = [
        ("hospital-specific rate", provider.hospital_specific_rate),
        ("capital exception", provider.capital_exception),
        ("uncompensated care per discharge", provider.uncompensated_care),
        (
            "pass-through for medical education",
            provider.pass_through.medical_education,
        ),
        (
            "pass-through for organ acquisition",
            provider.pass_through.organ_acquisition,
        ),
        ("pass-through total", provider.pass_through.total),
    ];
    let limited = |values: &[(&'static str, Decimal)], limit: u32| {
        let broken = values
            .iter()
            .find(|(_, value)| *value < Decimal::ZERO || *value >= Decimal::from(limit));
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
