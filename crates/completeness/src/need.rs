//! What fills a place in the record: documents of a type, entries, or a registration; and where it is looked for.

use chart::clock::{Span, due};
use chart::document::Document;
use chart::entry::{Entry, EntryContent};
use chart::record::Record;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::event::{Class, Event, Vocabulary};
use crate::facts::{Facts, counts};
use crate::profile::Within;
use crate::table::TableError;
use crate::words::Words;

/// The ways to fill a place, any of which does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Need(Vec<Way>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Way {
    /// A document of a type, with one of these words in its title or text, or in its title alone.
    Document { kind: String, words: Words, in_title: bool },
    /// One of this encounter or an earlier one, written no longer than this before the admission.
    Prior { kind: String, words: Words, span: Span },
    /// An entry of a kind, with one of these words in what it is about or its category.
    Entry { kind: String, words: Words },
    /// Registration keeps it: the encounter itself.
    Registration,
}

/// What filled a place.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Filled<'a> {
    Document(&'a Document),
    Entry,
    Registration,
}

impl Need {
    /// Reads ways joined by ` or `: `consent-surgery~blood/transfus or entry:medication`.
    pub(crate) fn parse(table: &'static str, row: &str, text: &str) -> Result<Self, TableError> {
        let wrong = |word: &str| TableError::Word {
            table,
            row: row.into(),
            word: word.into(),
            what: "way to fill a place",
            known: "write a document type, TYPE~word/word, TYPE=word of its title, prior:30d:TYPE~word, entry:KIND~word or registration, \
                    joined by ` or `",
        };
        text.split(" or ")
            .map(|way| Way::parse(way.trim()).ok_or_else(|| wrong(way)))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The document type named first: what a person would write to fill the place.
    pub(crate) fn document_kind(&self) -> Option<&str> {
        self.0.iter().find_map(|way| match way {
            Way::Document { kind, .. } => Some(kind.as_str()),
            _ => None,
        })
    }

    /// The document types that can fill it.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|way| match way {
            Way::Document { kind, .. } | Way::Prior { kind, .. } => Some(kind.as_str()),
            _ => None,
        })
    }

    /// What would fill it, in words.
    pub(crate) fn shown(&self) -> String {
        self.0.iter().map(Way::shown).collect::<Vec<_>>().join(", or ")
    }
}

impl Way {
    fn parse(text: &str) -> Option<Self> {
        let known = |kind: &str| chart::document_type::document_types().by_key(kind).is_some();
        if text == "registration" {
            return Some(Self::Registration);
        }
        if let Some(rest) = text.strip_prefix("entry:") {
            let (kind, words) = rest.split_once('~').unwrap_or((rest, ""));
            return Some(Self::Entry { kind: kind.into(), words: Words::parse(words) });
        }
        if let Some(rest) = text.strip_prefix("prior:") {
            let (span, rest) = rest.split_once(':')?;
            let (kind, words) = rest.split_once('~').unwrap_or((rest, ""));
            let (span, words) = (crate::clock::span(span)?, Words::parse(words));
            return known(kind).then(|| Self::Prior { kind: kind.into(), words, span });
        }
        let in_title = text.contains('=');
        let (kind, words) = text.split_once(['~', '=']).unwrap_or((text, ""));
        known(kind).then(|| Self::Document { kind: kind.into(), words: Words::parse(words), in_title })
    }

    fn shown(&self) -> String {
        let worded = |words: &Words| match words.shown() {
            none if none.is_empty() => String::new(),
            shown => format!(" that says {}", shown.replace(", ", " or ")),
        };
        match self {
            Self::Document { kind, words, .. } => format!("{}{}", title(kind), worded(words)),
            Self::Prior { kind, words, span } => {
                format!("{}{} of the {span} before", title(kind), worded(words))
            }
            Self::Entry { kind, words } => format!("an entry ({kind}){}", worded(words)),
            Self::Registration => "the registration".into(),
        }
    }
}

/// What a document type is called, in lower case.
pub(crate) fn title(kind: &str) -> String {
    let known = chart::document_type::document_types().by_key(kind);
    known.map_or_else(|| kind.replace('-', " "), |one| one.title.to_lowercase())
}

/// The record around one encounter, as needs and conditions look into it.
pub(crate) struct Seen<'a> {
    pub(crate) record: &'a Record,
    pub(crate) facts: &'a Facts<'a>,
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) now: Timestamp,
    pub(crate) zone: &'a TimeZone,
    /// Title and text of each of the record's documents in lower case, in the same order.
    pub(crate) texts: &'a [String],
}

impl<'a> Seen<'a> {
    /// When a document was written, as far as anyone says.
    pub(crate) fn written(document: &Document) -> Timestamp {
        document.content.written.map_or(document.origin.received, chart::date::When::sort_key)
    }

    /// Title and text of a document in lower case.
    pub(crate) fn text(&self, document: &Document) -> &'a str {
        let at = self.record.documents.iter().position(|one| one.id == document.id);
        at.and_then(|at| self.texts.get(at)).map_or("", String::as_str)
    }

    /// Everything that fills a place, in the order it was written.
    pub(crate) fn fillings(&self, need: &Need, within: Within, event: Option<&Event>) -> Vec<Filled<'a>> {
        need.0.iter().flat_map(|way| self.way(way, within, event)).collect()
    }

    fn way(&self, way: &Way, within: Within, event: Option<&Event>) -> Vec<Filled<'a>> {
        match way {
            Way::Document { kind, words, in_title } => {
                let said = |one: &Document| match in_title {
                    true => words.occur_in(&one.content.title.to_lowercase()),
                    false => words.occur_in(self.text(one)),
                };
                let fits = |one: &&Document| {
                    one.content.type_key() == Some(kind)
                        && self.is_within(Self::written(one), within, event)
                        && said(one)
                };
                self.pool(within).filter(fits).map(Filled::Document).collect()
            }
            Way::Prior { kind, words, span } => {
                self.prior(kind, words, *span).map(Filled::Document).collect()
            }
            Way::Entry { kind, words } => {
                let fits = |one: &&&Entry| one.content.kind() == kind && words.occur_in(&about(&one.content));
                self.facts.entries.iter().filter(fits).map(|_| Filled::Entry).collect()
            }
            Way::Registration => vec![Filled::Registration],
        }
    }

    fn pool(&self, within: Within) -> Box<dyn Iterator<Item = &'a Document> + '_> {
        match within {
            Within::Chart => Box::new(self.record.documents.iter().filter(|one| counts(one))),
            _ => Box::new(self.facts.documents.iter().copied()),
        }
    }

    /// Documents of the encounter, or of an earlier one, written no longer than a span before the admission.
    fn prior<'s>(
        &'s self,
        kind: &'s str,
        words: &'s Words,
        span: Span,
    ) -> impl Iterator<Item = &'a Document> + 's {
        let fits = move |one: &&Document| {
            let Some(admitted) = self.facts.admitted else { return false };
            let at = Self::written(one);
            counts(one)
                && (at < admitted || one.encounter == Some(self.facts.encounter.id))
                && due(at, span, self.zone) >= admitted
                && one.content.type_key() == Some(kind)
                && words.occur_in(self.text(one))
        };
        self.record.documents.iter().filter(fits)
    }

    /// Whether an instant lies where a row looks.
    pub(crate) fn is_within(&self, at: Timestamp, within: Within, event: Option<&Event>) -> bool {
        let Some(event) = event else { return true };
        let same = || self.facts.of_class(event.class);
        match within {
            Within::Stay | Within::Chart => true,
            Within::Event => {
                let next = same().map(|one| one.start).find(|start| *start > event.start);
                at >= event.start && next.is_none_or(|next| at < next)
            }
            Within::Before => {
                let previous = same().map(|one| one.end).filter(|end| *end < event.start).max();
                at <= event.end && previous.is_none_or(|previous| at > previous)
            }
            Within::After => at >= event.start,
        }
    }

    /// Whether the history and physical that serves was written before the admission.
    pub(crate) fn prior_history(&self) -> bool {
        let Some(admitted) = self.facts.admitted else { return false };
        let of_kind = |one: &&&Document| one.content.type_key() == Some("history-and-physical");
        let mut own = self.facts.documents.iter().filter(of_kind).map(|one| Self::written(one)).peekable();
        if own.peek().is_some() {
            return own.all(|written| written < admitted);
        }
        let words = Words::parse("history and physical");
        let month = Span::days(30);
        ["history-and-physical", "consultation"]
            .iter()
            .any(|kind| self.prior(kind, &words, month).next().is_some())
    }

    /// Whether tissue was taken in an event, by its words or those of the surgeon's notes on it.
    pub(crate) fn tissue_taken(&self, event: &Event) -> bool {
        let notes = ["operative-report", "brief-operative-note", "procedure-note"];
        let of_event = |one: &&&Document| {
            one.content.type_key().is_some_and(|kind| notes.contains(&kind))
                && self.is_within(Self::written(one), Within::Event, Some(event))
        };
        self.vocabulary.tissue.occur_in(&event.what.to_lowercase())
            || self
                .facts
                .documents
                .iter()
                .filter(of_event)
                .any(|one| self.vocabulary.tissue.occur_in(self.text(one)))
    }

    /// Whether the patient went to intensive care within an hour of an event, or was there.
    pub(crate) fn intensive_care_after(&self, event: &Event) -> bool {
        let units = &self.vocabulary.intensive_care;
        let later = event.end.checked_add(SignedDuration::from_hours(1)).unwrap_or(event.end);
        self.facts.was_at(event.end, units) || self.facts.was_at(later, units)
    }

    /// Whether the stay is, or was, longer than a span.
    pub(crate) fn stay_is_over(&self, span: Span) -> bool {
        let end = self.facts.discharged.unwrap_or(self.now);
        self.facts.admitted.is_some_and(|admitted| end > due(admitted, span, self.zone))
    }

    /// Whether a document of one of these types is here, for the event if there is one.
    pub(crate) fn any_document(&self, kinds: &[String], event: Option<&Event>) -> bool {
        self.facts.documents.iter().any(|one| {
            one.content.type_key().is_some_and(|kind| kinds.iter().any(|known| known == kind))
                && self.is_within(Self::written(one), Within::Event, event)
        })
    }

    /// Whether a document of the encounter says one of these words.
    pub(crate) fn any_says(&self, words: &Words) -> bool {
        self.facts.documents.iter().any(|one| words.occur_in(self.text(one)))
    }

    /// The first event of a class.
    pub(crate) fn first(&self, class: &str) -> Option<Timestamp> {
        Class::by_key(class).and_then(|class| self.facts.of_class(class).next()).map(|event| event.start)
    }
}

/// What an entry is about, in lower case, with its category.
fn about(content: &EntryContent) -> String {
    let category = match content {
        EntryContent::Order(one) => one.category.as_str(),
        EntryContent::Medication(one) => one.category.as_str(),
        EntryContent::Result(one) => one.category.as_str(),
        EntryContent::Report(one) => one.category.as_str(),
        _ => "",
    };
    format!("{} {category}", content.what().text).to_lowercase()
}
