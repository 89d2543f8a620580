//! Factors of the single case: COVID-19, and products given free of charge.

use rust_decimal::Decimal;

use super::Bill;
use super::fields;
use super::outlier::Outlier;
use crate::missing::MissingFactor;
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
    let covid = bill.rates.covid_discharge.as_ref().filter(|rule| covid_applies(bill, rule));
    if let Some(rule) = covid {
        ledger.line(|| {
            Line::factor("case.covid", "COVID-19 discharge", rule.factor.value)
                .formula(format!("diagnosis {} on the claim", rule.diagnosis.0))
                .source(rule.factor.source.clone())
        });
    }
    CaseFactors {
        covid: covid.map_or(Decimal::ONE, |rule| rule.factor.value),
        donated_product: donated_product(bill, ledger),
    }
}

fn covid_applies(bill: &Bill<'_>, rule: &CovidDischarge) -> bool {
    (rule.first..=rule.last).contains(&bill.stay.discharge_date)
        && bill.stay.has_diagnosis(rule.diagnosis.0)
        && !bill.stay.has_condition(rule.exempt_condition.0)
}

fn donated_product<T: Trace>(bill: &Bill<'_>, ledger: &mut Ledger<T>) -> Decimal {
    let rule = bill.rates.donated_product.as_ref();
    let Some(rule) = rule.filter(|rule| donated_applies(bill, rule)) else {
        return Decimal::ONE;
    };
    let Some(factor) = &rule.factor else {
        ledger.miss(MissingFactor::DonatedProduct);
        return Decimal::ONE;
    };
    ledger.line(|| {
        Line::factor("case.donated_product", "Product given free of charge", factor.value)
            .formula(format!("DRG {} in a clinical trial or with a free product", bill.drg))
            .source(factor.source.clone())
    });
    factor.value
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
    let Some(rule) = bill.rates.covid_treatment.as_ref().filter(|rule| treatment_given(bill, rule)) else {
        return Decimal::ZERO;
    };
    let without_threshold = outlier.operating_threshold - outlier.operating_fixed_loss;
    if outlier.operating_cost <= without_threshold {
        return Decimal::ZERO;
    }
    let of_threshold = ledger.store(fields::SIGNED, outlier.operating_fixed_loss * rule.share.value);
    let of_cost =
        ledger.store(fields::SIGNED, (outlier.operating_cost - without_threshold) * rule.share.value);
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
            && window.procedures.iter().any(|code| bill.stay.procedures.contains(&code.0))
    });
    in_window
        && bill.stay.has_diagnosis(rule.diagnosis.0)
        && !bill.stay.has_condition(rule.exempt_condition.0)
}

#[cfg(test)]
mod tests {
    use crate::Stay;
    use crate::missing::MissingFactor;
    use crate::samples::{code, dec, hospital, paid, paid_in, stay, year};

    #[test]
    fn covid_raises_the_weight_and_an_exempt_condition_does_not() {
        let plain = paid(871, &stay(), &hospital());
        let covid = Stay { diagnoses: vec![code("U071")], ..stay() };
        let exempt = Stay { condition_codes: vec![code("ZA")], ..covid.clone() };
        let raised = paid(871, &covid, &hospital());
        assert_eq!(raised.weight.weight, (plain.weight.weight * dec("1.2")).round_dp(4));
        assert_eq!(raised.capital.federal, plain.capital.federal, "capital is not raised");
        assert_eq!(paid(871, &exempt, &hospital()).total, plain.total);
    }

    #[test]
    fn a_covid_treatment_counts_on_its_dates_and_not_towards_the_outlier() {
        let treated = Stay {
            diagnoses: vec![code("U071")],
            procedures: vec![code("XW033E5")],
            covered_charges: Some(dec("90000")),
            ..stay()
        };
        let payment = paid(177, &treated, &hospital());
        let untreated = Stay { procedures: Vec::new(), ..treated.clone() };
        let without = paid(177, &untreated, &hospital());
        assert!(payment.additions.new_technology > dec("0"));
        assert_eq!(payment.outlier, without.outlier);
        let window_over = Stay { procedures: vec![code("XW0DXF5")], ..treated };
        assert_eq!(paid(177, &window_over, &hospital()).additions.new_technology, dec("0"));
    }

    #[test]
    fn a_free_product_lowers_the_payment_or_names_the_factor() {
        let trial = Stay { diagnoses: vec![code("C8339"), code("Z006")], ..stay() };
        let bought = Stay { condition_codes: vec![code("ZC")], ..trial.clone() };
        let (free, full) = (paid(18, &trial, &hospital()), paid(18, &bought, &hospital()));
        assert!(free.operating.federal < full.operating.federal / dec("5"));
        let mut year = year();
        year.rates.donated_product.as_mut().unwrap().factor = None;
        let unknown = paid_in(&year, 18, &trial, &hospital());
        assert!(unknown.missing.contains(MissingFactor::DonatedProduct));
        assert_eq!(unknown.operating.federal, full.operating.federal);
    }
}
