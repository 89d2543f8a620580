//! Dates as records give them: a day, or only its month or year; with a time, or without.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A date of which the day, or the day and month, may be unknown: `1957-03-02`, `1957-03`, `1957`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartialDate {
    /// Only the year is known.
    Year(i16),
    /// The year and the month (1 to 12) are known.
    Month(i16, i8),
    /// The day is known.
    Day(Date),
}

/// The text is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a date: write YYYY-MM-DD, YYYY-MM or YYYY")]
pub struct NotADate;

impl PartialDate {
    /// The day, if it is known.
    #[must_use]
    pub const fn day(self) -> Option<Date> {
        if let Self::Day(date) = self { Some(date) } else { None }
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        match self {
            Self::Year(year) | Self::Month(year, _) => year,
            Self::Day(date) => date.year(),
        }
    }

    /// The first day it can be.
    #[must_use]
    pub fn earliest(self) -> Date {
        match self {
            Self::Year(year) => jiff::civil::date(year, 1, 1),
            Self::Month(year, month) => jiff::civil::date(year, month, 1),
            Self::Day(date) => date,
        }
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        Self::Day(date)
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(date) => write!(f, "{date}"),
        }
    }
}

impl FromStr for PartialDate {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let year = |text: &str| text.parse().ok().filter(|year| (1..=9999).contains(year)).ok_or(NotADate);
        match (text.len(), text.is_ascii()) {
            (4, true) => Ok(Self::Year(year(text)?)),
            (7, true) if text.as_bytes()[4] == b'-' => {
                let month =
                    text[5..].parse().ok().filter(|month| (1..=12).contains(month)).ok_or(NotADate)?;
                Ok(Self::Month(year(&text[..4])?, month))
            }
            (10, true) => text.parse().map(Self::Day).map_err(|_| NotADate),
            _ => Err(NotADate),
        }
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// When something was or is: an instant, or a date when no time was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum When {
    /// To the second or finer, with its zone resolved.
    Instant(Timestamp),
    /// A date only.
    Date(PartialDate),
}

impl When {
    /// An instant to order and search by: that of the first moment of the date, in UTC, when there is no time.
    #[must_use]
    pub fn sort_key(self) -> Timestamp {
        match self {
            Self::Instant(at) => at,
            Self::Date(date) => date
                .earliest()
                .to_zoned(jiff::tz::TimeZone::UTC)
                .map_or(Timestamp::UNIX_EPOCH, |midnight| midnight.timestamp()),
        }
    }
}

impl From<Timestamp> for When {
    fn from(at: Timestamp) -> Self {
        Self::Instant(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_any_precision_are_read_and_written() {
        for text in ["1957", "1957-03", "1957-03-02"] {
            assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), text);
        }
        for text in ["", "57", "1957-13", "1957-02-30", "1957/03", "19570302", "195é-03"] {
            assert_eq!(text.parse::<PartialDate>(), Err(NotADate), "{text}");
        }
    }
}
