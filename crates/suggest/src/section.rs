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
    is_statement: bool,
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
    /// Whether a provider states diagnoses in that section, as against findings and complaints.
    pub is_statement: bool,
}

impl Headings {
    /// Reads the table.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Self, TableError> {
        let table = Table::parse(file, text)?;
        table.expect_columns(&["heading", "status", "statement"])?;
        let heading = |row: Row<'_>| {
            let status = Status::parse(row.field(1))
                .ok_or_else(|| row.error(format!("'{}' is no status of a mention", row.field(1))))?;
            let is_statement = match row.field(2) {
                "yes" => true,
                "no" => false,
                other => return Err(row.error(format!("statement is yes or no, not '{other}'"))),
            };
            Ok(Heading { words: row.field(0).to_owned(), status, is_statement })
        };
        Ok(Self { rows: table.rows().map(heading).collect::<Result<_, TableError>>()? })
    }

    /// The sentences of `text` in order, each with its section.
    pub(crate) fn sentences(&self, text: &str) -> Vec<Sentence> {
        let mut sentences = Vec::new();
        let mut section: Option<String> = None;
        let (mut status, mut is_statement) = (Status::Asserted, true);
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let mut start = at;
            at += line.len();
            if let Some((name, heading, len)) = self.heading(line) {
                section = Some(name);
                (status, is_statement) = (heading.status, heading.is_statement);
                start += len;
            }
            for (from, to) in split(text, start, at) {
                let section = section.clone();
                sentences.push(Sentence { start: from, end: to, section, status, is_statement });
            }
        }
        sentences
    }

    /// The heading that `line` begins with as it is written, what is known of it, and how many bytes it takes.
    fn heading(&self, line: &str) -> Option<(String, &Heading, usize)> {
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
        Some((name.trim().to_owned(), known, len))
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

    const TABLE: &str = "# Source: test\nheading\tstatus\tstatement\npast medical history\thistory\tyes\nassessment\tasserted\tyes\nexam\tasserted\tno\n";

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
    fn findings_are_no_statement() {
        let headings = Headings::parse("section.tsv", TABLE).unwrap();
        let said = headings.sentences("Gout.\nExam: rales.\nAssessment: pneumonia.");
        assert_eq!(said.iter().map(|one| one.is_statement).collect::<Vec<_>>(), [true, false, true]);
    }

    #[test]
    fn an_unknown_heading_is_a_sentence() {
        assert_eq!(read("Course: stable")[0].0, "Course:");
    }
}
