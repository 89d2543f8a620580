//! A year, a hospital and stays that the unit tests share. The figures are those of fiscal year 2026 with a fixed
//! loss and lists of our own making where the year's file has none.

use codeset::{Code, Drg};
use jiff::civil::{Date, date};
use rust_decimal::Decimal;

use crate::ipps::{HospitalFactors, Payment, price};
use crate::provider::{Participation, Provider, WageArea};
use crate::rates::{Area, Rates};
use crate::stay::Stay;
use crate::weights::DrgWeights;
use crate::year::Year;

/// A decimal from its text.
pub(crate) fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A code from its text.
pub(crate) fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

/// The rates of fiscal year 2026.
pub(crate) fn rates() -> Rates {
    Rates::parse("rates-fy2026.toml", include_str!("../../../data/ipps/rates-fy2026.toml")).unwrap()
}

/// Fiscal year 2026 with programs filled in for the tests.
pub(crate) fn year() -> Year {
    let mut rates = rates();
    let lists = Rates::parse("sample.toml", include_str!("../tests/sample-programs.toml")).unwrap();
    rates.new_technology = lists.new_technology;
    rates.islet_cells = lists.islet_cells;
    rates.covid_discharge = lists.covid_discharge;
    rates.covid_treatment = lists.covid_treatment;
    rates.donated_product = lists.donated_product;
    rates.electronic_records = lists.electronic_records;
    rates.standardization = lists.standardization;
    rates.hospital_specific = lists.hospital_specific;
    rates.operating.amounts = lists.operating.amounts;
    let weights = include_str!("../../../data/ipps/table5-fy2026.tsv");
    Year { rates, weights: DrgWeights::parse("table5-fy2026.tsv", weights).unwrap() }
}

/// The day the sample stays end.
pub(crate) const DISCHARGED: Date = date(2026, 3, 2);

/// A teaching hospital of 300 beds in a city.
pub(crate) fn hospital() -> Provider {
    Provider {
        beds: 300,
        residents_per_bed: dec("0.1"),
        residents_per_daily_census: Some(dec("0.12")),
        operating_cost_ratio: Some(dec("0.25")),
        capital_cost_ratio: Some(dec("0.02")),
        supplemental_security_ratio: dec("0.05"),
        medicaid_ratio: dec("0.2"),
        uncompensated_care: dec("412.5"),
        value_based_purchasing: Participation::Yes,
        value_based_purchasing_factor: dec("1.0041"),
        readmissions: Participation::Yes,
        readmissions_factor: dec("0.9936"),
        wage_area: Some(WageArea {
            area: "16540".to_owned(),
            kind: Area::OtherUrban,
            effective: date(2025, 10, 1),
            index: dec("1.0421"),
            source: "sample".to_owned(),
        }),
        ..Provider::new("360001", date(2025, 10, 1))
    }
}

/// Four days for 30,000 dollars, home.
pub(crate) fn stay() -> Stay {
    Stay {
        discharge_status: 1,
        stay_days: Some(4),
        covered_days: Some(4),
        covered_charges: Some(dec("30000")),
        diagnoses: vec![code("I5023"), code("E785")],
        ..Stay::new(DISCHARGED)
    }
}

/// The payment of `stay` at `provider` under DRG `drg` in the sample year.
pub(crate) fn paid(drg: u16, stay: &Stay, provider: &Provider) -> Payment {
    paid_in(&year(), drg, stay, provider)
}

/// The payment in a year of the test's own.
pub(crate) fn paid_in(year: &Year, drg: u16, stay: &Stay, provider: &Provider) -> Payment {
    let hospital = HospitalFactors::new(provider, &year.rates).unwrap();
    price(Drg(drg), stay, &hospital, year)
}
