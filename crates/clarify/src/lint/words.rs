//! The word lists of the linter: `data/clarify/word.tsv`.

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};

use crate::table::rows;

static WORDS: &str = include_str!("../../../../data/clarify/word.tsv");

/// Words of payment.
pub(super) static MONEY: LazyLock<Regex> = LazyLock::new(|| of("money"));
/// Words of quality measures and scores.
pub(super) static MEASURE: LazyLock<Regex> = LazyLock::new(|| of("measure"));
/// Words that lead.
pub(super) static LEADING: LazyLock<Regex> = LazyLock::new(|| of("leading"));
/// Words that look like a diagnosis.
pub(super) static DIAGNOSIS_SHAPE: LazyLock<Regex> = LazyLock::new(|| of("diagnosis-shape"));
/// Words that only look so.
pub(super) static NO_DIAGNOSIS: LazyLock<Regex> = LazyLock::new(|| of("no-diagnosis"));

/// All patterns of a class as one, each from the start of a word.
fn of(class: &str) -> Regex {
    let rows = rows::<2>("words", WORDS).expect("the shipped table is read by a test");
    let patterns: Vec<&str> =
        rows.into_iter().filter(|(_, row)| row[0] == class).map(|(_, row)| row[1]).collect();
    let pattern = format!(r"\b(?:{})", patterns.join("|"));
    let built = RegexBuilder::new(&pattern).case_insensitive(true).build();
    built.expect("the shipped table is read by a test")
}
