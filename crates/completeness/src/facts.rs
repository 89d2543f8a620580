//! The facts of an encounter on which conditions and clocks rest.

use chart::document::{Document, DocumentStatus};
use chart::encounter::{Encounter, Stay};
use chart::entry::{Entry, EntryContent};
use chart::patient::Death;
use chart::record::Record;
use jiff::Timestamp;

use crate::event::{Class, Event, Vocabulary};

/// What is known of an encounter, read once for all rules.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// The encounter.
    pub encounter: &'a Encounter,
    /// Admission or beginning.
    pub admitted: Option<Timestamp>,
    /// Discharge or end; `None` while the patient is here.
    pub discharged: Option<Timestamp>,
    /// Whether the patient has left.
    pub closed: bool,
    /// Whether the stay ended in death.
    pub died: bool,
    /// Whether the patient was on a unit or service of psychiatry or of treatment for substance use.
    pub psychiatric: bool,
    /// Interventions, by class and beginning.
    pub events: Vec<Event>,
    /// The encounter's documents that count, in the order they were written.
    pub documents: Vec<&'a Document>,
    /// The encounter's entries that count.
    pub entries: Vec<&'a Entry>,
}

/// The patient discharge status codes that mean death (NUBC form locator 17).
const DIED: [&str; 4] = ["20", "40", "41", "42"];

impl<'a> Facts<'a> {
    /// Reads them; `None` for a stay that is only planned or was cancelled: nothing is owed for it.
    pub(crate) fn of(record: &'a Record, encounter: &'a Encounter, vocabulary: &Vocabulary) -> Option<Self> {
        let stay = encounter.visit.stay;
        if matches!(stay, Stay::Planned { .. } | Stay::Cancelled { .. }) {
            return None;
        }
        let in_it = |id| id == Some(encounter.id);
        let mut documents: Vec<&Document> =
            record.documents.iter().filter(|one| in_it(one.encounter) && counts(one)).collect();
        documents.sort_by_key(|one| crate::need::Seen::written(one));
        let entries: Vec<&Entry> =
            record.entries.iter().filter(|one| in_it(one.encounter) && !one.in_error).collect();
        Some(Self {
            encounter,
            admitted: stay.since(),
            discharged: stay.until(),
            closed: matches!(stay, Stay::Closed { .. }),
            died: died(record, encounter),
            psychiatric: psychiatric(encounter, vocabulary),
            events: vocabulary.events(entries.iter().copied()),
            documents,
            entries,
        })
    }

    /// The events of a class, by their beginning.
    pub fn of_class(&self, class: Class) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(move |event| event.class == class)
    }

    /// The patient discharge status, if known.
    #[must_use]
    pub fn disposition(&self) -> Option<&str> {
        let disposition = self.encounter.visit.disposition.as_ref()?;
        disposition.codings.first().map(|coding| coding.code.as_str())
    }

    /// Whether the patient was on a unit named so at an instant.
    pub(crate) fn was_at(&self, at: Timestamp, units: &crate::words::Words) -> bool {
        let moves = &self.encounter.visit.moves;
        let here = moves.iter().rfind(|one| one.from.is_some_and(|from| from <= at));
        here.is_some_and(|one| units.occur_in(&one.place.unit.to_lowercase()))
    }

    /// Entries with their orders.
    pub(crate) fn orders(&self) -> impl Iterator<Item = (&'a Entry, &'a chart::entry::Order)> {
        self.entries.iter().filter_map(|entry| match &entry.content {
            EntryContent::Order(order) => Some((*entry, order)),
            _ => None,
        })
    }
}

/// Whether a document counts: not withdrawn and not replaced.
pub(crate) fn counts(document: &Document) -> bool {
    !matches!(document.content.status, DocumentStatus::EnteredInError | DocumentStatus::Superseded)
}

fn died(record: &Record, encounter: &Encounter) -> bool {
    let code = encounter.visit.disposition.as_ref().and_then(|one| one.codings.first());
    if code.is_some_and(|code| DIED.contains(&code.code.as_str())) {
        return true;
    }
    let Some(Death::At(when)) = record.patient.demographics.death else { return false };
    let at = when.sort_key();
    encounter.visit.stay.since().is_some_and(|since| since <= at)
        && encounter.visit.stay.until().is_some_and(|until| at <= until)
}

fn psychiatric(encounter: &Encounter, vocabulary: &Vocabulary) -> bool {
    let units = encounter.visit.moves.iter().map(|one| one.place.unit.as_str());
    let service = encounter.visit.service.iter().map(|one| one.text.as_str());
    units.chain(service).any(|name| vocabulary.psychiatric.occur_in(&name.to_lowercase()))
}
