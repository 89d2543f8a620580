//! Training finds again the shares that made the pairs.

use super::*;
use crate::identity::{Field, Level};

/// A reproducible series of numbers from 0 to 1 (Knuth's multiplier for 64-bit linear congruential series).
struct Series(u64);

impl Series {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A pair whose levels come by the model's shares.
    fn pair(&mut self, model: &Model, is_match: bool) -> Vec<FieldComparison<'static>> {
        let row = |field| FieldComparison { field, level: self.level(model, field, is_match), names: None };
        Field::compared().map(row).collect()
    }

    fn level(&mut self, model: &Model, field: Field, is_match: bool) -> Level {
        let mut left = self.next();
        for (_, level, rate) in model.rates().filter(|(of, ..)| *of == field) {
            left -= if is_match { rate.m } else { rate.u };
            if left <= 0.0 {
                return level;
            }
        }
        Level::Disagree
    }
}

#[test]
fn the_shares_behind_the_pairs_are_found() {
    let truth = Model::shipped();
    let mut start = truth.clone();
    for (level, m) in [(Level::Exact, 0.5), (Level::Disagree, 0.434)] {
        start.set(Field::BirthDate, level, Rate { m, u: 0.01 });
    }
    let mut series = Series(7);
    let candidates: Vec<_> = (0..6_000).map(|at| series.pair(truth, at % 3 == 0)).collect();
    let random: Vec<_> = (0..6_000).map(|_| series.pair(truth, false)).collect();
    let training = train(&candidates, &random, &start).expect("the pairs are enough");
    assert!((training.share_of_matches - 1.0 / 3.0).abs() < 0.01, "{}", training.share_of_matches);
    for (field, level, expected) in truth.rates() {
        let found = training.model.rate(field, level).expect("every level is kept");
        assert!(
            (found.m - expected.m).abs() < 0.03,
            "m of {field:?} {level:?}: {} for {}",
            found.m,
            expected.m
        );
        assert!(
            (found.u - expected.u).abs() < 0.03,
            "u of {field:?} {level:?}: {} for {}",
            found.u,
            expected.u
        );
    }
}

#[test]
fn training_is_the_same_every_time() {
    let mut series = Series(11);
    let candidates: Vec<_> = (0..1_500).map(|at| series.pair(Model::shipped(), at % 2 == 0)).collect();
    let train = || train(&candidates, &candidates, Model::shipped());
    assert_eq!(train(), train());
}

#[test]
fn too_few_pairs_are_refused() {
    let error = train(&[], &[], Model::shipped()).expect_err("no pairs");
    assert_eq!(error.to_string(), "0 candidate pairs are too few to train on; give at least 1000");
    let mut series = Series(3);
    let strangers: Vec<_> = (0..1_000).map(|_| series.pair(Model::shipped(), false)).collect();
    assert_eq!(train(&strangers, &strangers, Model::shipped()), Err(TrainError::NoMatches));
}
