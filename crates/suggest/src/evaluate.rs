//! How good suggestions are against codes that people assigned: precision, recall, F1, and noise per chart.

use std::collections::BTreeSet;

use codeset::Code;
use serde::Serialize;

use crate::codebook::{category_of, node_of};

/// Proposed and assigned codes of one chart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judged {
    /// What was proposed.
    pub proposed: BTreeSet<Code>,
    /// What people assigned.
    pub assigned: BTreeSet<Code>,
}

/// Precision, recall and their harmonic mean, counted over all charts together (micro-average).
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Measure {
    /// The share of proposals that people assigned.
    pub precision: f64,
    /// The share of assigned codes that were proposed.
    pub recall: f64,
    /// The harmonic mean of both.
    pub f1: f64,
}

/// The figures of one chart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct ChartFigures {
    /// Proposals that people assigned.
    pub accepted: u32,
    /// Proposals that they did not.
    pub rejected: u32,
    /// Assigned codes that were not proposed.
    pub missed: u32,
}

/// The figures of many charts.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Evaluation {
    /// By code, seventh characters and placeholders left away on both sides.
    pub code: Measure,
    /// By category, the first three characters.
    pub category: Measure,
    /// Suggestions rejected for each accepted; `None` if none was accepted.
    pub noise: Option<f64>,
    /// Each chart by code, in the order given.
    pub charts: Vec<ChartFigures>,
}

impl ChartFigures {
    /// Counts one chart; `level` says what of a code is compared.
    fn of(judged: &Judged, level: impl Fn(Code) -> Code) -> Self {
        let proposed: BTreeSet<Code> = judged.proposed.iter().map(|code| level(*code)).collect();
        let assigned: BTreeSet<Code> = judged.assigned.iter().map(|code| level(*code)).collect();
        let accepted = proposed.intersection(&assigned).count();
        Self {
            accepted: count(accepted),
            rejected: count(proposed.len() - accepted),
            missed: count(assigned.len() - accepted),
        }
    }

    /// Suggestions rejected for each accepted; `None` if none was accepted.
    pub fn noise(self) -> Option<f64> {
        (self.accepted > 0).then(|| f64::from(self.rejected) / f64::from(self.accepted))
    }

    fn plus(self, other: Self) -> Self {
        Self {
            accepted: self.accepted + other.accepted,
            rejected: self.rejected + other.rejected,
            missed: self.missed + other.missed,
        }
    }

    /// Precision, recall and F1 of these counts; zero where there is nothing to divide by.
    pub fn measure(self) -> Measure {
        let accepted = f64::from(self.accepted);
        let share =
            |other: u32| if self.accepted == 0 { 0.0 } else { accepted / (accepted + f64::from(other)) };
        let (precision, recall) = (share(self.rejected), share(self.missed));
        let sum = precision + recall;
        let f1 = if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum };
        Measure { precision, recall, f1 }
    }
}

/// The figures of `charts`.
pub fn evaluate(charts: &[Judged]) -> Evaluation {
    let codes: Vec<ChartFigures> = charts.iter().map(|judged| ChartFigures::of(judged, node_of)).collect();
    let categories = charts.iter().map(|judged| ChartFigures::of(judged, category_of));
    let total = codes.iter().copied().fold(ChartFigures::default(), ChartFigures::plus);
    let by_category = categories.fold(ChartFigures::default(), ChartFigures::plus);
    Evaluation { code: total.measure(), category: by_category.measure(), noise: total.noise(), charts: codes }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(proposed: &[&str], assigned: &[&str]) -> Judged {
        let codes = |texts: &[&str]| texts.iter().map(|text| Code::parse(text).unwrap()).collect();
        Judged { proposed: codes(proposed), assigned: codes(assigned) }
    }

    #[test]
    fn figures_are_counted_over_all_charts_together() {
        let found = evaluate(&[judged(&["I10", "J18.9"], &["I10", "E11.9"]), judged(&[], &["R52"])]);
        assert_eq!(found.code.precision, 0.5);
        assert_eq!(found.code.recall, 1.0 / 3.0);
        assert!((found.code.f1 - 0.4).abs() < 1e-12);
        assert_eq!(found.noise, Some(1.0));
        assert_eq!(found.charts[1], ChartFigures { accepted: 0, rejected: 0, missed: 1 });
    }

    #[test]
    fn a_category_is_right_where_the_code_is_not() {
        let found = evaluate(&[judged(&["J18.9"], &["J18.0"])]);
        assert_eq!((found.code.f1, found.category.f1), (0.0, 1.0));
    }

    #[test]
    fn seventh_characters_do_not_count() {
        assert_eq!(evaluate(&[judged(&["S72.001"], &["S72.001A"])]).code.f1, 1.0);
    }

    #[test]
    fn nothing_proposed_is_no_error() {
        assert_eq!(evaluate(&[judged(&[], &["I10"])]).code, Measure::default());
    }
}
