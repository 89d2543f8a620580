//! Days as whole numbers that sort as days do, such as 20261001: a quarter of a date's size in a pack.

use codeset::{OPEN_END, Row, TableError};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// From one day to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Days {
    pub(crate) first: u32,
    pub(crate) last: u32,
}

impl Days {
    /// The days of a row whose columns `first` and `first + 1` hold them; blank is unbounded.
    pub(crate) fn of_row(row: &Row<'_>, first: usize) -> Result<Self, TableError> {
        let (from, to) = (row.date_or(first, Date::ZERO)?, row.date_or(first + 1, OPEN_END)?);
        Ok(Self { first: number(from), last: number(to) })
    }

    /// The days from `first` to `last`.
    pub(crate) fn between(first: Date, last: Date) -> Self {
        Self { first: number(first), last: number(last) }
    }

    /// Whether `day` is one of them.
    pub(crate) fn hold(self, day: u32) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// The interval in words.
    pub(crate) fn describe(self) -> String {
        match (self.first, self.last) {
            (first, last) if last == number(OPEN_END) => format!("since {}", print(first)),
            (first, last) => format!("from {} to {}", print(first), print(last)),
        }
    }
}

/// A day as a number.
pub(crate) fn number(date: Date) -> u32 {
    let (year, month, day) = (i32::from(date.year()), i32::from(date.month()), i32::from(date.day()));
    u32::try_from(year * 10_000 + month * 100 + day).unwrap_or(0)
}

/// The day as people read it.
fn print(day: u32) -> String {
    format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100)
}
