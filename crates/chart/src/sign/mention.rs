//! Words of a document, found as they stand there.

use std::ops::Range;

use jiff::civil::Date;

use super::{Sign, cue};
use crate::document::Document;
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
    pub sentence: &'p str,
}

/// The text of several pages as one, to be searched at once, with where each page begins in it.
#[derive(Debug, Default)]
pub(super) struct Text {
    all: String,
    starts: Vec<(usize, usize)>,
}

impl Text {
    /// The sections of those pages that pass, without those that speak of somebody else.
    pub(super) fn of(pages: &[Page<'_>], takes: impl Fn(&Page<'_>) -> bool) -> Self {
        let mut text = Self::default();
        for (at, page) in pages.iter().enumerate().filter(|(_, page)| takes(page)) {
            text.starts.push((text.all.len(), at));
            let sections = page.document.content.sections.iter();
            for section in sections.filter(|section| !cue::is_aside(&section.title)) {
                text.all += &section.text;
                text.all += "\n";
            }
        }
        text
    }

    /// Where `sign` is affirmed in it.
    pub(super) fn mentions<'p, 'a>(
        &'p self,
        pages: &'p [Page<'a>],
        sign: &'p Sign,
    ) -> impl Iterator<Item = Mention<'p, 'a>> + 'p {
        self.places(pages, sign).filter(|(_, is_affirmed)| *is_affirmed).map(|(mention, _)| mention)
    }

    /// Where `sign` is named in it, and whether it is affirmed there.
    pub(super) fn places<'p, 'a>(
        &'p self,
        pages: &'p [Page<'a>],
        sign: &'p Sign,
    ) -> impl Iterator<Item = (Mention<'p, 'a>, bool)> + 'p {
        let text = self.all.as_str();
        sign.ranges(text).map(move |found| {
            let around = sentence(text, &found);
            let (before, after) = (&text[around.start..found.start], &text[found.end..around.end]);
            let page = &pages[self.page_at(found.start)];
            let is_affirmed = cue::is_affirmed(before, after);
            (Mention { page, sentence: text[around].trim() }, is_affirmed)
        })
    }

    /// The page that a byte of the text is of.
    fn page_at(&self, byte: usize) -> usize {
        let next = self.starts.partition_point(|(start, _)| *start <= byte);
        next.checked_sub(1).map_or(0, |at| self.starts[at].1)
    }
}

impl Page<'_> {
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
    let line = text[..found.start].rfind('\n').map_or(0, |at| at + 1);
    let start = line + ends(&text[line..found.start]).last().unwrap_or(0);
    let rest = &text[found.end..];
    let rest = rest.find('\n').map_or(rest, |at| &rest[..at]);
    start..found.end + ends(rest).next().unwrap_or(rest.len())
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
