//! Candidate pairs as a mixture of matches and non-matches, pulled apart by expectation–maximisation.

use std::collections::BTreeMap;

use crate::identity::compare::FieldComparison;
use crate::identity::field::{Field, Level};
use crate::identity::model::{Model, Rate};

/// The levels of one pair that are evidence, in the order of the fields.
type Pattern = Vec<(Field, Level)>;
/// How often each pattern was seen. Sorted, so that sums come out the same on every machine.
pub(super) type Patterns = BTreeMap<Pattern, f64>;

const ROUNDS_AT_MOST: usize = 200;
/// The shares stand still when none moves by more.
const STILL: f64 = 1e-5;
/// How many pairs the starting model's opinion counts for: a level never seen is rare, not impossible.
const START_COUNTS_FOR: f64 = 20.0;
/// Share of matches among the candidates to start from.
const FIRST_SHARE: f64 = 0.1;

/// Counts pairs by their pattern.
pub(super) fn tally(pairs: &[Vec<FieldComparison<'_>>]) -> Patterns {
    let mut patterns = Patterns::new();
    for pair in pairs {
        let evidence = pair.iter().filter(|row| row.level.is_evidence());
        *patterns.entry(evidence.map(|row| (row.field, row.level)).collect()).or_default() += 1.0;
    }
    patterns
}

/// For each field, the share of pairs at each level.
#[derive(Debug, Clone)]
pub(super) struct Shares([[f64; Level::ALL.len()]; Field::ALL.len()]);

/// Two kinds of pairs, and how many there are of the first.
#[derive(Debug, Clone)]
pub(super) struct Mixture {
    /// Share of the pairs that are one person.
    pub(super) share_of_matches: f64,
    /// Levels of pairs that are one person.
    pub(super) matches: Shares,
    /// Levels of the other candidates. They are no random pairs: a key in common brought them here.
    others: Shares,
}

impl Shares {
    /// The level's share.
    pub(super) fn of(&self, field: Field, level: Level) -> f64 {
        self.0[field as usize][level as usize]
    }

    /// Counted over pairs of two people.
    pub(super) fn counted(patterns: &Patterns, start: &Model) -> Self {
        Self::weighted(patterns.iter().map(|(pattern, count)| (pattern, *count)), start, |rate| rate.u)
    }

    fn of_model(model: &Model, side: impl Fn(Rate) -> f64) -> Self {
        Self::weighted(std::iter::empty(), model, side)
    }

    /// Counted with a weight for each pattern, and the starting model's opinion added.
    fn weighted<'a>(
        patterns: impl Iterator<Item = (&'a Pattern, f64)>,
        start: &Model,
        side: impl Fn(Rate) -> f64,
    ) -> Self {
        let mut sums = [[0.0; Level::ALL.len()]; Field::ALL.len()];
        for (field, level, rate) in start.rates() {
            sums[field as usize][level as usize] = side(rate) * START_COUNTS_FOR;
        }
        for (pattern, weight) in patterns {
            for (field, level) in pattern {
                sums[*field as usize][*level as usize] += weight;
            }
        }
        for levels in &mut sums {
            let total: f64 = levels.iter().sum();
            levels.iter_mut().for_each(|sum| *sum /= total.max(f64::MIN_POSITIVE));
        }
        Self(sums)
    }

    /// log2 of the chance of a pattern. Levels that the model has no row for say nothing.
    fn log_chance(&self, pattern: &Pattern) -> f64 {
        let shares =
            pattern.iter().map(|(field, level)| self.of(*field, *level)).filter(|share| *share > 0.0);
        shares.map(f64::log2).sum()
    }

    fn furthest_from(&self, other: &Self) -> f64 {
        let both = self.0.as_flattened().iter().zip(other.0.as_flattened());
        both.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    }
}

impl Mixture {
    /// Starts from a model and repeats until the matches' shares stand still. Also gives the number of rounds.
    pub(super) fn fit(patterns: &Patterns, start: &Model) -> (Self, usize) {
        let mut mixture = Self {
            share_of_matches: FIRST_SHARE,
            matches: Shares::of_model(start, |rate| rate.m),
            others: Shares::of_model(start, |rate| rate.u),
        };
        for round in 1..=ROUNDS_AT_MOST {
            let next = mixture.improved(patterns, start);
            let moved = next.matches.furthest_from(&mixture.matches);
            mixture = next;
            if moved < STILL {
                return (mixture, round);
            }
        }
        (mixture, ROUNDS_AT_MOST)
    }

    /// One round: how much of each pattern is matches under the present shares, and the shares that follow from it.
    fn improved(&self, patterns: &Patterns, start: &Model) -> Self {
        let split: Vec<(&Pattern, f64, f64)> = patterns
            .iter()
            .map(|(pattern, count)| {
                let matches = count * self.chance_of_match(pattern);
                (pattern, matches, count - matches)
            })
            .collect();
        let total: f64 = patterns.values().sum();
        let matches: f64 = split.iter().map(|(_, matches, _)| matches).sum();
        Self {
            share_of_matches: matches / total.max(1.0),
            matches: Shares::weighted(split.iter().map(|(pattern, m, _)| (*pattern, *m)), start, |rate| {
                rate.m
            }),
            others: Shares::weighted(split.iter().map(|(pattern, _, u)| (*pattern, *u)), start, |rate| {
                rate.u
            }),
        }
    }

    fn chance_of_match(&self, pattern: &Pattern) -> f64 {
        let odds = self.share_of_matches / (1.0 - self.share_of_matches).max(f64::MIN_POSITIVE);
        let bits = self.matches.log_chance(pattern) - self.others.log_chance(pattern) + odds.log2();
        1.0 / (1.0 + (-bits).exp2())
    }
}
