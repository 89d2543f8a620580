//! Precision, recall and speed of a model on one set.

use std::fmt;
use std::time::{Duration, Instant};

use chart::identity::{Frequencies, Model, Outcome, Score, blocks, compare, score};

use crate::data::Set;

/// What was measured.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    name: String,
    records: usize,
    /// Pairs that are one person.
    matches: usize,
    candidates: usize,
    /// Of these, among the candidates.
    matches_among_candidates: usize,
    rightly_suggested: usize,
    wrongly_suggested: usize,
    /// Pairs that a person would look at, and those of them that are one person.
    reviewed: (usize, usize),
    blocking: Duration,
    scoring: Duration,
}

impl Measured {
    /// Share of the true pairs that have a key in common.
    pub(crate) fn blocking_recall(&self) -> f64 {
        ratio(self.matches_among_candidates, self.matches)
    }

    /// Harmonic mean of precision and recall at the suggest threshold.
    pub(crate) fn f1(&self) -> f64 {
        2.0 * self.precision() * self.recall() / (self.precision() + self.recall())
    }

    /// Share of the suggested pairs that are one person.
    pub(crate) fn precision(&self) -> f64 {
        ratio(self.rightly_suggested, self.rightly_suggested + self.wrongly_suggested)
    }

    fn recall(&self) -> f64 {
        ratio(self.rightly_suggested, self.matches)
    }

    fn count(&mut self, is_match: bool, score: &Score) {
        self.matches_among_candidates += usize::from(is_match);
        match score.outcome {
            Outcome::SuggestLink if is_match => self.rightly_suggested += 1,
            Outcome::SuggestLink => self.wrongly_suggested += 1,
            Outcome::ClericalReview => {
                self.reviewed.0 += 1;
                self.reviewed.1 += usize::from(is_match);
            }
            Outcome::NoLink => {}
        }
    }
}

/// Blocks, compares and scores a whole set; every explanation must add up to its score.
pub(crate) fn measure(set: &Set, model: &Model, frequencies: &Frequencies) -> Measured {
    let (keys, blocking) =
        timed(|| set.people.iter().map(|person| blocks(&person.traits)).collect::<Vec<_>>());
    let candidates = set.candidates(&keys);
    let weigh = |(left, right): &(usize, usize)| {
        score(&compare(&set.people[*left].traits, &set.people[*right].traits), model, frequencies)
    };
    let (scores, scoring) = timed(|| candidates.iter().map(weigh).collect::<Vec<_>>());
    let mut found = Measured {
        name: set.name.clone(),
        records: set.people.len(),
        matches: set.matches(),
        candidates: candidates.len(),
        blocking,
        scoring,
        ..Measured::default()
    };
    for (pair, score) in candidates.iter().zip(&scores) {
        let sum: i32 = score.fields.iter().map(|row| row.weight.hundredths()).sum();
        assert_eq!(sum, score.weight.hundredths(), "an explanation does not add up: {score:?}");
        found.count(set.is_match(*pair), score);
    }
    found
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (reviewed, of_one_person) = self.reviewed;
        write!(f, "{}{:>10}{:>8}{:>13}", self.name, self.records, self.matches, self.candidates)?;
        write!(f, "   {:.4}    {:.4}     {:.4}", self.blocking_recall(), self.precision(), self.recall())?;
        write!(f, "  {:.4}  {reviewed} ({of_one_person} one person)", self.f1())?;
        let per_second = self.candidates as f64 / self.scoring.as_secs_f64();
        let per_record = self.blocking / u32::try_from(self.records.max(1)).unwrap_or(u32::MAX);
        write!(f, "; {per_second:.0} pairs compared a second, {per_record:?} for the keys of a record")
    }
}
