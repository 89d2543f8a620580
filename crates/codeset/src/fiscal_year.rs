//! The federal fiscal year, by which code sets, groupers and rates change.

use std::fmt;

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// A federal fiscal year, named by the calendar year it ends in: 2027 runs from 1 October 2026 to 30 September 2027.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FiscalYear(pub i16);

impl FiscalYear {
    /// The fiscal year in which `day` lies.
    pub fn of(day: Date) -> Self {
        Self(if day.month() >= 10 { day.year().saturating_add(1) } else { day.year() })
    }

    /// Its first day, 1 October.
    pub fn first_day(self) -> Date {
        date(self.0 - 1, 10, 1)
    }

    /// Its last day, 30 September.
    pub fn last_day(self) -> Date {
        date(self.0, 9, 30)
    }
}

impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FY{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_on_the_first_of_october() {
        assert_eq!(FiscalYear::of(date(2026, 9, 30)), FiscalYear(2026));
        assert_eq!(FiscalYear::of(date(2026, 10, 1)), FiscalYear(2027));
        let year = FiscalYear(2027);
        assert_eq!((year.first_day(), year.last_day()), (date(2026, 10, 1), date(2027, 9, 30)));
    }
}
