//! Sections and sentences of a document.

use codeset::{Row, Table, TableError};

use crate::suggestion::Status;
use crate::words::words;

/// The most words a heading has.
const HEADING_WORDS: usize = 6;

/// The headings that are known, `data/suggest/section.tsv`.
#[derive(Debug, Clone)]
pub(crate) struct Headings {
    rows: Vec<Heading>,
}

#[derive(Debug, Clone)]
struct Heading {
    words: String,
    status: Status,
}

/// A sentence and the section it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// Byte where it begins.
    pub start: usize,
    /// Byte after its last.
    pub end: usize,
    /// The heading above it, as the document writes it.
    pub section: Option<String>,
    /// What the section says of everything in it.
    pub status: Status,
}

impl Headings {
    /// Reads the table.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Self, TableError> {
        let table = Table::parse(file, text)?;
        table.expect_columns(&["heading", "status"])?;
        let heading = |row: Row<'_>| {
            let status = Status::parse(row.field(1))
                .ok_or_else(|| row.error(format!("'{}' is no status of a mention", row.field(1))))?;
            Ok(Heading { words: row.field(0).to_owned(), status })
        };
        Ok(Self { rows: table.rows().map(heading).collect::<Result<_, TableError>>()? })
    }

    /// The sentences of `text` in order, each with its section.
    pub(crate) fn sentences(&self, text: &str) -> Vec<Sentence> {
        let mut sentences = Vec::new();
        let mut section: Option<String> = None;
        let mut status = Status::Asserted;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let mut start = at;
            at += line.len();
            if let Some((heading, len)) = self.heading(line) {
                section = Some(heading.0);
                status = heading.1;
                start += len;
            }
            for (from, to) in split(text, start, at) {
                sentences.push(Sentence { start: from, end: to, section: section.clone(), status });
            }
        }
        sentences
    }

    /// The heading that `line` begins with, what its section says, and how many bytes it takes.
    fn heading(&self, line: &str) -> Option<((String, Status), usize)> {
        let (name, len) = match line.split_once(':') {
            Some((name, _)) => (name, name.len() + 1),
            None => (line, line.len()),
        };
        let found = words(name, 0, name.len());
        if found.is_empty() || found.len() > HEADING_WORDS {
            return None;
        }
        let folded: Vec<&str> = found.iter().map(|word| word.folded.as_str()).collect();
        let folded = folded.join(" ");
        let known = self.rows.iter().find(|row| row.words == folded)?;
        Some(((name.trim().to_owned(), known.status), len))
    }
}

/// Sentences of `text[start..end]`: they end with a line, and with a stop that is followed by a space.
fn split(text: &str, start: usize, end: usize) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut from = start;
    let mut stop = false;
    for (at, letter) in text[start..end].char_indices() {
        if stop && letter.is_whitespace() {
            parts.push((from, start + at));
            from = start + at;
        }
        stop = matches!(letter, '.' | ';' | ':' | '?' | '!');
    }
    parts.push((from, end));
    parts.into_iter().filter_map(|(from, to)| trimmed(text, from, to)).collect()
}

fn trimmed(text: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let part = &text[from..to];
    let left = part.len() - part.trim_start().len();
    let right = part.trim_end().len();
    (left < right).then_some((from + left, from + right))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str =
        "# Source: test\nheading\tstatus\npast medical history\thistory\nassessment\tasserted\n";

    fn read(text: &str) -> Vec<(String, Option<String>, Status)> {
        let headings = Headings::parse("section.tsv", TABLE).unwrap();
        let sentences = headings.sentences(text).into_iter();
        sentences.map(|s| (text[s.start..s.end].to_owned(), s.section, s.status)).collect()
    }

    #[test]
    fn sentences_end_at_stops_and_lines() {
        let said: Vec<String> = read("Fever. Temp 38.5 C\nCough; rash").into_iter().map(|s| s.0).collect();
        assert_eq!(said, ["Fever.", "Temp 38.5 C", "Cough;", "rash"]);
    }

    #[test]
    fn a_known_heading_opens_a_section_until_the_next() {
        let said = read("Cough.\nPAST MEDICAL HISTORY: stroke.\nGout.\nAssessment:\nPneumonia.");
        assert_eq!(said[0].1, None);
        assert_eq!(said[1], ("stroke.".into(), Some("PAST MEDICAL HISTORY".into()), Status::History));
        assert_eq!(said[2].2, Status::History);
        assert_eq!(said[3], ("Pneumonia.".into(), Some("Assessment".into()), Status::Asserted));
    }

    #[test]
    fn an_unknown_heading_is_a_sentence() {
        assert_eq!(read("Course: stable")[0].0, "Course:");
    }
}
