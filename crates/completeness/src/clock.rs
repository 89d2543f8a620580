//! When something is owed: a basis, a span from it, and the instant that makes.

use std::fmt;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::table::TableError;

/// What a clock runs from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Admission, or the beginning of the visit.
    Admission,
    /// Discharge, or the end of the visit.
    Discharge,
    /// The beginning of the event the row is for.
    EventStart,
    /// The end of that event.
    EventEnd,
    /// The first event of a class in the encounter: `transfusion`.
    First(String),
    /// The first document of a type in the encounter.
    Document(String),
    /// The order was given.
    Order,
    /// The thing itself was written.
    Written,
}

/// How long after the basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Span {
    /// Elapsed hours, whatever the wall clock does in between.
    Hours(i64),
    /// Calendar days: the same time of day in the facility's zone, over daylight saving.
    Days(i64),
}

/// A row's clock: `discharge+30d`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Due {
    /// What it runs from.
    pub basis: Basis,
    /// How long.
    pub span: Span,
}

/// A clock that runs in a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// What it runs from, and how long.
    pub due: Due,
    /// When the basis was; `None` while it has not come (a discharge that is expected).
    pub from: Option<Timestamp>,
    /// When it runs out.
    pub at: Option<Timestamp>,
}

impl Due {
    /// Reads `basis+span`: `admission+24h`, `event-end+24h`, `first:transfusion+0h`, `document:minimum-data-set+7d`.
    ///
    /// # Errors
    /// Where the basis or the span is none that is known.
    pub fn parse(table: &'static str, row: &str, text: &str) -> Result<Self, TableError> {
        let wrong = |what| TableError::Word {
            table,
            row: row.into(),
            word: text.into(),
            what,
            known: "write a basis and a span, such as admission+24h, discharge+30d or event-end+3h",
        };
        let (basis, span) = text.split_once('+').ok_or_else(|| wrong("clock"))?;
        Ok(Self {
            basis: Basis::parse(basis).ok_or_else(|| wrong("basis of a clock"))?,
            span: Span::parse(span).ok_or_else(|| wrong("span of a clock"))?,
        })
    }

    /// When it runs out, counted from an instant in the facility's zone.
    #[must_use]
    pub fn at(&self, from: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        self.span.after(from, zone)
    }
}

impl Basis {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "admission" => Self::Admission,
            "discharge" => Self::Discharge,
            "event-start" => Self::EventStart,
            "event-end" => Self::EventEnd,
            "order" => Self::Order,
            "written" => Self::Written,
            other => match other.split_once(':')? {
                ("first", class) => Self::First(class.into()),
                ("document", kind) => Self::Document(kind.into()),
                _ => return None,
            },
        })
    }
}

impl Span {
    /// Reads `24h` or `30d`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
        let number = number.parse().ok().filter(|number| (0..=36_600).contains(number))?;
        match unit {
            "h" => Some(Self::Hours(number)),
            "d" => Some(Self::Days(number)),
            _ => None,
        }
    }

    /// The instant this long after another.
    #[must_use]
    pub fn after(self, from: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        match self {
            Self::Hours(hours) => from.checked_add(SignedDuration::from_hours(hours)).ok(),
            Self::Days(days) => {
                from.to_zoned(zone.clone()).checked_add(days.days()).ok().map(|due| due.timestamp())
            }
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hours(1) => f.write_str("1 hour"),
            Self::Hours(hours) => write!(f, "{hours} hours"),
            Self::Days(1) => f.write_str("1 day"),
            Self::Days(days) => write!(f, "{days} days"),
        }
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Admission => f.write_str("admission"),
            Self::Discharge => f.write_str("discharge"),
            Self::EventStart => f.write_str("its beginning"),
            Self::EventEnd => f.write_str("its end"),
            Self::First(class) => write!(f, "the first {class}"),
            Self::Document(kind) => write!(f, "the {}", kind.replace('-', " ")),
            Self::Order => f.write_str("the order"),
            Self::Written => f.write_str("writing"),
        }
    }
}

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.span {
            Span::Hours(0) | Span::Days(0) => write!(f, "by {}", self.basis),
            span => write!(f, "within {span} of {}", self.basis),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(text: &str) -> Due {
        Due::parse("t", "r", text).unwrap()
    }

    #[test]
    fn days_keep_the_wall_clock_and_hours_do_not() {
        let zone = TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap();
        // Daylight saving ends on 2026-11-01.
        let admitted: Timestamp = "2026-10-31T12:00:00-04:00".parse().unwrap();
        let at = |text: &str| due(text).at(admitted, &zone).unwrap().to_string();
        assert_eq!(at("admission+24h"), "2026-11-01T16:00:00Z", "11:00 by the wall clock");
        assert_eq!(at("admission+1d"), "2026-11-01T17:00:00Z", "12:00 by the wall clock");
    }

    #[test]
    fn a_clock_is_said_in_words() {
        assert_eq!(due("event-end+24h").to_string(), "within 24 hours of its end");
        assert_eq!(due("event-start+0h").to_string(), "by its beginning");
        for wrong in ["discharge", "discharge+", "discharge+30", "lunch+1d", "admission+-2h", "admission+é"]
        {
            assert!(Due::parse("t", "r", wrong).is_err(), "{wrong}");
        }
    }
}
