//! Quality review of what was typed: errors by class, and the share of lines without one.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::LineCount;
use crate::keyed::keyed;
use crate::table::{TableError, lines};

static CLASSES: &str = include_str!("../../../../data/record/transcription-error.tsv");

keyed! {
    /// How bad an error is. Titles, examples and goals stand in `data/record/transcription-error.tsv`.
    ErrorClass, "class of error":
    /// It may harm the patient.
    Critical = "critical",
    /// It changes the sense.
    Major = "major",
    /// It does not change the sense.
    Minor = "minor",
}

/// A row of the table of error classes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorClassRow {
    /// Which.
    pub class: ErrorClass,
    /// What it is called.
    pub title: String,
    /// Examples.
    pub examples: String,
    /// The share of lines that should be without such an error, in percent.
    pub goal_percent: u32,
}

/// The error classes that ship with the product, the gravest first.
pub fn error_classes() -> &'static [ErrorClassRow] {
    static SHIPPED: LazyLock<Vec<ErrorClassRow>> =
        LazyLock::new(|| read(CLASSES).expect("the shipped table is read by a test"));
    &SHIPPED
}

fn read(text: &str) -> Result<Vec<ErrorClassRow>, TableError> {
    lines::<4>(text)
        .map(|line| {
            let line = line?;
            let [_, title, examples, _] = line.cells.map(str::to_owned);
            Ok(ErrorClassRow { class: line.read(0)?, title, examples, goal_percent: line.read(3)? })
        })
        .collect()
}

/// How many errors a review found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Errors {
    /// Critical ones.
    pub critical: u32,
    /// Major ones.
    pub major: u32,
    /// Minor ones.
    pub minor: u32,
}

/// What a review counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// The errors.
    pub errors: Errors,
    /// The length of the text reviewed.
    pub lines: LineCount,
}

impl Errors {
    /// How many of one class.
    #[must_use]
    pub const fn of(self, class: ErrorClass) -> u32 {
        match class {
            ErrorClass::Critical => self.critical,
            ErrorClass::Major => self.major,
            ErrorClass::Minor => self.minor,
        }
    }
}

impl Score {
    /// The share of lines without an error of the class, in hundredths of a percent, rounded down; a text shorter than
    /// a line counts as one line, and more errors than lines are 0.
    #[must_use]
    pub fn free(self, class: ErrorClass) -> u64 {
        let lines = self.lines.hundredths().max(100);
        let wrong = u64::from(self.errors.of(class)) * 100;
        lines.saturating_sub(wrong) * 10_000 / lines
    }

    /// Whether every class reaches its goal.
    #[must_use]
    pub fn passes(self) -> bool {
        error_classes().iter().all(|row| self.free(row.class) >= u64::from(row.goal_percent) * 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_classes_are_all_there() {
        let classes: Vec<ErrorClass> = error_classes().iter().map(|row| row.class).collect();
        assert_eq!(classes, ErrorClass::ALL);
    }

    #[test]
    fn goals_are_shares_of_lines() {
        let score = |critical, major, minor| Score {
            errors: Errors { critical, major, minor },
            lines: LineCount { characters: 65 * 100 },
        };
        assert!(score(0, 2, 2).passes());
        assert!(!score(0, 3, 0).passes() && !score(0, 0, 3).passes() && !score(1, 0, 0).passes());
        assert_eq!(score(0, 3, 0).free(ErrorClass::Major), 9_700);
        assert_eq!(score(0, 200, 0).free(ErrorClass::Major), 0);
        let empty = Score { errors: Errors { minor: 1, ..Errors::default() }, lines: LineCount::default() };
        assert_eq!(empty.free(ErrorClass::Minor), 0);
    }
}
