//! Values of elements: days, times, periods, amounts.

use jiff::civil::{Date, Time};
use rust_decimal::Decimal;

use super::segment::Segment;
use super::{ClaimFault, Loop, Period};

/// A day as CCYYMMDD.
pub(super) fn parsed_day(text: &str) -> Option<Date> {
    let well_formed = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse::<i32>().ok().filter(|_| well_formed)?;
    Date::new((number / 10_000) as i16, (number / 100 % 100) as i8, (number % 100) as i8).ok()
}

/// A day as CCYYMMDD, or what is wrong with it.
pub(super) fn day(
    segment: Segment<'_>,
    within: Loop,
    element: &'static str,
    text: &str,
) -> Result<Date, ClaimFault> {
    parsed_day(text).ok_or_else(|| value_fault(segment, within, element, text, "a day as CCYYMMDD"))
}

/// A time as HHMM. The hour `99`, which UB-04 has for unknown, is no time.
pub(super) fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_at_checked(2)?;
    let minute = if minute.is_empty() { "0" } else { minute };
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

/// A period: `RD8` first-last, or `D8` for a single day.
pub(super) fn period(
    segment: Segment<'_>,
    within: Loop,
    element: &'static str,
    text: &str,
) -> Result<Period, ClaimFault> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let period =
        Period { first: day(segment, within, element, first)?, last: day(segment, within, element, last)? };
    if period.last < period.first {
        let expected = "a period that does not end before it begins";
        return Err(value_fault(segment, within, element, text, expected));
    }
    Ok(period)
}

/// A number of dollars or a count, not negative.
pub(super) fn amount(
    segment: Segment<'_>,
    within: Loop,
    element: &'static str,
    text: &str,
) -> Result<Decimal, ClaimFault> {
    let amount: Option<Decimal> = text.parse().ok();
    amount
        .filter(|amount| *amount >= Decimal::ZERO)
        .ok_or_else(|| value_fault(segment, within, element, text, "a number, not negative"))
}

/// The fault of a value in `element`.
pub(super) fn value_fault(
    segment: Segment<'_>,
    within: Loop,
    element: &'static str,
    given: &str,
    expected: &'static str,
) -> ClaimFault {
    ClaimFault::Value { segment: segment.number, within, element, given: shortened(given), expected }
}

/// A text cut to a length that fits a message.
pub(super) fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}
