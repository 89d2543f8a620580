//! Capital federal part (42 CFR 412.308 to 412.316).

use rust_decimal::Decimal;

use super::Bill;
use super::case_factors::CaseFactors;
use super::fields;
use crate::worksheet::{Ledger, Line, Trace};

/// The capital federal part of a full discharge. The increase for COVID-19 does not apply to capital.
pub(crate) fn federal<T: Trace>(bill: &Bill<'_>, factors: &CaseFactors, ledger: &mut Ledger<T>) -> Decimal {
    let hospital = bill.hospital;
    let part = ledger.store(
        fields::FEDERAL,
        bill.weight
            * hospital.capital_rate
            * hospital.capital_cost_of_living
            * hospital.location_factor
            * factors.donated_product,
    );
    ledger.line(|| {
        Line::step("capital.federal_full", "Capital federal payment, full discharge", part)
            .formula(format!(
                "{} x {} x {}",
                bill.weight, hospital.capital_rate, hospital.capital_cost_of_living
            ))
            .source("42 CFR 412.312")
    });
    part
}
