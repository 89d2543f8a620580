//! The figures of the score and their weights, `data/suggest/weight.tsv`: a logistic sum that a person can follow.

use codeset::{Table, TableError};

use crate::suggestion::Part;

/// How many figures go into a score.
pub(crate) const FIGURES: usize = 16;

/// Their names, as the table writes them.
pub(crate) const NAMES: [&str; FIGURES] = [
    "best",
    "second",
    "together",
    "surprise",
    "support",
    "prior",
    "entry",
    "entry-share",
    "entry-unseen",
    "mentions",
    "position",
    "unlearned",
    "new-code",
    "distinct",
    "others",
    "explains",
];

/// The figures of one candidate, in the order of [`NAMES`].
pub(crate) type Figures = [f64; FIGURES];

/// Weights and settings.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Weights {
    pub base: f64,
    pub weights: Figures,
    /// The score from which a code is proposed.
    pub threshold: f64,
    /// The score below which a code is not even shown as withheld.
    pub floor: f64,
    pub settings: Settings,
}

/// What counts must reach before they speak.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Settings {
    /// Charts of the code's usual share that are added to each count, so that few charts say little.
    pub shrink: f64,
    /// The share a phrase must give a code.
    pub min_share: f64,
    /// How many times the code's usual share that must be.
    pub min_lift: f64,
    /// A phrase in more than this share of all charts says nothing.
    pub max_spread: f64,
    /// How many charts a decision made here weighs.
    pub local: f64,
}

impl Weights {
    /// Reads the table.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Self, TableError> {
        let table = Table::parse(file, text)?;
        table.expect_columns(&["name", "value", "meaning"])?;
        let value = |name: &str| {
            let row = table.rows().find(|row| row.field(0) == name);
            row.ok_or_else(|| missing(file, name))?.parse::<f64>(1)
        };
        let mut weights = [0.0; FIGURES];
        for (weight, name) in weights.iter_mut().zip(NAMES) {
            *weight = value(name)?;
        }
        Ok(Self {
            base: value("base")?,
            weights,
            threshold: value("threshold")?,
            floor: value("floor")?,
            settings: Settings {
                shrink: value("shrink")?,
                min_share: value("min-share")?,
                min_lift: value("min-lift")?,
                max_spread: value("max-spread")?,
                local: value("local")?,
            },
        })
    }

    /// The score of `figures`: a probability.
    pub(crate) fn score(&self, figures: &Figures) -> f64 {
        let sum: f64 = self.weights.iter().zip(figures).map(|(weight, figure)| weight * figure).sum();
        1.0 / (1.0 + (-(self.base + sum)).exp())
    }

    /// What each figure adds.
    pub(crate) fn parts(&self, figures: &Figures) -> Vec<Part> {
        let parts = NAMES.iter().zip(&self.weights).zip(figures);
        parts.map(|((name, weight), figure)| Part { name, log_odds: weight * figure }).collect()
    }
}

fn missing(file: &str, name: &str) -> TableError {
    TableError { file: file.to_owned(), line: 2, what: format!("there is no row '{name}'") }
}
