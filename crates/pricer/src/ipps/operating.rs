//! Operating federal part (42 CFR 412.64): standardized amount, wage index, cost of living, weight.

use rust_decimal::Decimal;

use super::Bill;
use super::case_factors::CaseFactors;
use super::fields;
use crate::worksheet::{Ledger, Line, Trace, Unit};

/// The federal part of a full discharge.
pub(crate) fn federal<T: Trace>(bill: &Bill<'_>, factors: &CaseFactors, ledger: &mut Ledger<T>) -> Decimal {
    let hospital = bill.hospital;
    ledger.line(|| {
        Line::factor("drg.weight", "Relative weight of the DRG", bill.weight)
            .unit(Unit::Weight)
            .formula(format!("DRG {}", bill.drg))
            .source(bill.weight_source)
    });
    let part = ledger.store(
        fields::FEDERAL,
        hospital.adjusted_rate * bill.weight * hospital.location_factor * factors.together(),
    );
    ledger.line(|| {
        let mut formula = format!(
            "({} x {} + {} x {}) x {}",
            hospital.labor, hospital.wage_index, hospital.nonlabor, hospital.cost_of_living, bill.weight
        );
        for factor in [hospital.location_factor, factors.covid, factors.donated_product] {
            if factor != Decimal::ONE {
                formula.push_str(&format!(" x {factor}"));
            }
        }
        Line::step("operating.federal_full", "Operating federal payment, full discharge", part)
            .formula(formula)
            .source("42 CFR 412.64")
    });
    part
}
