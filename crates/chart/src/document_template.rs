//! Headings of the documents that are written or typed here: `data/record/document-template.tsv`.

use std::sync::LazyLock;

use crate::document::Section;
use crate::table::{TableError, lines};

static TABLE: &str = include_str!("../../../data/record/document-template.tsv");

static SHIPPED: LazyLock<Vec<(String, String)>> =
    LazyLock::new(|| read(TABLE).expect("the shipped table is read by a test"));

fn read(text: &str) -> Result<Vec<(String, String)>, TableError> {
    lines::<2>(text)
        .map(|line| line.map(|line| (line.cells[0].to_owned(), line.cells[1].to_owned())))
        .collect()
}

/// The headings of a document type, in order; none where the table has none.
pub fn headings(document_type: &str) -> impl Iterator<Item = &'static str> + use<'_> {
    SHIPPED.iter().filter(move |(key, _)| key == document_type).map(|(_, heading)| heading.as_str())
}

/// The document types that have headings, in the order of the table.
#[must_use]
pub fn templated_types() -> Vec<&'static str> {
    let mut types: Vec<&str> = SHIPPED.iter().map(|(key, _)| key.as_str()).collect();
    types.dedup();
    types
}

/// A text with the headings of a type and nothing below them, to be filled in.
#[must_use]
pub fn empty(document_type: &str) -> String {
    headings(document_type).map(|heading| format!("{heading}:\n\n")).collect()
}

/// The sections of a text that was written by a template: a line that is one of the type's headings, with a colon or
/// without, begins one; what stands behind the colon belongs to it. Headings without text are left out.
#[must_use]
pub fn sections(document_type: &str, text: &str) -> Vec<Section> {
    revised(document_type, &[], text)
}

/// As [`sections`], for a text that is changed: the headings it had `before` are headings too, and keep their code and
/// their depth.
#[must_use]
pub fn revised(document_type: &str, before: &[Section], text: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    for line in text.lines() {
        match heading(document_type, before, line) {
            Some((section, rest)) => sections.push(Section { text: rest.into(), ..section }),
            None => {
                let text = sections.last_mut().map(|last| &mut last.text);
                text.into_iter().for_each(|text| add_line(text, line));
            }
        }
    }
    sections.iter_mut().for_each(|one| one.text = one.text.trim().to_owned());
    sections.retain(|one| !one.text.is_empty());
    sections
}

/// Sections as the text they are edited in.
#[must_use]
pub fn text(sections: &[Section]) -> String {
    let written = sections.iter().map(|one| match one.title.as_str() {
        "" => one.text.clone(),
        title => format!("{title}:\n{}", one.text),
    });
    written.collect::<Vec<_>>().join("\n\n")
}

fn add_line(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line.trim_end());
}

/// The section that a line begins, still without text, and what stands behind its heading.
fn heading<'t>(document_type: &str, before: &[Section], line: &'t str) -> Option<(Section, &'t str)> {
    let (title, rest) = line.split_once(':').unwrap_or((line, ""));
    let title = title.trim();
    let is = |heading: &str| !heading.is_empty() && heading.eq_ignore_ascii_case(title);
    let known = before.iter().find(|one| is(&one.title)).cloned();
    let section = known.or_else(|| {
        let found = headings(document_type).find(|heading| is(heading))?;
        Some(Section { title: found.into(), ..Section::default() })
    })?;
    Some((section, rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document_type::document_types;

    #[test]
    fn every_template_is_of_a_document_type() {
        for key in templated_types() {
            assert!(document_types().by_key(key).is_some(), "{key}");
        }
    }

    #[test]
    fn a_text_becomes_sections_and_a_text_again() {
        let typed = "By telephone.\nSUBJECTIVE: Feels well.\nSleeps.\n\nobjective\nNo fever: 36.8\nAssessment:\n\nPlan:\nHome\n";
        let found = sections("progress-note", typed);
        let pairs: Vec<_> = found.iter().map(|one| (one.title.as_str(), one.text.as_str())).collect();
        let expected = [
            ("", "By telephone."),
            ("Subjective", "Feels well.\nSleeps."),
            ("Objective", "No fever: 36.8"),
            ("Plan", "Home"),
        ];
        assert_eq!(pairs, expected);
        assert_eq!(sections("progress-note", &text(&found)), found);
        assert!(sections("progress-note", &empty("progress-note")).is_empty());
    }

    #[test]
    fn headings_from_elsewhere_stay_headings_when_a_text_is_changed() {
        let part = |title: &str, depth, text: &str| Section {
            title: title.into(),
            depth,
            text: text.into(),
            ..Section::default()
        };
        let before = [part("Follow-up", 1, "In a week."), part("Plan", 0, "Home: tomorrow.")];
        assert_eq!(revised("progress-note", &before, &text(&before)), before);
        let changed = revised("progress-note", &before, "Follow-up: In two weeks.");
        assert_eq!(changed, [part("Follow-up", 1, "In two weeks.")]);
    }
}
