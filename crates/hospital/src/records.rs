//! The written charts as whole records, for engines that are tried on them without a database.

use std::collections::BTreeMap;

use chart::document::Document;
use chart::encounter::Encounter;
use chart::entry::Entry;
use chart::id::{DocumentId, EncounterId, EntryId, PatientId};
use chart::intake::{Arrival, Change, Channel, Origin, SourceKey};
use chart::patient::{Demographics, Patient, Standing};
use chart::record::Record;
use jiff::civil::{Date, date};

use crate::Staff;
use crate::expected::Expected;
use crate::keys::instant;
use crate::written;

/// A chart written by hand, with what its author says is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenChart {
    /// Its folder: `01-heart-failure`.
    pub folder: String,
    /// The record. Identifiers are numbered in the order of the file.
    pub record: Record,
    /// What is wrong with it.
    pub expected: Vec<Expected>,
}

/// Every written chart, in order.
#[must_use]
pub fn charts() -> Vec<WrittenChart> {
    let staff = Staff::load();
    let chart = |folder: String| WrittenChart {
        record: record(written::arrival(&folder, &staff)),
        expected: written::expected(&folder),
        folder,
    };
    written::folders().into_iter().map(chart).collect()
}

/// Whole records of at least `encounters` encounters of the generated hospital, up to `last_day`.
#[must_use]
pub fn generated_records(encounters: u32, last_day: Date) -> Vec<Record> {
    crate::generate::arrivals(&Staff::load(), encounters, last_day).into_iter().map(record).collect()
}

fn record(arrival: Arrival) -> Record {
    let mut reading = Reading::default();
    for change in arrival.changes {
        reading.take(change);
    }
    reading.record
}

/// A record that is being put together.
struct Reading {
    record: Record,
    encounters: BTreeMap<SourceKey, EncounterId>,
    next: u128,
}

impl Default for Reading {
    fn default() -> Self {
        let patient = Patient {
            id: PatientId::from_bits(1),
            version: 1,
            demographics: Demographics::default(),
            standing: Standing::Active,
            restriction: None,
        };
        let record = Record { patient, encounters: Vec::new(), documents: Vec::new(), entries: Vec::new() };
        Self { record, encounters: BTreeMap::new(), next: 1 }
    }
}

impl Reading {
    fn number(&mut self) -> u128 {
        self.next += 1;
        self.next
    }

    fn encounter(&self, key: Option<SourceKey>) -> Option<EncounterId> {
        key.and_then(|key| self.encounters.get(&key).copied())
    }

    fn take(&mut self, change: Change) {
        let patient = self.record.patient.id;
        match change {
            Change::Patient { demographics, .. } => self.record.patient.demographics = *demographics,
            Change::Encounter { key, visit, .. } => {
                let id = EncounterId::from_bits(self.number());
                self.encounters.insert(key.clone(), id);
                let origin = origin(key);
                self.record.encounters.push(Encounter { id, version: 1, patient, visit: *visit, origin });
            }
            Change::Entry { key, encounter, content, .. } => {
                let (id, encounter) = (EntryId::from_bits(self.number()), self.encounter(encounter));
                let (content, origin) = (*content, origin(key));
                let entry = Entry { id, version: 1, patient, encounter, content, in_error: false, origin };
                self.record.entries.push(entry);
            }
            Change::Document { key, encounter, content, .. } => {
                let (id, encounter) = (DocumentId::from_bits(self.number()), self.encounter(encounter));
                let (content, origin) = (*content, origin(key));
                self.record.documents.push(Document { id, version: 1, patient, encounter, content, origin });
            }
            other => unreachable!("a written chart brings no {other:?}"),
        }
    }
}

/// The hospital's own key of a thing, as if it had come on the demo's last day.
fn origin(key: SourceKey) -> Origin {
    let received = instant(date(2026, 11, 20).at(7, 0, 0, 0));
    Origin { channel: Channel::Hand, key: Some(key), original: None, received }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_charts_are_whole_records() {
        let charts = charts();
        assert!(charts.len() >= 24, "{} charts", charts.len());
        for chart in &charts {
            let record = &chart.record;
            assert!(!record.patient.demographics.names.is_empty(), "{}", chart.folder);
            assert!(!record.encounters.is_empty() && !record.documents.is_empty(), "{}", chart.folder);
            assert!(record.documents.iter().any(|one| one.encounter.is_some()), "{}", chart.folder);
        }
    }
}
