//! Cost outliers (42 CFR 412.80 to 412.84): a share of the cost above payment and fixed loss.

use rust_decimal::Decimal;

use super::Bill;
use super::fields;
use super::transfer::{Method, Transfer};
use crate::missing::MissingFactor;
use crate::money;
use crate::return_code::ReturnCode;
use crate::worksheet::{Ledger, Line, Silent, Trace};

/// What the case is paid before outliers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Base {
    pub(crate) federal: Decimal,
    pub(crate) capital_federal: Decimal,
    pub(crate) add_on: Decimal,
}

/// The outlier of a case and what it was decided on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Outlier {
    /// Operating part, nine decimals; zero if none.
    pub(crate) operating: Decimal,
    /// Capital part, nine decimals; zero if none.
    pub(crate) capital: Decimal,
    /// Fixed loss after any transfer reduction.
    pub(crate) fixed_loss: Decimal,
    /// Operating and capital share of the cost-to-charge ratios.
    pub(crate) operating_portion: Decimal,
    pub(crate) capital_portion: Decimal,
    /// Operating part of the fixed loss, adjusted for the hospital.
    pub(crate) operating_fixed_loss: Decimal,
    /// Operating cost above which an outlier begins.
    pub(crate) operating_threshold: Decimal,
    /// Operating cost of the case.
    pub(crate) operating_cost: Decimal,
    /// The charges that correspond to both thresholds.
    pub(crate) charge_threshold: Decimal,
}

impl Outlier {
    /// Whether the case is one.
    pub(crate) fn is_paid(&self) -> bool {
        self.operating + self.capital > Decimal::ZERO
    }
}

/// Finds the outlier of a case with an operating cost-to-charge ratio of `cost_ratio`.
pub(crate) fn find<T: Trace>(
    bill: &Bill<'_>,
    transfer: &Transfer,
    base: &Base,
    cost_ratio: Decimal,
    ledger: &mut Ledger<T>,
) -> Outlier {
    let operating_cost = ledger.store(fields::WORK, bill.charges * cost_ratio);
    let Some(fixed_loss) = fixed_loss(bill, transfer, ledger) else {
        return Outlier { operating_cost, ..Outlier::default() };
    };
    let hospital = bill.hospital;
    let ratios = cost_ratio + hospital.capital_cost_ratio;
    let mut outlier = Outlier {
        operating_cost,
        fixed_loss,
        operating_portion: ledger.store(fields::WORK, money::ratio(cost_ratio, ratios)),
        capital_portion: ledger.store(fields::WORK, money::ratio(hospital.capital_cost_ratio, ratios)),
        ..Outlier::default()
    };
    let capital_threshold = thresholds(bill, base, &mut outlier, ledger);
    let capital_cost = ledger.store(fields::WORK, bill.charges * hospital.capital_cost_ratio);
    let parts = parts(bill, &outlier, capital_cost, capital_threshold, ledger);
    (outlier.operating, outlier.capital) = parts;
    if outlier.is_paid() {
        let thresholds = outlier.operating_threshold + capital_threshold;
        outlier.charge_threshold = ledger.store(fields::WORK, money::ratio(thresholds, ratios));
    }
    outlier
}

/// The fixed loss, reduced for a short transfer as the payment is.
fn fixed_loss<T: Trace>(bill: &Bill<'_>, transfer: &Transfer, ledger: &mut Ledger<T>) -> Option<Decimal> {
    let Some(published) = &bill.rates.outlier.fixed_loss else {
        ledger.miss(MissingFactor::FixedLoss);
        return None;
    };
    let full = published.value;
    let reduced = transfer.short && transfer.method != Method::None && bill.review.outlier;
    let fixed_loss = if reduced { ledger.store(fields::FIXED_LOSS, full * transfer.factor()) } else { full };
    ledger.line(|| {
        Line::step("outlier.fixed_loss", "Fixed-loss cost threshold", fixed_loss)
            .formula(if reduced { format!("{full} x {}", transfer.factor()) } else { String::new() })
            .source(published.source.clone())
    });
    Some(fixed_loss)
}

/// Fills in the operating threshold and returns the capital one.
fn thresholds<T: Trace>(
    bill: &Bill<'_>,
    base: &Base,
    outlier: &mut Outlier,
    ledger: &mut Ledger<T>,
) -> Decimal {
    let hospital = bill.hospital;
    outlier.operating_fixed_loss =
        ledger.store(fields::WORK, outlier.fixed_loss * hospital.adjusted_share * outlier.operating_portion);
    let paid_share = bill.rates.disproportionate_share.paid_share.value;
    outlier.operating_threshold = ledger.store(
        fields::WORK,
        base.federal * (Decimal::ONE + hospital.operating_teaching)
            + base.federal * hospital.operating_share * paid_share
            + outlier.operating_fixed_loss
            + hospital.uncompensated_care
            + base.add_on,
    );
    ledger.line(|| {
        Line::step("outlier.operating_threshold", "Operating cost threshold", outlier.operating_threshold)
            .formula(format!(
                "{0} x (1 + {1}) + {0} x {2} x {paid_share} + {3} + {4} + {5}",
                base.federal,
                hospital.operating_teaching,
                hospital.operating_share,
                outlier.operating_fixed_loss,
                hospital.uncompensated_care,
                base.add_on
            ))
            .source("42 CFR 412.80(a), 412.84")
    });
    if hospital.new_hospital {
        return Decimal::ZERO;
    }
    let capital_fixed_loss = ledger.store(
        fields::WORK,
        outlier.fixed_loss
            * hospital.geographic_factor
            * outlier.capital_portion
            * hospital.capital_cost_of_living,
    );
    ledger.store(
        fields::WORK,
        base.capital_federal * (Decimal::ONE + hospital.capital_teaching + hospital.capital_share)
            + capital_fixed_loss,
    )
}

/// Operating and capital part: nothing unless the whole cost reaches the whole threshold.
fn parts<T: Trace>(
    bill: &Bill<'_>,
    outlier: &Outlier,
    capital_cost: Decimal,
    capital_threshold: Decimal,
    ledger: &mut Ledger<T>,
) -> (Decimal, Decimal) {
    let cost = outlier.operating_cost + capital_cost;
    let threshold = outlier.operating_threshold + capital_threshold;
    let marginal = bill.rates.outlier.marginal_share(bill.drg.0);
    ledger.line(|| {
        Line::step("outlier.cost", "Cost of the case, operating and capital", cost)
            .formula(format!("charges {}; threshold {threshold}", bill.charges))
            .source("42 CFR 412.84(h)")
    });
    if !bill.review.outlier || cost < threshold {
        return (Decimal::ZERO, Decimal::ZERO);
    }
    let mut above = |cost: Decimal, threshold: Decimal| {
        let excess = (cost - threshold).max(Decimal::ZERO);
        ledger.store(fields::WORK, marginal.value * excess)
    };
    let operating = above(outlier.operating_cost, outlier.operating_threshold);
    let capital = match bill.hospital.new_hospital {
        true => Decimal::ZERO,
        false => above(capital_cost, capital_threshold),
    };
    (operating, capital)
}

/// Whether the case, paid under `code`, would be an outlier if the operating cost-to-charge ratio were higher by
/// the year's step, so that a later reconciliation may change it (42 CFR 412.84(i)(4)).
pub(crate) fn could_be_reconciled(
    bill: &Bill<'_>,
    transfer: &Transfer,
    base: &Base,
    code: ReturnCode,
) -> bool {
    let Some(step) = bill.rates.outlier.reconciliation_step.as_ref().filter(|_| code.may_reconcile()) else {
        return false;
    };
    if bill.rates.outlier.fixed_loss.is_none() {
        return false;
    }
    let cost_ratio = bill.hospital.operating_cost_ratio + step.value;
    find(bill, transfer, base, cost_ratio, &mut Ledger::<Silent>::default()).is_paid()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::missing::MissingFactor;
    use crate::samples::{code, dec, hospital, paid, paid_in, stay, year};
    use crate::{CapitalMethod, Payment, Provider, ReturnCode, Stay};

    fn charged(charges: i64, drg: u16) -> Payment {
        let stay = Stay { covered_charges: Some(charges.into()), ..stay() };
        paid(drg, &stay, &hospital())
    }

    #[test]
    fn cost_above_the_threshold_is_paid_at_the_marginal_share() {
        let (none, one, two) = (charged(30_000, 291), charged(500_000, 291), charged(600_000, 291));
        assert_eq!((none.operating.outlier, none.code), (dec("0"), ReturnCode::PAID));
        assert_eq!(one.code, ReturnCode::OUTLIER);
        let more = two.operating.outlier - one.operating.outlier;
        assert!((more - dec("20000")).abs() <= dec("0.01"), "0.8 x 0.25 x 100,000 is {more}");
        let more = charged(800_000, 935).operating.outlier - charged(700_000, 935).operating.outlier;
        assert!((more - dec("22500")).abs() <= dec("0.01"), "burns at 0.9: {more}");
        assert!(one.capital.outlier > dec("0") && one.outlier.charge_threshold > dec("0"));
    }

    #[test]
    fn an_outlier_forgone_or_of_a_new_hospital_is_not_paid() {
        let costly = Stay { covered_charges: Some(dec("500000")), ..stay() };
        let forgone = Stay { condition_codes: vec![code("66")], ..costly.clone() };
        let payment = paid(291, &forgone, &hospital());
        assert_eq!((payment.operating.outlier, payment.capital.outlier), (dec("0"), dec("0")));
        let new = Provider { new_hospital: true, ..hospital() };
        let payment = paid(291, &costly, &new);
        assert_eq!((payment.capital.outlier, payment.capital.total), (dec("0"), dec("0")));
        assert!(payment.operating.outlier > dec("0") && payment.capital.full_federal > dec("0"));
    }

    #[test]
    fn the_full_capital_outlier_is_shown_for_fully_prospective_hospitals_only() {
        let costly = Stay { covered_charges: Some(dec("500000")), ..stay() };
        let prospective = Provider { capital_method: CapitalMethod::FullyProspective, ..hospital() };
        let payment = paid(291, &costly, &prospective);
        assert_eq!(payment.capital.full_outlier, payment.capital.outlier);
        assert_eq!(paid(291, &costly, &hospital()).capital.full_outlier, dec("0"));
    }

    #[test]
    fn days_short_of_the_stay_refuse_an_outlier() {
        let short = Stay { covered_charges: Some(dec("500000")), covered_days: Some(3), ..stay() };
        let payment = paid(291, &short, &hospital());
        assert_eq!((payment.code, payment.total), (ReturnCode::OUTLIER_DAY_NEEDED, dec("0")));
        assert!(payment.outlier.charge_threshold > dec("0"));
    }

    #[test]
    fn a_case_near_the_threshold_is_marked_for_reconciliation() {
        let near = charged(150_000, 291);
        assert_eq!(near.code, ReturnCode(44));
        assert_eq!(near.operating.outlier, dec("0"));
    }

    #[test]
    fn without_a_fixed_loss_no_outlier_is_guessed() {
        let mut year = year();
        year.rates.outlier.fixed_loss = None;
        let costly = Stay { covered_charges: Some(dec("500000")), ..stay() };
        let payment = paid_in(&year, 291, &costly, &hospital());
        assert!(payment.missing.contains(MissingFactor::FixedLoss) && payment.is_partial());
        assert_eq!((payment.operating.outlier, payment.code), (dec("0"), ReturnCode::PAID));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn higher_charges_never_lower_the_outlier(charges in 1i64..2_000_000, more in 1i64..500_000, drg in prop::sample::select(vec![291u16, 470, 871, 935, 3])) {
            let (low, high) = (charged(charges, drg), charged(charges + more, drg));
            prop_assert!(high.operating.outlier >= low.operating.outlier);
            prop_assert!(high.capital.outlier >= low.capital.outlier);
            prop_assert!(high.total >= low.total);
        }
    }
}
