//! A birth date as somebody wrote it: perhaps only a year, perhaps with a slip.

use std::fmt;

use jiff::civil::Date;

/// A birth date. Month and day are kept even where they make no date (`1989-13-02`): the slip behind them can still be
/// seen in a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BirthDate {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

impl From<Date> for BirthDate {
    fn from(date: Date) -> Self {
        let part = |number: i8| Some(number.unsigned_abs());
        Self { year: date.year().unsigned_abs(), month: part(date.month()), day: part(date.day()) }
    }
}

impl fmt::Display for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        match (self.month, self.day) {
            (Some(month), Some(day)) => write!(f, "-{month:02}-{day:02}"),
            (Some(month), None) => write!(f, "-{month:02}"),
            _ => Ok(()),
        }
    }
}

impl BirthDate {
    /// Reads year first (`1956-04-09`, `19560409`, `1956-04`, `1956`, with or without a time after it) or month first
    /// (`4/9/1956`). `None` where there is no year of four digits.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        match text.split(['-', '/', '.']).collect::<Vec<_>>()[..] {
            [run] => Self::from_run(run),
            [year, month] if year.len() == 4 => Self::from_parts(year, month, ""),
            [year, month, day] if year.len() == 4 => {
                Self::from_parts(year, month, day.get(..2).unwrap_or(day))
            }
            [month, day, year] => Self::from_parts(year, month, day),
            _ => None,
        }
    }

    /// Four-digit year.
    pub fn year(&self) -> u16 {
        self.year
    }

    /// Month and day, where both are known.
    pub fn month_day(&self) -> Option<(u8, u8)> {
        Some((self.month?, self.day?))
    }

    /// The date, where all parts are known and make one.
    pub fn date(&self) -> Option<Date> {
        let (month, day) = self.month_day()?;
        let signed = |number: u8| i8::try_from(number).ok();
        Date::new(i16::try_from(self.year).ok()?, signed(month)?, signed(day)?).ok()
    }

    /// The month, where it is known.
    pub(super) fn month(&self) -> Option<u8> {
        self.month
    }

    /// The eight digits, where all parts are known.
    pub(super) fn digits(&self) -> Option<[u8; 8]> {
        let (month, day) = self.month_day()?;
        let year = self.year;
        let digit = |number: u16, place: u16| b'0' + u8::try_from(number / place % 10).unwrap_or(0);
        let [m, d] = [u16::from(month), u16::from(day)];
        Some([
            digit(year, 1_000),
            digit(year, 100),
            digit(year, 10),
            digit(year, 1),
            digit(m, 10),
            digit(m, 1),
            digit(d, 10),
            digit(d, 1),
        ])
    }

    /// `19560409…`, `195604`, `1956`: the form of HL7 v2.
    fn from_run(run: &str) -> Option<Self> {
        let part = |from: usize| run.get(from..from + 2).unwrap_or("");
        Self::from_parts(run.get(..4)?, part(4), part(6))
    }

    /// A month or day that is blank or zero is not known; a day without its month says nothing.
    fn from_parts(year: &str, month: &str, day: &str) -> Option<Self> {
        let known = |text: &str| text.parse::<u8>().ok().filter(|number| (1..=99).contains(number));
        let year = (year.len() == 4).then(|| year.parse().ok()).flatten().filter(|year| *year > 0)?;
        let month = known(month);
        Some(Self { year, month, day: month.and(known(day)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_every_form() {
        for (written, expected) in [
            ("1956-04-09", Some("1956-04-09")),
            ("19560409", Some("1956-04-09")),
            ("195604091230", Some("1956-04-09")),
            ("1956-04-09T12:30:00Z", Some("1956-04-09")),
            ("4/9/1956", Some("1956-04-09")),
            ("1956-04", Some("1956-04")),
            ("195604", Some("1956-04")),
            ("1956", Some("1956")),
            ("1956-00-00", Some("1956")),
            ("1989-13-02", Some("1989-13-02")),
            ("04/09/56", None),
            ("", None),
            ("unknown", None),
            ("0000-00-00", None),
        ] {
            let read = BirthDate::parse(written).map(|date| date.to_string());
            assert_eq!(read.as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn an_impossible_date_is_kept_but_is_no_date() {
        let date = BirthDate::parse("1989-13-02").expect("a year is there");
        assert_eq!((date.date(), date.digits()), (None, Some(*b"19891302")));
    }
}
