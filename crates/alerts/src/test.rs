//! What a criterion asks of its sign: a comparison, a change, presence.

use std::str::FromStr;

/// How a number is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compare {
    Below,
    AtMost,
    AtLeast,
    Above,
}

/// How two numbers differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// The later is higher by so much.
    Rise,
    /// The later is lower by so much.
    Fall,
    /// One is so many times the other, whichever came first.
    Ratio,
}

/// What is asked of a sign.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Test {
    /// It is there.
    Present,
    /// It is there in the hand of another than that of the named sign.
    ByAnother(String),
    /// A value of it was measured.
    Measured,
    /// Values compare so.
    Compare(Compare, f64),
    /// It was measured, and no value compares so.
    Never(Compare, f64),
    /// Two values differ so.
    Change(Change, f64),
}

/// The span of hours in which values must lie, or that they must cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Span {
    /// All within so many hours.
    Within(i64),
    /// The first and the last at least so many hours apart.
    Lasting(i64),
}

impl Compare {
    pub(crate) fn holds(self, number: f64, limit: f64) -> bool {
        match self {
            Self::Below => number < limit,
            Self::AtMost => number <= limit,
            Self::AtLeast => number >= limit,
            Self::Above => number > limit,
        }
    }

    fn of(text: &str) -> Option<Self> {
        Some(match text {
            "<" => Self::Below,
            "<=" => Self::AtMost,
            ">=" => Self::AtLeast,
            ">" => Self::Above,
            _ => return None,
        })
    }
}

/// The words name no test.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no test: write `present`, `measured`, `by-another SIGN`, `< 3.5`, `never < 3.5`, `rise 0.3`, `fall 2`, `ratio 1.5`"
)]
pub(crate) struct NotATest(String);

impl FromStr for Test {
    type Err = NotATest;

    fn from_str(text: &str) -> Result<Self, NotATest> {
        let wrong = || NotATest(text.to_owned());
        let words: Vec<&str> = text.split(' ').collect();
        let number = |text: &str| text.parse::<f64>().map_err(|_| wrong());
        Ok(match words[..] {
            ["present"] => Self::Present,
            ["measured"] => Self::Measured,
            ["by-another", sign] => Self::ByAnother(sign.to_owned()),
            ["never", compare, limit] => Self::Never(Compare::of(compare).ok_or_else(wrong)?, number(limit)?),
            ["rise", by] => Self::Change(Change::Rise, number(by)?),
            ["fall", by] => Self::Change(Change::Fall, number(by)?),
            ["ratio", by] => Self::Change(Change::Ratio, number(by)?),
            [compare, limit] => Self::Compare(Compare::of(compare).ok_or_else(wrong)?, number(limit)?),
            _ => return Err(wrong()),
        })
    }
}

impl Test {
    /// Whether it asks for numbers.
    pub(crate) const fn is_of_numbers(&self) -> bool {
        !matches!(self, Self::Present | Self::ByAnother(_))
    }
}

impl FromStr for Span {
    type Err = NotATest;

    fn from_str(text: &str) -> Result<Self, NotATest> {
        let wrong = || NotATest(text.to_owned());
        let (word, hours) = text.split_once(' ').ok_or_else(wrong)?;
        let hours = hours.parse().map_err(|_| wrong())?;
        match word {
            "within" => Ok(Self::Within(hours)),
            "lasting" => Ok(Self::Lasting(hours)),
            _ => Err(wrong()),
        }
    }
}
