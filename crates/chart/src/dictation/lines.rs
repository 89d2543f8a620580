//! Counting what was typed: lines of 65 characters, and blanks.

use serde::{Deserialize, Serialize};

/// How many characters, spaces included, make a line by the trade's custom.
pub const LINE_CHARACTERS: u32 = 65;
/// What a typist writes for what could not be heard; more of the same in a row is the same blank.
pub const BLANK: &str = "____";

/// The length of a text by the trade's custom: its characters with spaces, without line breaks, by 65.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LineCount {
    /// Characters with spaces, without line breaks.
    pub characters: u32,
}

impl LineCount {
    /// Counts a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let characters = text.chars().filter(|c| !matches!(c, '\n' | '\r')).count();
        Self { characters: u32::try_from(characters).unwrap_or(u32::MAX) }
    }

    /// Hundredths of a line, rounded half up over the whole text and never line by line: 100 characters are 154.
    #[must_use]
    pub const fn hundredths(self) -> u64 {
        (self.characters as u64 * 200 + LINE_CHARACTERS as u64) / (2 * LINE_CHARACTERS as u64)
    }
}

impl std::fmt::Display for LineCount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:02}", self.hundredths() / 100, self.hundredths() % 100)
    }
}

/// How many blanks a text has: runs of four or more underscores.
#[must_use]
pub fn blanks(text: &str) -> usize {
    text.split(|c| c != '_').filter(|run| run.len() >= BLANK.len()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_65_characters_with_spaces_rounded_at_the_end() {
        let lines = |text: &str| LineCount::of(text).to_string();
        assert_eq!(lines(""), "0.00");
        assert_eq!(lines(&"x".repeat(65)), "1.00");
        assert_eq!(lines(&"a ".repeat(50)), "1.54");
        assert_eq!(lines("short\r\nlines\n"), "0.15");
        assert_eq!(lines(&"é".repeat(650)), "10.00");
    }

    #[test]
    fn blanks_are_runs_of_four_underscores_or_more() {
        assert_eq!(blanks("took ____ twice and ______ once; snake_case, ___ is none"), 2);
        assert_eq!(blanks(""), 0);
    }
}
