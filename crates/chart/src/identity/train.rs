//! Training: a model from a hospital's own pairs, without anybody having labelled them.

mod mixture;

use super::compare::FieldComparison;
use super::model::{Model, Rate};
use mixture::{Mixture, Shares, tally};

/// Pairs that cannot train a model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrainError {
    /// Too few pairs to see rare levels in.
    #[error("{found} {kind} pairs are too few to train on; give at least {needed}")]
    TooFewPairs {
        /// Candidate or random.
        kind: &'static str,
        /// How many were given.
        found: usize,
        /// How many are needed.
        needed: usize,
    },
    /// No pair among the candidates looks like one person.
    #[error("hardly any of the candidate pairs looks like one person; choose candidates by their block keys")]
    NoMatches,
}

/// A trained model, and how its training went.
#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    /// The new model, with the settings of the one it started from.
    pub model: Model,
    /// Share of the candidate pairs that are taken to be one person, 0 to 1.
    pub share_of_matches: f64,
    /// Rounds of expectation and maximisation until the shares stood still.
    pub rounds: usize,
}

/// The fewest pairs of either kind.
const FEWEST_PAIRS: usize = 1_000;
/// Fewer expected matches than this show nothing.
const FEWEST_MATCHES: f64 = 50.0;
/// Trains a model.
///
/// `candidates` are compared pairs with a block key in common: from these the m shares come, by
/// expectation–maximisation, which also learns how the non-matches among the candidates look and sets them aside.
/// `random` are compared pairs drawn at random by the caller: nearly all are two people, and the u shares are simply
/// counted. `start` gives the first guess and what is not seen.
///
/// # Errors
/// [`TrainError`] where the pairs are too few, or none of them looks like one person.
pub fn train(
    candidates: &[Vec<FieldComparison<'_>>],
    random: &[Vec<FieldComparison<'_>>],
    start: &Model,
) -> Result<Training, TrainError> {
    enough("candidate", candidates.len())?;
    enough("random", random.len())?;
    let patterns = tally(candidates);
    let (mixture, rounds) = Mixture::fit(&patterns, start);
    if mixture.share_of_matches * (candidates.len() as f64) < FEWEST_MATCHES {
        return Err(TrainError::NoMatches);
    }
    let u = Shares::counted(&tally(random), start);
    let mut model = Model::without_rates(start.settings());
    for (field, level, _) in start.rates() {
        let rate = Rate { m: mixture.matches.of(field, level), u: u.of(field, level) };
        model.set(field, level, rate);
    }
    Ok(Training { model, share_of_matches: mixture.share_of_matches, rounds })
}

fn enough(kind: &'static str, found: usize) -> Result<(), TrainError> {
    if found < FEWEST_PAIRS {
        return Err(TrainError::TooFewPairs { kind, found, needed: FEWEST_PAIRS });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
