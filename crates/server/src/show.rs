//! How dates, names and numbers read on a page.

use chart::coded::Coded;
use chart::date::{PartialDate, When};
use chart::directory::Named;
use chart::encounter::{Attends, Stay};
use chart::patient::{Address, Death, Demographics, RestrictionKind, Sex};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Shown where a person has nothing to read.
pub(crate) const NOTHING: &str = "–";

/// The facility's clock: instants are shown in its time zone.
#[derive(Debug, Clone)]
pub(crate) struct Show {
    /// The facility's time zone.
    pub(crate) zone: TimeZone,
    /// Now.
    pub(crate) now: Timestamp,
}

impl Show {
    /// Today, at the facility.
    pub(crate) fn today(&self) -> Date {
        self.now.to_zoned(self.zone.clone()).date()
    }

    /// `2026-10-14`.
    pub(crate) fn day(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).date().to_string()
    }

    /// `2026-10-14 09:31`.
    pub(crate) fn moment(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// As precise as it was given.
    pub(crate) fn when(&self, when: When) -> String {
        match when {
            When::Instant(at) => self.moment(at),
            When::Date(date) => date.to_string(),
        }
    }

    /// As precise as it was given; a dash where nothing was.
    pub(crate) fn maybe(&self, when: Option<When>) -> String {
        when.map_or_else(|| NOTHING.into(), |when| self.when(when))
    }

    /// The moment; a dash where it is not known.
    pub(crate) fn maybe_moment(&self, at: Option<Timestamp>) -> String {
        at.map_or_else(|| NOTHING.into(), |at| self.moment(at))
    }

    /// The age on this day, or at death: `69 years`, `4 months`, `6 days`; `None` when the birth date is not known.
    pub(crate) fn age(&self, who: &Demographics) -> Option<String> {
        let until = match who.death {
            Some(Death::At(when)) => When::sort_key(when).to_zoned(self.zone.clone()).date(),
            Some(Death::Undated) => return None,
            None => self.today(),
        };
        age(who.birth?, until)
    }

    /// `2026-10-14 09:31 – 2026-10-17 14:05`.
    pub(crate) fn span(&self, stay: Stay) -> String {
        let since = self.maybe_moment(stay.since());
        match stay {
            Stay::Closed { .. } => format!("{since} – {}", self.maybe_moment(stay.until())),
            Stay::Planned { .. } => format!("expected {since}"),
            Stay::Open { .. } | Stay::Cancelled { .. } => since,
        }
    }
}

/// The age in the largest unit that says something.
fn age(birth: PartialDate, on: Date) -> Option<String> {
    let PartialDate::Day(birth) = birth else {
        let years = on.year() - birth.year();
        return (years >= 0).then(|| format!("about {}", counted(i64::from(years), "year")));
    };
    let span = birth.until((jiff::Unit::Year, on)).ok().filter(|span| !span.is_negative())?;
    let (years, months) = (i64::from(span.get_years()), i64::from(span.get_months()));
    Some(match (years, months) {
        (0, 0) => counted(i64::from(span.get_days()), "day"),
        (0 | 1, months) => counted(years * 12 + months, "month"),
        (years, _) => counted(years, "year"),
    })
}

/// `1 day`, `3 days`.
pub(crate) fn counted(number: i64, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// The last two digits of a record number, by which folders are filed; none when it does not end with two.
pub(crate) fn filing(number: &str) -> Vec<u8> {
    let end: Vec<u8> = number.bytes().rev().take(2).take_while(u8::is_ascii_digit).collect();
    if end.len() < 2 { Vec::new() } else { end.iter().rev().map(|digit| digit - b'0').collect() }
}

/// The record number to show, or a dash.
pub(crate) fn number(who: &Demographics) -> String {
    who.record_number().map_or_else(|| NOTHING.into(), |one| one.value.clone())
}

/// `Female`.
pub(crate) const fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "Female",
        Sex::Male => "Male",
        Sex::Other => "Other",
        Sex::Unknown => "Unknown",
    }
}

/// Why a chart is restricted, in two words.
pub(crate) const fn restriction(kind: RestrictionKind) -> &'static str {
    match kind {
        RestrictionKind::Vip => "public person",
        RestrictionKind::Employee => "works here",
        RestrictionKind::Requested => "asked for",
    }
}

/// What somebody is to an encounter.
pub(crate) const fn attends(role: Attends) -> &'static str {
    match role {
        Attends::Attending => "Attending",
        Attends::Admitting => "Admitting",
        Attends::Consulting => "Consulting",
        Attends::Referring => "Referring",
        Attends::Discharging => "Discharging",
        Attends::Performing => "Performing",
        Attends::Nurse => "Nurse",
        Attends::Other => "Other",
    }
}

/// The words, or a dash.
pub(crate) fn coded(coded: Option<&Coded>) -> String {
    coded.map(|one| one.text.clone()).filter(|text| !text.is_empty()).unwrap_or_else(|| NOTHING.into())
}

/// The first code, as `I10`, for a small note beside the words.
pub(crate) fn code(coded: &Coded) -> String {
    coded
        .codings
        .iter()
        .map(|coding| coding.code.as_str())
        .find(|code| *code != coded.text)
        .unwrap_or("")
        .to_owned()
}

/// The names, a comma between.
pub(crate) fn names(people: &[Named]) -> String {
    people.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join("; ")
}

/// On one line.
pub(crate) fn address(address: &Address) -> String {
    let place = [address.state.as_str(), address.zip.as_str()].join(" ");
    let parts = address.lines.iter().map(String::as_str).chain([address.city.as_str(), place.trim()]);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// `14 KB`, `2.1 MB`.
pub(crate) fn size(bytes: u64) -> String {
    const KB: u64 = 1_000;
    const MB: u64 = 1_000_000;
    match bytes {
        0..KB => counted(i64::try_from(bytes).unwrap_or(i64::MAX), "byte"),
        KB..MB => format!("{} KB", bytes / KB),
        _ => format!("{}.{} MB", bytes / MB, bytes % MB / 100_000),
    }
}

/// A key as words: `not-done` reads `Not done`.
pub(crate) fn worded(key: &str) -> String {
    let text = key.replace(['-', '_'], " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn ages_are_said_in_the_unit_that_tells_something() {
        let born = PartialDate::Day(date(1957, 3, 2));
        let cases = [
            (born, date(2026, 11, 22), Some("69 years")),
            (born, date(1957, 3, 8), Some("6 days")),
            (born, date(1957, 3, 3), Some("1 day")),
            (born, date(1958, 9, 1), Some("17 months")),
            (born, date(1956, 1, 1), None),
            (PartialDate::Year(1957), date(2026, 1, 1), Some("about 69 years")),
        ];
        for (birth, on, expected) in cases {
            assert_eq!(age(birth, on).as_deref(), expected, "{birth} on {on}");
        }
    }

    #[test]
    fn folders_are_filed_by_the_last_two_digits() {
        assert_eq!(filing("MR-100428"), [2, 8]);
        for other in ["7", "", "CR-250V00F4CM", "4M1"] {
            assert_eq!(filing(other), Vec::<u8>::new(), "{other}");
        }
    }

    #[test]
    fn sizes_and_keys_read_as_words() {
        assert_eq!([size(1), size(14_200), size(2_140_000)], ["1 byte", "14 KB", "2.1 MB"]);
        assert_eq!(worded("not-done"), "Not done");
    }
}
