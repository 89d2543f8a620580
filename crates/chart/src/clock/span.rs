//! Lengths of time that a rule allows, and the instant they end.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Elapsed hours.
    Hours,
    /// Days of the calendar.
    Days,
    /// Mondays to Fridays. Holidays count: no rule in the tables lets them out.
    BusinessDays,
}

/// How long something may take: written `24 hours`, `30 days`, `5 business days`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// How many.
    pub count: u16,
    /// Of what.
    pub unit: Unit,
}

/// The text is no span.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no span of time: write `24 hours`, `30 days` or `5 business days`")]
pub struct NotASpan(String);

impl Span {
    /// So many elapsed hours.
    #[must_use]
    pub const fn hours(count: u16) -> Self {
        Self { count, unit: Unit::Hours }
    }

    /// So many days of the calendar.
    #[must_use]
    pub const fn days(count: u16) -> Self {
        Self { count, unit: Unit::Days }
    }

    /// So many Mondays to Fridays.
    #[must_use]
    pub const fn business_days(count: u16) -> Self {
        Self { count, unit: Unit::BusinessDays }
    }
}

/// The last instant that is still in time, for something that counts from `basis` in the facility's `zone`.
///
/// Hours end to the second; days end one second before the midnight that closes the last of them.
#[must_use]
pub fn due(basis: Timestamp, span: Span, zone: &TimeZone) -> Timestamp {
    let count = i64::from(span.count);
    let first = basis.to_zoned(zone.clone()).date();
    match span.unit {
        Unit::Hours => basis.saturating_add(SignedDuration::from_hours(count)).unwrap_or(Timestamp::MAX),
        Unit::Days => end_of_day(first.saturating_add(count.days()), zone),
        Unit::BusinessDays => end_of_day(after_business_days(first, span.count), zone),
    }
}

/// The last second of a day. It is taken from the next day's first instant, for a midnight may be left out when clocks
/// go forward.
fn end_of_day(day: Date, zone: &TimeZone) -> Timestamp {
    let next = day.saturating_add(1.day()).to_zoned(zone.clone());
    next.map_or(Timestamp::MAX, |midnight| midnight.timestamp() - SignedDuration::from_secs(1))
}

fn after_business_days(first: Date, count: u16) -> Date {
    let is_business = |day: &Date| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let mut days = first.series(1.day()).skip(1).filter(is_business);
    match count {
        0 => first,
        count => days.nth(usize::from(count) - 1).unwrap_or(Date::MAX),
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Hours => "hour",
            Unit::Days => "day",
            Unit::BusinessDays => "business day",
        };
        write!(f, "{} {unit}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}

impl FromStr for Span {
    type Err = NotASpan;

    fn from_str(text: &str) -> Result<Self, NotASpan> {
        let wrong = || NotASpan(text.chars().take(40).collect());
        let (count, unit) = text.split_once(' ').ok_or_else(wrong)?;
        let unit = match unit {
            "hour" | "hours" => Unit::Hours,
            "day" | "days" => Unit::Days,
            "business day" | "business days" => Unit::BusinessDays,
            _ => return Err(wrong()),
        };
        Ok(Self { count: count.parse().map_err(|_| wrong())?, unit })
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// New York: clocks go forward on 8 March 2026 and back on 1 November 2026.
    fn new_york() -> TimeZone {
        TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap()
    }

    /// When something that began at local time `basis` is due, as local time with its offset.
    fn check(basis: &str, span: &str, expected: &str) {
        let zone = new_york();
        let basis: jiff::civil::DateTime = basis.parse().unwrap();
        let basis = basis.to_zoned(zone.clone()).unwrap().timestamp();
        let due = due(basis, span.parse().unwrap(), &zone).to_zoned(zone);
        assert_eq!(due.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(), expected, "{basis} + {span}");
    }

    #[test]
    fn hours_are_elapsed_time_over_daylight_saving() {
        check("2026-03-07T20:00", "24 hours", "2026-03-08T21:00:00-04:00");
        check("2026-10-31T20:00", "24 hours", "2026-11-01T19:00:00-05:00");
        check("2026-06-01T08:30", "48 hours", "2026-06-03T08:30:00-04:00");
        // The hour from one to two comes twice in the night of 1 November.
        check("2026-11-01T00:30", "2 hours", "2026-11-01T01:30:00-05:00");
    }

    #[test]
    fn days_end_with_the_day_whatever_the_offset() {
        check("2026-03-01T23:59", "30 days", "2026-03-31T23:59:59-04:00");
        check("2026-10-20T00:00", "30 days", "2026-11-19T23:59:59-05:00");
        check("2026-11-22T10:00", "0 days", "2026-11-22T23:59:59-05:00");
    }

    #[test]
    fn leap_days_and_month_ends_are_days_like_others() {
        check("2028-01-31T12:00", "29 days", "2028-02-29T23:59:59-05:00");
        check("2028-02-28T12:00", "1 day", "2028-02-29T23:59:59-05:00");
        check("2027-02-28T12:00", "1 day", "2027-03-01T23:59:59-05:00");
        check("2028-02-29T12:00", "365 days", "2029-02-28T23:59:59-05:00");
        check("2026-12-31T12:00", "1 day", "2027-01-01T23:59:59-05:00");
    }

    #[test]
    fn business_days_leave_out_the_weekend() {
        check("2026-11-20T16:00", "1 business day", "2026-11-23T23:59:59-05:00");
        check("2026-11-21T16:00", "1 business day", "2026-11-23T23:59:59-05:00");
        check("2026-11-18T16:00", "5 business days", "2026-11-25T23:59:59-05:00");
        check("2026-11-21T16:00", "0 business days", "2026-11-21T23:59:59-05:00");
    }

    #[test]
    fn a_day_without_midnight_ends_all_the_same() {
        // Clocks go forward at midnight: the day after 5 September begins at one.
        let zone = TimeZone::posix("<-04>4<-03>,M9.1.6/24,M4.1.6/24").unwrap();
        let basis = "2026-09-04T12:00-04:00".parse().unwrap();
        let due = due(basis, Span::days(1), &zone);
        assert_eq!(due.to_string(), "2026-09-06T03:59:59Z");
    }

    #[test]
    fn spans_are_read_and_written() {
        for text in ["1 hour", "24 hours", "1 day", "30 days", "5 business days"] {
            assert_eq!(text.parse::<Span>().unwrap().to_string(), text);
        }
        for text in ["", "24", "24h", "-1 days", "70000 hours", "2 weeks"] {
            assert!(text.parse::<Span>().is_err(), "{text}");
        }
        assert_eq!(due(Timestamp::MAX, Span::days(9), &TimeZone::UTC), Timestamp::MAX);
    }
}
