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
/// Charges from here on are no claim's: a thousand million dollars.
const CHARGES_LIMIT: u64 = 1_000_000_000;

/// Checks the claim against the hospital's record, in the calculator's order.
pub(crate) fn check(stay: &Stay, hospital: &HospitalFactors, rates: &Rates) -> Result<Passed, ReturnCode> {
    check_dates(stay, hospital)?;
    let review = stay
        .review_code
        .unwrap_or_else(|| ReviewCode::of(stay, &rates.transfer));
    let days = check_days(stay, review, rates)?;
    let review = review.review().ok_or(ReturnCode::REVIEW)?;
    let charges = stay
        .covered_charges
        .filter(is_readable)
        .ok_or(ReturnCode::CHARGES)?;
    if !hospital.capital_method_known {
        return Err(ReturnCode::PROVIDER_RECORD);
    }
    if hospital
        .medicare_dependent_ended
        .is_some_and(|last| stay.discharge_date > last)
    {
        return Err(ReturnCode::MEDICARE_DEPENDENT_ENDED);
    }
    Ok(Passed {
        review,
        days,
        charges,
    })
}

fn check_dates(stay: &Stay, hospital: &HospitalFactors) -> Result<(), ReturnCode> {
    let day = stay.discharge_date;
    let began = day >= hospital.effective && day >= hospital.wage_index_effective;
    let ended = hospital.terminated.is_some_and(|end| day >= end);
    if began && !ended {
        Ok(())
    } else {
        Err(ReturnCode::DATES)
    }
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
    let covered = stay
        .covered_days
        .filter(readable)
        .ok_or(ReturnCode::COVERED_DAYS)?;
    if (covered == 0 && stay_days > 0) || lifetime_reserve > covered {
        return Err(ReturnCode::COVERED_DAYS);
    }
    Ok(Days {
        stay: stay_days,
        covered,
        lifetime_reserve,
    })
}

fn is_readable(charges: &Decimal) -> bool {
    !charges.is_sign_negative() && *charges < Decimal::from(CHARGES_LIMIT)
}
