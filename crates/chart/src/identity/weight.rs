//! Weights: how strongly something speaks for one person, in bits.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

use serde::{Deserialize, Serialize};

/// A weight of evidence, log2 of a likelihood ratio, in hundredths of a bit.
///
/// A whole number, so that the rows of an explanation add up to its sum to the last printed digit and equal cases are
/// equal on every machine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Weight(i32);

impl Weight {
    /// No evidence.
    pub const ZERO: Self = Self(0);

    /// From hundredths of a bit.
    pub const fn from_hundredths(hundredths: i32) -> Self {
        Self(hundredths)
    }

    /// Rounded to the nearest hundredth; not a number counts as nothing.
    pub fn from_bits(bits: f64) -> Self {
        // The cast saturates: infinity becomes the largest weight.
        Self((bits * 100.0).round() as i32)
    }

    /// In bits.
    pub fn bits(self) -> f64 {
        f64::from(self.0) / 100.0
    }

    /// In hundredths of a bit.
    pub fn hundredths(self) -> i32 {
        self.0
    }

    /// The chance that odds of 2 to this power stand for, 0 to 1.
    pub fn as_probability(self) -> f64 {
        1.0 / (1.0 + (-self.bits()).exp2())
    }

    /// That many per cent of it, rounded toward nothing.
    #[must_use]
    pub fn percent(self, percent: i32) -> Self {
        Self(self.0.saturating_mul(percent) / 100)
    }
}

impl Add for Weight {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sum for Weight {
    fn sum<I: Iterator<Item = Self>>(weights: I) -> Self {
        weights.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { '−' } else { '+' };
        let size = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", size / 100, size % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_print_and_convert() {
        assert_eq!(Weight::from_bits(9.418).to_string(), "+9.42");
        assert_eq!(Weight::from_bits(-0.05).to_string(), "−0.05");
        assert!((Weight::ZERO.as_probability() - 0.5).abs() < f64::EPSILON);
        assert!(Weight::from_bits(10.0).as_probability() > 0.999);
        assert_eq!(Weight::from_hundredths(-333).percent(75), Weight::from_hundredths(-249));
    }
}
