//! Totals: quality programs, return code, amounts in cents, and what they add up to.

use rust_decimal::Decimal;

use super::case_factors::CaseFactors;
use super::outlier::Outlier;
use super::payment::{
    Additions, Capital, DaysUsed, Information, Operating, OutlierBasis, Payment, Programs, WeightPaid,
};
use super::transfer::{Method, Transfer};
use super::{Bill, fields, hospital_specific, information, low_volume, pass_through, programs};
use crate::return_code::ReturnCode;
use crate::worksheet::{Kind, Ledger, Line, Trace, Unit};

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
    let mut operating = operating(bill, &parts, &outlier, &own, ledger);
    let capital = capital(bill, &parts, &outlier, ledger);
    let uncompensated_care = bill.hospital.uncompensated_care;
    let other = uncompensated_care + parts.new_technology;
    let low_volume = low_volume::amount(
        bill.hospital.low_volume_factor,
        &operating,
        &capital,
        other,
        ledger,
    );
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
        weight: weight_paid(bill, &parts, ledger),
        days: days_used(bill),
        outlier: outlier_basis(&parts.outlier),
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
    Ok(Programs {
        readmissions,
        value_based_purchasing,
        hospital_acquired: Decimal::ZERO,
    })
}

/// A claim refused after the payment was computed: some facts about it stay.
fn refused(bill: &Bill<'_>, parts: &Parts, code: ReturnCode) -> Payment {
    Payment {
        additions: super::uncompensated_care(bill.hospital),
        weight: WeightPaid {
            gmlos_days: bill.gmlos,
            ..WeightPaid::default()
        },
        outlier: OutlierBasis {
            charge_threshold: parts.outlier.charge_threshold,
            ..OutlierBasis::default()
        },
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

fn operating<T: Trace>(
    bill: &Bill<'_>,
    parts: &Parts,
    outlier: &Outlier,
    own: &hospital_specific::AddOn,
    ledger: &mut Ledger<T>,
) -> Operating {
    let hospital = bill.hospital;
    let federal = ledger.store(fields::OPERATING, parts.federal);
    let paid_share = bill.rates.disproportionate_share.paid_share.value;
    Operating {
        federal,
        disproportionate_share: ledger
            .store(fields::OPERATING, federal * hospital.operating_share * paid_share),
        teaching: ledger.store(fields::OPERATING, federal * hospital.operating_teaching),
        hospital_specific: ledger.store(fields::OPERATING, own.amount),
        outlier: ledger.store(fields::AMOUNT, outlier.operating),
        base: parts.base_pay,
        hospital_specific_rate: ledger.store(fields::AMOUNT, own.own_rate),
        hospital_specific_update: hospital.hospital_specific.update.unwrap_or_default(),
    }
}

fn capital<T: Trace>(bill: &Bill<'_>, parts: &Parts, outlier: &Outlier, ledger: &mut Ledger<T>) -> Capital {
    let hospital = bill.hospital;
    let federal = ledger.store(fields::AMOUNT, parts.capital_federal);
    let outlier = ledger.store(fields::AMOUNT, outlier.capital);
    let full_outlier = if hospital.fully_prospective {
        outlier
    } else {
        Decimal::ZERO
    };
    if hospital.new_hospital {
        return Capital {
            full_federal: federal,
            full_outlier,
            ..Capital::default()
        };
    }
    let mut capital = Capital {
        federal,
        disproportionate_share: ledger.store(fields::AMOUNT, federal * hospital.capital_share),
        teaching: ledger.store(fields::AMOUNT, federal * hospital.capital_teaching),
        outlier,
        exception: hospital.capital_exception,
        total: Decimal::ZERO,
        full_federal: federal,
        full_outlier,
    };
    capital.total = capital.sum();
    capital
}

fn weight_paid<T: Trace>(bill: &Bill<'_>, parts: &Parts, ledger: &mut Ledger<T>) -> WeightPaid {
    let factor = parts.factors.together();
    WeightPaid {
        weight: ledger.store(fields::WEIGHT, bill.weight * factor),
        weight_paid: ledger.store(fields::WEIGHT, parts.transfer.weight * factor),
        gmlos_days: bill.gmlos,
        amlos_days: bill.amlos,
        per_diem_ratio: parts.transfer.per_diem,
        discharge_fraction: parts.transfer.fraction,
    }
}

/// Regular days are used first; lifetime reserve days only where no regular day is covered.
fn days_used(bill: &Bill<'_>) -> DaysUsed {
    let regular = bill.days.covered - bill.days.lifetime_reserve;
    if regular > 0 {
        return DaysUsed {
            regular: regular.min(bill.days.stay),
            lifetime_reserve: 0,
        };
    }
    DaysUsed {
        regular: 0,
        lifetime_reserve: bill.days.lifetime_reserve.min(bill.days.stay),
    }
}

fn outlier_basis(outlier: &Outlier) -> OutlierBasis {
    OutlierBasis {
        operating_cost: outlier.operating_cost,
        operating_threshold: outlier.operating_threshold,
        charge_threshold: outlier.charge_threshold,
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
        components(payment, ledger);
    }
    Ok(())
}

/// The lines that add up to the total.
fn components<T: Trace>(payment: &Payment, ledger: &mut Ledger<T>) {
    let (operating, capital) = (&payment.operating, &payment.capital);
    let (additions, programs) = (&payment.additions, &payment.programs);
    let lines = [
        (
            "operating.federal",
            "Operating federal payment",
            operating.federal,
            "42 CFR 412.64",
        ),
        (
            "operating.share",
            "Operating disproportionate share",
            operating.disproportionate_share,
            "42 CFR 412.106",
        ),
        (
            "operating.teaching",
            "Operating indirect medical education",
            operating.teaching,
            "42 CFR 412.105",
        ),
        (
            "operating.hospital_specific",
            "Hospital-specific add-on",
            operating.hospital_specific,
            "42 CFR 412.92, 412.108",
        ),
        (
            "operating.outlier",
            "Operating cost outlier",
            operating.outlier,
            "42 CFR 412.84",
        ),
        (
            "capital.federal",
            "Capital federal payment",
            capital.federal,
            "42 CFR 412.312",
        ),
        (
            "capital.share",
            "Capital disproportionate share",
            capital.disproportionate_share,
            "42 CFR 412.320",
        ),
        (
            "capital.teaching",
            "Capital indirect medical education",
            capital.teaching,
            "42 CFR 412.322",
        ),
        (
            "capital.outlier",
            "Capital cost outlier",
            capital.outlier,
            "42 CFR 412.84",
        ),
        (
            "uncompensated_care",
            "Uncompensated care",
            additions.uncompensated_care,
            "42 CFR 412.106(g); provider record",
        ),
        (
            "new_technology",
            "New technology add-on",
            additions.new_technology,
            "42 CFR 412.88",
        ),
        (
            "low_volume",
            "Low-volume adjustment",
            additions.low_volume,
            "42 CFR 412.101",
        ),
        (
            "readmissions",
            "Readmissions adjustment",
            programs.readmissions,
            "42 CFR 412.154",
        ),
        (
            "value_based",
            "Value-based purchasing adjustment",
            programs.value_based_purchasing,
            "42 CFR 412.162",
        ),
        (
            "hospital_acquired",
            "Hospital-acquired condition reduction",
            programs.hospital_acquired,
            "42 CFR 412.172",
        ),
        (
            "pass_through",
            "Pass-through amounts",
            additions.pass_through,
            "42 CFR 412.2(e)",
        ),
        (
            "islet_cells",
            "Islet cell infusion",
            additions.islet_cells,
            "Medicare NCD 260.3.1",
        ),
    ];
    for (id, title, value, source) in lines {
        if !value.is_zero() {
            ledger.line(|| Line::component(id, title, value).source(source));
        }
    }
}

/// The last line.
pub(crate) fn line<T: Trace>(payment: &Payment, ledger: &mut Ledger<T>) {
    ledger.line(|| {
        Line::step("total", "Total payment", payment.total)
            .unit(Unit::Dollars)
            .kind(Kind::Total)
            .formula(format!(
                "return code {}: {}",
                payment.code,
                payment.code.meaning()
            ))
            .source("42 CFR 412, subparts D to H, M")
    });
}

impl Operating {
    /// The five parts that are paid.
    pub fn sum(&self) -> Decimal {
        self.federal + self.disproportionate_share + self.teaching + self.hospital_specific + self.outlier
    }
}

impl Capital {
    /// The four parts that are paid.
    pub fn sum(&self) -> Decimal {
        self.federal + self.disproportionate_share + self.teaching + self.outlier
    }
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

    #[test]
    fn a_waiver_hospital_is_paid_nothing_and_keeps_its_detail() {
        let waiver = Provider {
            waiver: true,
            ..hospital()
        };
        let payment = paid(291, &stay(), &waiver);
        assert_eq!((payment.code, payment.total), (ReturnCode::WAIVER, dec("0")));
        assert!(payment.capital.total > dec("0"));
    }

    #[test]
    fn without_wage_index_or_rate_nothing_is_priced_and_both_are_named() {
        let nowhere = Provider {
            wage_area: None,
            ..hospital()
        };
        let payment = paid(291, &stay(), &nowhere);
        assert_eq!((payment.code, payment.total), (ReturnCode::INCOMPLETE, dec("0")));
        assert!(payment.missing.contains(MissingFactor::WageIndex));
        let no_quality = Provider {
            quality_submitted: false,
            ..hospital()
        };
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
        let plan = Stay {
            medicare_advantage: true,
            ..stay()
        };
        let payment = paid(291, &plan, &provider);
        assert_eq!(
            (payment.additions.pass_through, payment.operating.teaching),
            (dec("280"), dec("0"))
        );
        provider.pass_through.total = dec("10");
        assert_eq!(
            paid(291, &plan, &provider).additions.pass_through,
            dec("80"),
            "the sign is lost"
        );
    }

    #[test]
    fn a_value_no_record_holds_is_refused_by_name() {
        let absurd = Provider {
            operating_cost_ratio: Some(dec("12")),
            ..hospital()
        };
        let error = explain(Drg(291), &stay(), &absurd, &year()).unwrap_err();
        assert!(
            error.to_string().contains("operating cost-to-charge ratio is 12"),
            "{error}"
        );
    }
}
