//! Words of a document, found as they stand there.

use std::ops::Range;

use jiff::civil::Date;

use super::{Sign, cue};
use crate::document::{Document, Section};
use crate::query::Indicator;

/// A document of the encounter that may be read.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// The document.
    pub document: &'a Document,
    /// Whether it is a provider's own statement, or evidence only.
    pub by_provider: bool,
    /// The local day it was written, where it is known.
    pub day: Option<Date>,
}

/// A term affirmed in a document.
#[derive(Debug, Clone)]
pub struct Mention<'p, 'a> {
    /// Where.
    pub page: &'p Page<'a>,
    /// The sentence it stands in.
    pub sentence: &'a str,
}

impl<'a> Page<'a> {
    /// Where `sign` is affirmed in it, once a sentence.
    pub(super) fn mentions<'p>(&'p self, sign: &'p Sign) -> impl Iterator<Item = Mention<'p, 'a>> + 'p {
        let sections = self.document.content.sections.iter().filter(|section| !cue::is_aside(&section.title));
        sections.flat_map(move |section| self.in_section(section, sign))
    }

    fn in_section<'p>(
        &'p self,
        section: &'a Section,
        sign: &'p Sign,
    ) -> impl Iterator<Item = Mention<'p, 'a>> + 'p {
        let text = section.text.as_str();
        let affirmed = sign.ranges(text).filter_map(move |found| {
            let around = sentence(text, &found);
            cue::is_affirmed(&text[around.start..found.start], &text[found.end..around.end]).then_some(around)
        });
        affirmed.map(move |around| Mention { page: self, sentence: text[around].trim() })
    }

    /// The first author's name, to tell whether two pages are of one hand.
    #[must_use]
    pub fn author(&self) -> &str {
        self.document.content.authors.first().map_or("", |who| who.name.as_str())
    }
}

impl Mention<'_, '_> {
    /// As an indicator of `sign`.
    #[must_use]
    pub fn indicator(&self, sign: &Sign) -> Indicator {
        Indicator {
            key: sign.key.clone(),
            group: sign.group,
            quote: self.sentence.to_owned(),
            title: self.page.document.content.title.clone(),
            date: self.page.day,
            document: Some(self.page.document.id),
            entry: None,
            encounter: self.page.document.encounter,
        }
    }
}

/// The sentence around a place: it ends with the line, or with a full stop and a space.
fn sentence(text: &str, found: &Range<usize>) -> Range<usize> {
    let before = &text[..found.start];
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let start = ends(before).last().map_or(line, |at| at.max(line));
    let after = &text[found.end..];
    let line = after.find('\n').unwrap_or(after.len());
    let end = ends(after).next().map_or(line, |at| at.min(line));
    start..found.end + end
}

/// Just after each mark that ends a sentence. A mark after a figure (`2. Sepsis`) or an initial (`E. coli`) ends none.
fn ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    (1..bytes.len().saturating_sub(1))
        .filter(move |at| {
            let stops = matches!(bytes[*at], b'.' | b'!' | b'?' | b';') && bytes[*at + 1] == b' ';
            stops && !is_count(&bytes[..*at]) && !is_initial(&bytes[..*at])
        })
        .map(|at| at + 1)
}

/// Whether what stands before a full stop is the number of a list: one or two figures at the start of a line.
fn is_count(before: &[u8]) -> bool {
    let figures = before.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let starts = before.len() == figures || matches!(before[before.len() - figures - 1], b'\n' | b' ' | b'-');
    (1..=2).contains(&figures) && starts
}

/// Whether one capital stands alone before a full stop.
fn is_initial(before: &[u8]) -> bool {
    matches!(before, [.., b' ' | b'\n' | b'(', letter] | [letter] if letter.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_cut_at_full_stops_and_lines_and_not_at_list_numbers() {
        let text = "No CP. Cr up to 2.4 today.\n2. AKI, prerenal. Hold losartan.";
        let of = |word: &str| {
            let at = text.find(word).unwrap();
            text[sentence(text, &(at..at + word.len()))].trim().to_owned()
        };
        assert_eq!(of("Cr"), "Cr up to 2.4 today.");
        assert_eq!(of("AKI"), "2. AKI, prerenal.");
        assert_eq!(of("losartan"), "Hold losartan.");
    }
}
