//! Factors of the single case: COVID-19, and products given free of charge.

use rust_decimal::Decimal;

use super::Bill;
use super::fields;
use super::outlier::Outlier;
use crate::rates::{CovidDischarge, CovidTreatment, DonatedProduct};
use crate::worksheet::{Ledger, Line, Trace};

/// Factors of a case; 1 where nothing applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CaseFactors {
    /// On operating payment only (CARES Act, section 3710).
    pub(crate) covid: Decimal,
    /// On operating and capital payment (42 CFR 412.85).
    pub(crate) donated_product: Decimal,
}

impl CaseFactors {
    /// Both together.
    pub(crate) fn together(&self) -> Decimal {
        self.covid * self.donated_product
    }
}

/// Finds the factors of a case.
pub(crate) fn find<T: Trace>(bill: &Bill<'_>, ledger: &mut Ledger<T>) -> CaseFactors {
    let covid = bill
        .rates
        .covid_discharge
        .as_ref()
        .filter(|rule| covid_applies(bill, rule));
    let donated = bill
        .rates
        .donated_product
        .as_ref()
        .filter(|rule| donated_applies(bill, rule));
    if let Some(rule) = covid {
        ledger.line(|| {
            Line::factor("case.covid", "COVID-19 discharge", rule.factor.value)
                .formula(format!("diagnosis {} on the claim", rule.diagnosis.0))
                .source(rule.factor.source.clone())
        });
    }
    if let Some(rule) = donated {
        ledger.line(|| {
            Line::factor(
                "case.donated_product",
                "Product given free of charge",
                rule.factor.value,
            )
            .formula(format!(
                "DRG {} in a clinical trial or with a free product",
                bill.drg
            ))
            .source(rule.factor.source.clone())
        });
    }
    CaseFactors {
        covid: covid.map_or(Decimal::ONE, |rule| rule.factor.value),
        donated_product: donated.map_or(Decimal::ONE, |rule| rule.factor.value),
    }
}

fn covid_applies(bill: &Bill<'_>, rule: &CovidDischarge) -> bool {
    (rule.first..=rule.last).contains(&bill.stay.discharge_date)
        && bill.stay.has_diagnosis(rule.diagnosis.0)
        && !bill.stay.has_condition(rule.exempt_condition.0)
}

fn donated_applies(bill: &Bill<'_>, rule: &DonatedProduct) -> bool {
    let secondary = bill.stay.diagnoses.get(1..).unwrap_or_default();
    let in_trial = secondary.contains(&rule.trial_diagnosis.0)
        && !bill.stay.has_condition(rule.paid_product_condition.0);
    rule.drgs.contains(&bill.drg.0) && (in_trial || bill.stay.has_condition(rule.free_product_condition.0))
}

/// Add-on for new COVID-19 treatments: the smaller of a share of the threshold and a share of the cost above the
/// payment (85 FR 71157). It does not count towards the outlier.
pub(crate) fn covid_treatment<T: Trace>(
    bill: &Bill<'_>,
    outlier: &Outlier,
    ledger: &mut Ledger<T>,
) -> Decimal {
    let Some(rule) = bill
        .rates
        .covid_treatment
        .as_ref()
        .filter(|rule| treatment_given(bill, rule))
    else {
        return Decimal::ZERO;
    };
    let without_threshold = outlier.operating_threshold - outlier.operating_fixed_loss;
    if outlier.operating_cost <= without_threshold {
        return Decimal::ZERO;
    }
    let of_threshold = ledger.store(fields::SIGNED, outlier.operating_fixed_loss * rule.share.value);
    let of_cost = ledger.store(
        fields::SIGNED,
        (outlier.operating_cost - without_threshold) * rule.share.value,
    );
    let add_on = of_threshold.min(of_cost);
    ledger.line(|| {
        Line::step("case.covid_treatment", "New COVID-19 treatment add-on", add_on)
            .formula(format!("smaller of {of_threshold} and {of_cost}"))
            .source(rule.share.source.clone())
    });
    add_on
}

fn treatment_given(bill: &Bill<'_>, rule: &CovidTreatment) -> bool {
    let in_window = rule.windows.iter().any(|window| {
        (window.first..=window.last).contains(&bill.stay.discharge_date)
            && window
                .procedures
                .iter()
                .any(|code| bill.stay.procedures.contains(&code.0))
    });
    in_window
        && bill.stay.has_diagnosis(rule.diagnosis.0)
        && !bill.stay.has_condition(rule.exempt_condition.0)
}
