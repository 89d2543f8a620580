//! Edits: what a claim must satisfy before anything is computed. The first failure decides the return code.

use rust_decimal::Decimal;

use super::hospital::HospitalFactors;
use crate::rates::Rates;
use crate::return_code::ReturnCode;
use crate::stay::{Review, ReviewCode, Stay};

/// The days of a claim, all of them readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Days {
    pub(crate) stay: u16,
    pub(crate) covered: u16,
    pub(crate) lifetime_reserve: u16,
}

/// A claim that passed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Passed {
    pub(crate) review: Review,
    pub(crate) days: Days,
    pub(crate) charges: Decimal,
}

/// The largest number of days a claim's field holds.
const DAYS_MAX: u16 = 999;

/// Checks the claim against the hospital's record, in the calculator's order.
pub(crate) fn check(stay: &Stay, hospital: &HospitalFactors, rates: &Rates) -> Result<Passed, ReturnCode> {
    check_dates(stay, hospital)?;
    let review = stay.review_code.unwrap_or_else(|| ReviewCode::of(stay, &rates.transfer));
    let days = check_days(stay, review, rates)?;
    let review = review.review().ok_or(ReturnCode::REVIEW)?;
    let charges = stay.readable_charges().ok_or(ReturnCode::CHARGES)?;
    if !hospital.capital_method_known {
        return Err(ReturnCode::PROVIDER_RECORD);
    }
    if hospital.medicare_dependent_ended.is_some_and(|last| stay.discharge_date > last) {
        return Err(ReturnCode::MEDICARE_DEPENDENT_ENDED);
    }
    Ok(Passed { review, days, charges })
}

fn check_dates(stay: &Stay, hospital: &HospitalFactors) -> Result<(), ReturnCode> {
    let day = stay.discharge_date;
    let began = day >= hospital.effective && day >= hospital.wage_index_effective;
    let ended = hospital.terminated.is_some_and(|end| day >= end);
    if began && !ended { Ok(()) } else { Err(ReturnCode::DATES) }
}

fn check_days(stay: &Stay, review: ReviewCode, rates: &Rates) -> Result<Days, ReturnCode> {
    let readable = |days: &u16| *days <= DAYS_MAX;
    let stay_days = stay.stay_days.filter(readable).ok_or(ReturnCode::STAY_DAYS)?;
    if stay_days == 0 && review.review().is_none() {
        return Err(ReturnCode::STAY_DAYS);
    }
    let reserve_max = rates.claim.lifetime_reserve_days_max;
    let lifetime_reserve = stay.lifetime_reserve_days.filter(|days| *days <= reserve_max);
    let lifetime_reserve = lifetime_reserve.ok_or(ReturnCode::LIFETIME_RESERVE)?;
    let covered = stay.covered_days.filter(readable).ok_or(ReturnCode::COVERED_DAYS)?;
    if (covered == 0 && stay_days > 0) || lifetime_reserve > covered {
        return Err(ReturnCode::COVERED_DAYS);
    }
    Ok(Days { stay: stay_days, covered, lifetime_reserve })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::samples::{DISCHARGED, dec, hospital, paid, stay};
    use crate::{CapitalMethod, Provider, ReturnCode, ReviewCode, Stay};

    #[test]
    fn the_first_failure_decides() {
        let cases = [
            (Stay { stay_days: None, ..stay() }, ReturnCode::STAY_DAYS),
            (Stay { stay_days: Some(1000), ..stay() }, ReturnCode::STAY_DAYS),
            (Stay { stay_days: Some(0), review_code: Some(ReviewCode(5)), ..stay() }, ReturnCode::STAY_DAYS),
            (Stay { review_code: Some(ReviewCode(5)), ..stay() }, ReturnCode::REVIEW),
            (Stay { lifetime_reserve_days: Some(61), ..stay() }, ReturnCode::LIFETIME_RESERVE),
            (Stay { lifetime_reserve_days: None, ..stay() }, ReturnCode::LIFETIME_RESERVE),
            (Stay { covered_days: None, ..stay() }, ReturnCode::COVERED_DAYS),
            (Stay { covered_days: Some(0), ..stay() }, ReturnCode::COVERED_DAYS),
            (Stay { lifetime_reserve_days: Some(5), ..stay() }, ReturnCode::COVERED_DAYS),
            (Stay { covered_charges: None, ..stay() }, ReturnCode::CHARGES),
            (Stay { covered_charges: Some(dec("-1")), ..stay() }, ReturnCode::CHARGES),
            (Stay { covered_charges: Some(dec("1e20")), ..stay() }, ReturnCode::CHARGES),
            (Stay { stay_days: None, covered_charges: None, ..stay() }, ReturnCode::STAY_DAYS),
        ];
        for (stay, code) in cases {
            let payment = paid(291, &stay, &hospital());
            assert_eq!((payment.code, payment.total), (code, dec("0")), "{stay:?}");
        }
    }

    #[test]
    fn dates_and_the_capital_code_of_the_record_are_checked() {
        let began_later = Provider { effective: date(2026, 3, 3), ..hospital() };
        let ended = Provider { terminated: Some(DISCHARGED), ..hospital() };
        let ends_next_day = Provider { terminated: Some(date(2026, 3, 3)), ..hospital() };
        let bad_capital = Provider { capital_method: CapitalMethod::Unreadable, ..hospital() };
        let new = Provider { new_hospital: true, ..bad_capital.clone() };
        for (provider, code) in [
            (began_later, ReturnCode::DATES),
            (ended, ReturnCode::DATES),
            (ends_next_day, ReturnCode::PAID),
            (bad_capital, ReturnCode::PROVIDER_RECORD),
            (new, ReturnCode::PAID),
        ] {
            assert_eq!(paid(291, &stay(), &provider).code, code);
        }
        assert_eq!(paid(9, &stay(), &hospital()).code, ReturnCode::NO_DRG);
        assert_eq!(paid(999, &stay(), &hospital()).code, ReturnCode::NO_DRG, "no weight");
    }
}
