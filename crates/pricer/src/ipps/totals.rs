//! Totals: quality programs, return code, amounts in cents, and what they add up to.

use rust_decimal::Decimal;

use super::case_factors::CaseFactors;
use super::outlier::Outlier;
use super::payment::{Additions, Information, Operating, OutlierBasis, Payment, Programs, WeightPaid};
use super::transfer::{Method, Transfer};
use super::{
    Bill, components, fields, hospital_specific, information, low_volume, pass_through, programs, record,
};
use crate::return_code::ReturnCode;
use crate::worksheet::{Ledger, Trace};

/// What the steps found, before it is put on the record in cents.
pub(crate) struct Parts {
    pub(crate) factors: CaseFactors,
    pub(crate) transfer: Transfer,
    pub(crate) federal: Decimal,
    pub(crate) capital_federal: Decimal,
    /// Federal part and technology add-on: the quality programs work on it.
    pub(crate) base_pay: Decimal,
    pub(crate) new_technology: Decimal,
    pub(crate) islet_cells: Decimal,
    pub(crate) outlier: Outlier,
}

/// Puts the record together.
pub(crate) fn assemble<T: Trace>(bill: &Bill<'_>, parts: Parts, ledger: &mut Ledger<T>) -> Payment {
    let adjusted = match quality_programs(bill, &parts, ledger) {
        Ok(adjusted) => adjusted,
        Err(code) => return refused(bill, &parts, code),
    };
    let (code, outlier) = settle_outlier(bill, &parts);
    let own = hospital_specific::add_on(bill, &parts, outlier.operating, ledger);
    let mut operating = record::operating(bill, &parts, &outlier, &own, ledger);
    let capital = record::capital(bill, &parts, &outlier, ledger);
    let uncompensated_care = bill.hospital.uncompensated_care;
    let other = uncompensated_care + parts.new_technology;
    let low_volume = low_volume::amount(bill.hospital.low_volume_factor, &operating, &capital, other, ledger);
    let additions = Additions {
        uncompensated_care,
        new_technology: parts.new_technology,
        islet_cells: parts.islet_cells,
        low_volume,
        pass_through: pass_through::amount(bill, ledger),
    };
    if bill.stay.medicare_advantage {
        operating.teaching = Decimal::ZERO;
    }
    let information = Information {
        standardized_value: information::standardized_value(bill, &parts, ledger),
        records_savings: information::records_savings(bill, &operating, &adjusted, ledger),
    };
    let mut payment = Payment {
        code: length_code(code, &parts.transfer),
        operating,
        capital,
        additions,
        programs: adjusted,
        weight: record::weight_paid(bill, &parts, ledger),
        days: record::days_used(bill),
        outlier: record::outlier_basis(&parts.outlier),
        information,
        ..Payment::default()
    };
    match total(bill, &mut payment, ledger) {
        Ok(()) => payment,
        Err(code) => Payment {
            operating: Operating {
                hospital_specific_rate: payment.operating.hospital_specific_rate,
                ..Operating::default()
            },
            information: Information {
                standardized_value: payment.information.standardized_value,
                ..Information::default()
            },
            ..refused(bill, &parts, code)
        },
    }
}

/// Readmissions and value-based purchasing, each refusing the claim where the hospital's record is not valid. An
/// outlier whose day must be found first is refused between them.
fn quality_programs<T: Trace>(
    bill: &Bill<'_>,
    parts: &Parts,
    ledger: &mut Ledger<T>,
) -> Result<Programs, ReturnCode> {
    let readmissions = programs::readmissions_amount(bill, parts.base_pay, ledger)?;
    let days_short = bill.days.covered < bill.days.stay || bill.stay.threshold_day_claimed;
    if parts.outlier.is_paid() && days_short {
        return Err(ReturnCode::OUTLIER_DAY_NEEDED);
    }
    let value_based_purchasing = programs::value_based_purchasing_amount(bill, parts.base_pay, ledger)?;
    Ok(Programs { readmissions, value_based_purchasing, hospital_acquired: Decimal::ZERO })
}

/// A claim refused after the payment was computed: some facts about it stay.
fn refused(bill: &Bill<'_>, parts: &Parts, code: ReturnCode) -> Payment {
    Payment {
        additions: super::uncompensated_care(bill.hospital),
        weight: WeightPaid { gmlos_days: bill.gmlos, ..WeightPaid::default() },
        outlier: OutlierBasis { charge_threshold: parts.outlier.charge_threshold, ..OutlierBasis::default() },
        ..Payment::refused(code)
    }
}

/// The return code, and the outlier that goes with it: an acute transfer keeps only the parts it earned.
fn settle_outlier(bill: &Bill<'_>, parts: &Parts) -> (ReturnCode, Outlier) {
    let transfer = &parts.transfer;
    let outlier = parts.outlier;
    if transfer.method == Method::Acute && outlier.is_paid() {
        return (ReturnCode::ACUTE_TRANSFER_OUTLIER, outlier);
    }
    let reduced = transfer.code(bill.review.outlier);
    let code = match (outlier.is_paid(), transfer.method) {
        (true, Method::None) => ReturnCode::OUTLIER_SHORT,
        (true, _) if !transfer.reduced => ReturnCode::OUTLIER_SHORT,
        _ => reduced,
    };
    (code, outlier)
}

/// The code of a payment without transfer reduction tells whether the stay reached the mean.
fn length_code(code: ReturnCode, transfer: &Transfer) -> ReturnCode {
    match code {
        ReturnCode::PAID_SHORT if !transfer.short => ReturnCode::PAID,
        ReturnCode::OUTLIER_SHORT if !transfer.short => ReturnCode::OUTLIER,
        other => other,
    }
}

/// Takes the reduction for hospital-acquired conditions and adds everything up.
fn total<T: Trace>(bill: &Bill<'_>, payment: &mut Payment, ledger: &mut Ledger<T>) -> Result<(), ReturnCode> {
    let additions = &payment.additions;
    let before = ledger.store(
        fields::AMOUNT,
        payment.operating.sum()
            + payment.capital.total
            + additions.uncompensated_care
            + additions.new_technology
            + additions.low_volume
            + payment.programs.readmissions
            + payment.programs.value_based_purchasing,
    );
    if let Some(share) = bill.hospital.programs.hospital_acquired? {
        payment.programs.hospital_acquired = ledger.store(fields::SIGNED, -(before * share));
    }
    payment.total = ledger.store(
        fields::AMOUNT,
        before + additions.pass_through + payment.programs.hospital_acquired + additions.islet_cells,
    );
    if !bill.hospital.waiver {
        components::write(payment, ledger);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::missing::MissingFactor;
    use crate::samples::{dec, hospital, paid, paid_in, stay, year};
    use crate::{Kind, Provider, ReturnCode, Stay, explain};
    use codeset::Drg;
    use rust_decimal::Decimal;

    fn component_sum(drg: u16, stay: &Stay, provider: &Provider) -> (Decimal, Decimal) {
        let sheet = explain(Drg(drg), stay, provider, &year()).unwrap();
        let components = sheet.lines.iter().filter(|line| line.kind == Kind::Component);
        (components.map(|line| line.value).sum(), sheet.total)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_component_lines_add_up_to_the_total(
            drg in prop::sample::select(vec![1u16, 18, 64, 291, 470, 480, 789, 795, 871, 935]),
            status in prop::sample::select(vec![1u8, 2, 3, 6, 20, 62]),
            days in 0u16..40,
            charges in 0i64..3_000_000,
            kind in prop::sample::select(vec![0u8, 7, 14, 16, 17, 22]),
            flags in prop::collection::vec(any::<bool>(), 5),
        ) {
            let provider = Provider {
                provider_type: kind,
                hospital_specific_rate: dec("9876.54"),
                low_volume: flags[0],
                low_volume_factor: dec("0.123456"),
                hospital_acquired_reduction: flags[1],
                new_hospital: flags[2],
                waiver: flags[3],
                ..hospital()
            };
            let stay = Stay {
                discharge_status: status,
                stay_days: Some(days),
                covered_days: Some(days),
                covered_charges: Some(charges.into()),
                medicare_advantage: flags[4],
                ..stay()
            };
            let (components, total) = component_sum(drg, &stay, &provider);
            prop_assert_eq!(components, total);
            prop_assert_eq!(paid(drg, &stay, &provider).total, total, "fast path and worksheet agree");
        }
    }

    fn any_ratio() -> impl Strategy<Value = Decimal> {
        prop_oneof![Just(Decimal::ZERO), (0i64..99_999).prop_map(|digits| Decimal::new(digits, 4))]
    }

    fn any_dollars() -> impl Strategy<Value = Decimal> {
        (0i64..999_999_999).prop_map(|cents| Decimal::new(cents, 2))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn whatever_a_claim_and_a_record_hold_there_is_an_answer(
            numbers in (any::<u16>(), any::<u8>(), any::<u8>(), 0u32..100_000),
            days in prop::collection::vec(prop::option::of(0u16..1200), 3),
            charges in prop::option::of(any::<i64>()),
            ratios in prop::collection::vec(any_ratio(), 8),
            dollars in prop::collection::vec(any_dollars(), 4),
            index in any_ratio(),
        ) {
            let mut provider = Provider {
                provider_type: numbers.1,
                beds: numbers.3,
                residents_per_bed: ratios[0],
                residents_per_daily_census: Some(ratios[1]),
                operating_cost_ratio: Some(ratios[2]),
                capital_cost_ratio: Some(ratios[3]),
                supplemental_security_ratio: ratios[4],
                medicaid_ratio: ratios[5],
                readmissions_factor: ratios[6],
                value_based_purchasing_factor: ratios[7],
                hospital_specific_rate: dollars[0],
                uncompensated_care: dollars[1],
                ..hospital()
            };
            provider.pass_through.total = dollars[2];
            provider.wage_area.as_mut().unwrap().index = index;
            let stay = Stay {
                discharge_status: numbers.2,
                stay_days: days[0],
                covered_days: days[1],
                lifetime_reserve_days: days[2],
                covered_charges: charges.map(|cents| Decimal::new(cents, 2)),
                ..stay()
            };
            let payment = paid(numbers.0 % 1000, &stay, &provider);
            prop_assert!(payment.total >= Decimal::ZERO);
            prop_assert!(payment.code.is_paid() || payment.total.is_zero());
        }
    }

    #[test]
    fn a_waiver_hospital_is_paid_nothing_and_keeps_its_detail() {
        let waiver = Provider { waiver: true, ..hospital() };
        let payment = paid(291, &stay(), &waiver);
        assert_eq!((payment.code, payment.total), (ReturnCode::WAIVER, dec("0")));
        assert!(payment.capital.total > dec("0"));
    }

    #[test]
    fn without_wage_index_or_rate_nothing_is_priced_and_both_are_named() {
        let nowhere = Provider { wage_area: None, ..hospital() };
        let payment = paid(291, &stay(), &nowhere);
        assert_eq!((payment.code, payment.total), (ReturnCode::INCOMPLETE, dec("0")));
        assert!(payment.missing.contains(MissingFactor::WageIndex));
        let no_quality = Provider { quality_submitted: false, ..hospital() };
        let payment = paid(291, &stay(), &no_quality);
        assert_eq!(payment.code, ReturnCode::INCOMPLETE);
        assert!(payment.missing.contains(MissingFactor::StandardizedAmount));
        let mut year = year();
        year.rates.capital.federal_rate = None;
        let payment = paid_in(&year, 291, &stay(), &hospital());
        assert!(payment.missing.contains(MissingFactor::CapitalRate) && payment.total.is_zero());
    }

    #[test]
    fn plan_patients_bring_pass_through_and_no_teaching() {
        let mut provider = hospital();
        provider.pass_through.total = dec("100");
        provider.pass_through.organ_acquisition = dec("30");
        let plan = Stay { medicare_advantage: true, ..stay() };
        let payment = paid(291, &plan, &provider);
        assert_eq!((payment.additions.pass_through, payment.operating.teaching), (dec("280"), dec("0")));
        provider.pass_through.total = dec("10");
        assert_eq!(paid(291, &plan, &provider).additions.pass_through, dec("80"), "the sign is lost");
    }

    #[test]
    fn a_value_no_record_holds_is_refused_by_name() {
        let absurd = Provider { operating_cost_ratio: Some(dec("12")), ..hospital() };
        let error = explain(Drg(291), &stay(), &absurd, &year()).unwrap_err();
        assert!(error.to_string().contains("operating cost-to-charge ratio is 12"), "{error}");
    }
}
