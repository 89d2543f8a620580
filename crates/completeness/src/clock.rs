//! When something is owed: a basis, a span from it, and the instant that makes.

use std::fmt;

use chart::clock::Span;
use jiff::Timestamp;
use jiff::tz::TimeZone;
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
            span: self::span(span).ok_or_else(|| wrong("span of a clock"))?,
        })
    }

    /// When it runs out, counted from an instant in the facility's zone.
    #[must_use]
    pub fn at(&self, from: Timestamp, zone: &TimeZone) -> Timestamp {
        chart::clock::due(from, self.span, zone)
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

/// Reads `24h` or `30d`: elapsed hours, or whole days of the calendar.
pub(crate) fn span(text: &str) -> Option<Span> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number = number.parse().ok()?;
    match unit {
        "h" => Some(Span::hours(number)),
        "d" => Some(Span::days(number)),
        _ => None,
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
            Span { count: 0, .. } => write!(f, "by {}", self.basis),
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
    fn a_clock_is_said_in_words() {
        assert_eq!(due("event-end+24h").to_string(), "within 24 hours of its end");
        assert_eq!(due("event-start+0h").to_string(), "by its beginning");
        for wrong in ["discharge", "discharge+", "discharge+30", "lunch+1d", "admission+-2h", "admission+é"]
        {
            assert!(Due::parse("t", "r", wrong).is_err(), "{wrong}");
        }
    }
}
