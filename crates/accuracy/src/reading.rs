//! An encounter laid open for the rules: documents as sentences, entries at hand, times local.

use std::cell::OnceCell;

use chart::date::When;
use chart::document::{Document, DocumentStatus};
use chart::encounter::{Encounter, Visit};
use chart::entry::{Allergy, Diagnosis, Entry, EntryContent, Finding as Measured, Medication, Procedure};
use chart::id::EncounterId;
use chart::record::Record;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::finding::{Passage, Place};
use crate::rules::Verdict;
use crate::text::{plain, sentences};
use crate::written;

/// A record, open at one encounter.
pub(crate) struct Reading<'a> {
    pub(crate) record: &'a Record,
    pub(crate) encounter: Option<&'a Encounter>,
    pages: Vec<&'a Page<'a>>,
    earlier: Vec<&'a Page<'a>>,
    pub(crate) entries: Vec<&'a Entry>,
    pub(crate) now: Timestamp,
    /// Whose each page is; read once, when a rule asks.
    pub(crate) verdicts: OnceCell<Vec<Verdict>>,
    zone: &'a TimeZone,
}

/// A document as its sections and sentences.
pub(crate) struct Page<'a> {
    pub(crate) document: &'a Document,
    pub(crate) kind: &'a str,
    /// When it was written.
    pub(crate) at: Option<Timestamp>,
    /// The local day it was written; the year 1 when that is not known.
    pub(crate) day: Date,
    pub(crate) lines: Vec<Line>,
}

/// A sentence with the heading it stands under.
pub(crate) struct Line {
    pub(crate) heading: String,
    pub(crate) text: String,
    /// Only its letters, small.
    pub(crate) plain: String,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(
        record: &'a Record,
        all: &'a [Page<'a>],
        encounter: Option<EncounterId>,
        now: Timestamp,
        zone: &'a TimeZone,
    ) -> Self {
        let (pages, elsewhere): (Vec<_>, Vec<_>) =
            all.iter().partition(|page| page.document.encounter == encounter);
        let first = pages.iter().find_map(|page| page.at);
        let is_earlier = |page: &&Page<'_>| page.at.is_some_and(|at| first.is_some_and(|first| at < first));
        let earlier = elsewhere.into_iter().filter(is_earlier).collect();
        let here =
            |entry: &&Entry| !entry.in_error && (entry.encounter == encounter || entry.encounter.is_none());
        Self {
            record,
            encounter: record.encounters.iter().find(|one| Some(one.id) == encounter),
            pages,
            earlier,
            entries: record.entries.iter().filter(here).collect(),
            now,
            verdicts: OnceCell::new(),
            zone,
        }
    }

    /// The documents of the stay, in the order they were written.
    pub(crate) fn pages<'s>(&'s self) -> impl DoubleEndedIterator<Item = &'s Page<'a>> {
        self.pages.iter().copied()
    }

    /// Documents of earlier stays, from which text may have been carried forward.
    pub(crate) fn earlier<'s>(&'s self) -> impl Iterator<Item = &'s Page<'a>> {
        self.earlier.iter().copied()
    }

    /// What registration says of the stay.
    pub(crate) fn visit(&self) -> Option<&'a Visit> {
        self.encounter.map(|one| &one.visit)
    }

    /// The local day of an instant.
    pub(crate) fn day(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }

    /// The day the patient left.
    pub(crate) fn left(&self) -> Option<Date> {
        self.visit()?.stay.until().map(|at| self.day(at))
    }

    /// Day of birth, when it is known to the day.
    pub(crate) fn birth(&self) -> Option<Date> {
        self.record.patient.demographics.birth.and_then(chart::date::PartialDate::day)
    }

    /// The local day of a date or instant of an entry, when it is known to the day.
    pub(crate) fn day_of(&self, when: When) -> Option<Date> {
        match when {
            When::Instant(at) => Some(self.day(at)),
            When::Date(date) => date.day(),
        }
    }

    /// An instant as the hospital's clocks showed it: `2026-11-03 04:15`.
    pub(crate) fn clock(&self, at: Timestamp) -> String {
        self.zone.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// The documents of these types.
    pub(crate) fn of<'s>(&'s self, kinds: &'s [&'s str]) -> impl Iterator<Item = &'s Page<'a>> {
        self.pages().filter(move |page| kinds.contains(&page.kind))
    }

    pub(crate) fn allergies(&self) -> impl Iterator<Item = (&'a Entry, &'a Allergy)> {
        self.entries.iter().filter_map(|entry| match &entry.content {
            EntryContent::Allergy(one) => Some((*entry, one)),
            _ => None,
        })
    }

    pub(crate) fn medications(&self) -> impl Iterator<Item = (&'a Entry, &'a Medication)> {
        self.entries.iter().filter_map(|entry| match &entry.content {
            EntryContent::Medication(one) => Some((*entry, one)),
            _ => None,
        })
    }

    pub(crate) fn results(&self) -> impl Iterator<Item = (&'a Entry, &'a Measured)> {
        self.entries.iter().filter_map(|entry| match &entry.content {
            EntryContent::Result(one) => Some((*entry, one)),
            _ => None,
        })
    }

    pub(crate) fn procedures(&self) -> impl Iterator<Item = (&'a Entry, &'a Procedure)> {
        self.entries.iter().filter_map(|entry| match &entry.content {
            EntryContent::Procedure(one) => Some((*entry, one)),
            _ => None,
        })
    }

    pub(crate) fn diagnoses(&self) -> impl Iterator<Item = (&'a Entry, &'a Diagnosis)> {
        self.entries.iter().filter_map(|entry| match &entry.content {
            EntryContent::Diagnosis(one) => Some((*entry, one)),
            _ => None,
        })
    }

    /// An entry as a passage.
    pub(crate) fn entry(&self, entry: &Entry, quote: impl Into<String>) -> Passage {
        let day = entry.content.at().and_then(|when| self.day_of(when));
        let kind = entry.content.kind();
        let title = day.map_or_else(|| format!("Entry: {kind}"), |day| format!("Entry: {kind}, {day}"));
        Passage { place: Place::Entry(entry.id), title, quote: quote.into() }
    }

    /// What registration says of the patient, as a passage.
    pub(crate) fn registration(&self, quote: impl Into<String>) -> Passage {
        Passage {
            place: Place::Registration,
            title: "Registration of the patient".into(),
            quote: quote.into(),
        }
    }

    /// What registration says of the stay, as a passage.
    pub(crate) fn stay(&self, quote: impl Into<String>) -> Option<Passage> {
        let place = Place::Encounter(self.encounter?.id);
        Some(Passage { place, title: "Registration of the stay".into(), quote: quote.into() })
    }
}

/// The documents of a record that are to be read, in the order they were written.
pub(crate) fn pages<'a>(record: &'a Record, zone: &TimeZone) -> Vec<Page<'a>> {
    let mut pages: Vec<Page<'a>> =
        record.documents.iter().filter(|one| counts(one)).map(|one| Page::new(one, zone)).collect();
    pages.sort_by_key(|page| (page.at, page.document.id));
    pages
}

/// Whether a document is to be read: not one that was withdrawn, replaced or is not yet typed.
fn counts(document: &Document) -> bool {
    use DocumentStatus::{Dictated, EnteredInError, Superseded};
    !matches!(document.content.status, EnteredInError | Superseded | Dictated)
}

impl<'a> Page<'a> {
    fn new(document: &'a Document, zone: &TimeZone) -> Self {
        let content = &document.content;
        let (at, day) = match content.written {
            Some(When::Instant(at)) => (Some(at), zone.to_datetime(at).date()),
            Some(when @ When::Date(date)) => (Some(when.sort_key()), date.earliest()),
            None => (None, written::first_day()),
        };
        let lines = content.sections.iter().flat_map(|section| {
            sentences(&section.text).into_iter().map(|text| Line {
                heading: section.title.clone(),
                plain: plain(&text),
                text,
            })
        });
        Self { document, kind: content.type_key().unwrap_or("other"), at, day, lines: lines.collect() }
    }

    /// One of its sentences as a passage.
    pub(crate) fn says(&self, line: &Line) -> Passage {
        self.quoting(&line.text)
    }

    /// Some words of it as a passage.
    pub(crate) fn quoting(&self, quote: &str) -> Passage {
        let title = format!("{}, {}", self.document.content.title, self.day);
        Passage { place: Place::Document(self.document.id), title, quote: quote.into() }
    }

    /// The first author's name, to tell whether two pages are of one hand.
    pub(crate) fn author(&self) -> Option<&str> {
        self.document.content.authors.first().map(|who| who.name.as_str())
    }
}
