//! Dates and times of HL7 v2: `YYYY[MM[DD[HH[MM[SS[.S…]]]]]][±ZZZZ]`, of any precision.

use chart::date::{PartialDate, When};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// Reads a date or time; `zone` stands in where the text has no offset. None for what is no date.
#[must_use]
pub(crate) fn when(text: &str, zone: &TimeZone) -> Option<When> {
    let (digits, offset) = without_offset(text.trim())?;
    let (digits, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let numeric = |text: &str| text.bytes().all(|one| one.is_ascii_digit());
    if !numeric(digits) || !numeric(fraction) {
        return None;
    }
    match digits.len() {
        4 | 6 | 8 => partial(digits).map(When::Date),
        10 | 12 | 14 => instant(digits, fraction, offset, zone).map(When::Instant),
        _ => None,
    }
}

/// Only the date as written, whatever the time and zone: dates of birth.
#[must_use]
pub(crate) fn date(text: &str) -> Option<PartialDate> {
    let digits: String = text.trim().chars().take_while(char::is_ascii_digit).take(8).collect();
    partial(&digits)
}

/// The first moment it can be, in `zone`.
#[must_use]
pub(crate) fn moment(when: When, zone: &TimeZone) -> Option<Timestamp> {
    match when {
        When::Instant(at) => Some(at),
        When::Date(date) => date.earliest().to_zoned(zone.clone()).ok().map(|midnight| midnight.timestamp()),
    }
}

/// Writes an instant in UTC: `20261030081500+0000`.
#[must_use]
pub(super) fn written(at: Timestamp) -> String {
    at.strftime("%Y%m%d%H%M%S+0000").to_string()
}

fn partial(digits: &str) -> Option<PartialDate> {
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<i16>().ok();
    let year = number(0, 4).filter(|year| *year > 0)?;
    // Parts that are not known are noughts with some senders: 19990600.
    let digits = digits.strip_suffix("00").filter(|rest| rest.len() == 6).unwrap_or(digits);
    let digits = digits.strip_suffix("00").filter(|rest| rest.len() == 4).unwrap_or(digits);
    let month = number(4, 6).and_then(|month| i8::try_from(month).ok());
    match digits.len() {
        4 => Some(PartialDate::Year(year)),
        6 => month.filter(|month| (1..=12).contains(month)).map(|month| PartialDate::Month(year, month)),
        8 => Date::new(year, month?, number(6, 8)?.try_into().ok()?).ok().map(PartialDate::Day),
        _ => None,
    }
}

fn instant(digits: &str, fraction: &str, offset: Option<Offset>, zone: &TimeZone) -> Option<Timestamp> {
    let date = partial(&digits[..8])?.day()?;
    let part = |from: usize| digits.get(from..from + 2).map_or(Some(0), |text| text.parse::<i8>().ok());
    let nanos: i32 = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
    let local = |hour| Some(DateTime::from_parts(date, Time::new(hour, part(10)?, part(12)?, nanos).ok()?));
    // Midnight at the end of a day is written 2400 by some.
    let (local, more) = match (part(8)?, part(10)?, part(12)?) {
        (24, 0, 0) => (local(0)?, SignedDuration::from_hours(24)),
        (hour, ..) => (local(hour)?, SignedDuration::ZERO),
    };
    let at = match offset {
        Some(offset) => offset.to_timestamp(local).ok()?,
        None => zone.to_ambiguous_timestamp(local).compatible().ok()?,
    };
    at.checked_add(more).ok()
}

/// Parts the digits from the offset at their end; None when the offset is none.
fn without_offset(text: &str) -> Option<(&str, Option<Offset>)> {
    let Some(at) = text.find(['+', '-']) else {
        return Some((text, None));
    };
    let (digits, offset) = text.split_at(at);
    let number: String = offset[1..].chars().filter(|one| *one != ':').collect();
    if number.len() != 4 || !number.bytes().all(|one| one.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (number[..2].parse().ok()?, number[2..].parse().ok()?);
    let seconds = (hours * 60 + minutes) * 60 * if offset.starts_with('-') { -1 } else { 1 };
    Some((digits, Some(Offset::from_seconds(seconds).ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_every_precision_are_read() {
        let zone = TimeZone::fixed(Offset::constant(-5));
        let shown = |text: &str| match when(text, &zone) {
            Some(When::Instant(at)) => at.to_string(),
            Some(When::Date(date)) => date.to_string(),
            None => "none".into(),
        };
        for (text, expected) in [
            ("1957", "1957"),
            ("195703", "1957-03"),
            ("19570302", "1957-03-02"),
            ("2026103008", "2026-10-30T13:00:00Z"),
            ("202610300815", "2026-10-30T13:15:00Z"),
            ("20261030081530.5", "2026-10-30T13:15:30.5Z"),
            ("20261030081530.1234+0100", "2026-10-30T07:15:30.1234Z"),
            ("202610302400", "2026-10-31T05:00:00Z"),
            ("19990600", "1999-06"),
            ("19990000", "1999"),
            ("200000", "2000"),
            ("20260230", "none"),
            ("202610302500", "none"),
            ("20261030+1", "none"),
            ("0000", "none"),
            ("yesterday", "none"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
