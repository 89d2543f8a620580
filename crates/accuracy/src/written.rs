//! Dates and numbers as people write them in notes.

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use regex::{Captures, Regex};

use crate::table::words;

/// A date as written in a note, month before day: `09/21/1962`, `9/12/62`, `2026-10-16`, `12-SEP-1962`,
/// `September 12, 1962`.
pub(crate) const FULL_DATE: &str = r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}-[A-Za-z]{3}-\d{4}|(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4})";

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The date that `text` writes; a year of two digits is of this century unless that is after `today`.
pub(crate) fn full_date(text: &str, today: Date) -> Option<Date> {
    let parts: Vec<&str> = text.split(['/', '-', ' ', ',']).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts[..] else { return None };
    if first.len() == 4 {
        return day(first.parse().ok()?, second.parse().ok()?, third.parse().ok()?);
    }
    match (month(first), month(second)) {
        (Some(month), _) => day(year(third, today)?, month, second.parse().ok()?),
        (_, Some(month)) => day(year(third, today)?, month, first.parse().ok()?),
        _ => day(year(third, today)?, first.parse().ok()?, second.parse().ok()?),
    }
}

fn year(text: &str, today: Date) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    let century = today.year() / 100 * 100;
    Some(match text.len() {
        2 if century + year > today.year() => century - 100 + year,
        2 => century + year,
        _ => year,
    })
}

fn month(text: &str) -> Option<i8> {
    let start = text.get(..3)?.to_lowercase();
    let at = MONTHS.iter().position(|month| *month == start)?;
    i8::try_from(at + 1).ok()
}

fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    ((1..=9999).contains(&year) && (1..=12).contains(&month))
        .then(|| Date::new(year, month, day).ok())
        .flatten()
}

/// The day that a direction names, seen from the day it was given: `tomorrow`, `10/25`, `October 25`, `7 more days`.
pub(crate) fn named_day(text: &str, given: Date) -> Option<Date> {
    static RELATIVE: LazyLock<Regex> = LazyLock::new(|| {
        words(
            r"(?:(tomorrow)\b|(today)\b|(?:for )?(?:x ?)?(\d+|one|two|three|four|five|six|seven|ten) (?:more )?days?\b)",
        )
    });
    static NEAR: LazyLock<Regex> = LazyLock::new(|| {
        words(
            r"(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/-](\d{1,2})\b|(January|February|March|April|May|June|July|August|September|October|November|December) (\d{1,2})\b)",
        )
    });
    let near = NEAR.captures(text).and_then(|found| near_day(&found, given));
    near.or_else(|| {
        let found = RELATIVE.captures(text)?;
        let days = match (found.get(1), found.get(2), found.get(3)) {
            (Some(_), ..) => 1,
            (_, Some(_), _) => 0,
            (_, _, Some(days)) => count(days.as_str())?,
            _ => return None,
        };
        given.checked_add(days.days()).ok()
    })
}

/// A day without a year is the one nearest to the day the text was written.
fn near_day(found: &Captures<'_>, given: Date) -> Option<Date> {
    let number = |at: usize| found.get(at).and_then(|part| part.as_str().parse::<i8>().ok());
    if let Some(year) = found.get(1) {
        return day(year.as_str().parse().ok()?, number(2)?, number(3)?);
    }
    let named = found.get(6).and_then(|name| month(name.as_str()));
    let (month, on) = match named {
        Some(month) => (month, number(7)?),
        None => (number(4)?, number(5)?),
    };
    let here = day(given.year(), month, on)?;
    let later = i16::from(i32::from(month) + 6 < i32::from(given.month()));
    day(here.year() + later, month, on)
}

/// A small number in digits or in words.
pub(crate) fn count(text: &str) -> Option<i64> {
    const WORDS: [&str; 11] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let word = text.to_lowercase();
    let at = WORDS.iter().position(|one| *one == word).and_then(|at| i64::try_from(at).ok());
    at.or_else(|| text.parse().ok())
}

/// A number as thousandths, so that `2.10` and `2.1` are equal; commas part thousands.
pub(crate) fn thousandths(text: &str) -> Option<i64> {
    let clean = text.replace(',', "");
    let (whole, part) = clean.split_once('.').unwrap_or((&clean, ""));
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    Some(whole.parse::<i64>().ok()?.checked_mul(1000)? + part.parse::<i64>().ok()?)
}

/// Full years of age on a day.
pub(crate) fn age(birth: Date, on: Date) -> i16 {
    let not_yet = (on.month(), on.day()) < (birth.month(), birth.day());
    on.year() - birth.year() - i16::from(not_yet)
}

/// A day for tests and for places where no birth date is known.
pub(crate) fn first_day() -> Date {
    date(1, 1, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let today = date(2026, 11, 20);
        for text in ["09/12/1962", "9/12/62", "12-SEP-1962", "September 12, 1962", "1962-09-12"] {
            assert_eq!(full_date(text, today), Some(date(1962, 9, 12)), "{text}");
        }
        assert_eq!(full_date("10/21/26", today), Some(date(2026, 10, 21)));
        assert_eq!(full_date("13/41/1999", today), None);
    }

    #[test]
    fn days_named_from_another_day_are_counted() {
        let given = date(2026, 10, 16);
        assert_eq!(named_day("for 7 more days", given), Some(date(2026, 10, 23)));
        assert_eq!(named_day("last day October 25", given), Some(date(2026, 10, 25)));
        assert_eq!(named_day("restart tomorrow", given), Some(date(2026, 10, 17)));
        assert_eq!(named_day("until 1/3", date(2026, 12, 20)), Some(date(2027, 1, 3)));
        assert_eq!(named_day("with meals", given), None);
    }

    #[test]
    fn numbers_are_compared_by_value() {
        assert_eq!(thousandths("2.10"), thousandths("2.1"));
        assert_eq!(thousandths("1,640"), Some(1_640_000));
        assert_eq!(age(date(1962, 9, 21), date(2026, 9, 20)), 63);
    }
}
