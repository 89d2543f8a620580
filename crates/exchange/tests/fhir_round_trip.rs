//! What is written as FHIR is read back as it was.
//!
//! With `CHARTROOM_FHIR_WRITTEN` set to a file name, everything written is added to that file, a resource on each line,
//! so that an independent validator can read it (`docs/fhir.md`).

mod fhir_support;

use std::io::Write as _;

use chart::document::Document;
use chart::encounter::Encounter;
use chart::entry::{Charge, Entry, EntryContent};
use chart::id::{DocumentId, EncounterId, EntryId, PartyId, PatientId};
use chart::intake::{Change, Channel, KeyKind, Origin, SourceKey};
use chart::patient::{Patient, Standing};
use exchange::fhir::json::Json;
use exchange::fhir::{Source, read_resource, write};
use jiff::Timestamp;
use proptest::prelude::*;

use fhir_support as values;

/// The sender's own references are kept; everything else is written by its key.
struct Senders;

impl write::Refs for Senders {
    fn reference(&self, key: &SourceKey) -> Option<String> {
        (key.system == values::SYSTEM).then(|| key.key.clone())
    }
}

fn source() -> Source {
    Source { system: values::SYSTEM.into(), zone: jiff::tz::TimeZone::UTC }
}

fn origin() -> Origin {
    let key = SourceKey::new(values::SYSTEM, KeyKind::Entry, "X/1");
    Origin { channel: Channel::Fhir, key: Some(key), original: None, received: Timestamp::UNIX_EPOCH }
}

/// The first change that the written resource is read as; nothing may be remarked.
fn read_back(written: &Json) -> Change {
    let bytes = written.to_vec();
    add_to_file(written);
    let arrival = read_resource(&bytes, &source()).unwrap_or_else(|refusal| panic!("{refusal}\n{written}"));
    assert!(arrival.remarks.is_empty(), "{:?}\n{written}", arrival.remarks);
    arrival.changes.into_iter().next().expect("a change")
}

fn add_to_file(written: &Json) {
    let Some(path) = std::env::var_os("CHARTROOM_FHIR_WRITTEN") else { return };
    let mut file = std::fs::File::options().append(true).create(true).open(path).expect("the file opens");
    file.write_all(format!("{written}\n").as_bytes()).expect("the file takes a line");
}

fn own_key(kind: KeyKind, resource_type: &str, id: &str) -> SourceKey {
    SourceKey::new(values::SYSTEM, kind, format!("{resource_type}/{id}"))
}

fn entry_of(content: EntryContent) -> Entry {
    Entry {
        id: EntryId::from_bits(7),
        version: 3,
        patient: PatientId::from_bits(1),
        encounter: Some(EncounterId::from_bits(2)),
        content,
        in_error: false,
        origin: origin(),
    }
}

proptest! {
    #[test]
    fn patients_come_back(demographics in values::demographics()) {
        let patient = Patient {
            id: PatientId::from_bits(1),
            version: 1,
            demographics: demographics.clone(),
            standing: Standing::Active,
            restriction: None,
        };
        let written = write::patient(&patient, &Senders);
        let Change::Patient { demographics: read, .. } = read_back(&written) else { panic!("no patient") };
        prop_assert_eq!(*read, demographics, "{}", written);
    }

    #[test]
    fn encounters_come_back(visit in values::visit()) {
        let encounter = Encounter {
            id: EncounterId::from_bits(2),
            version: 1,
            patient: PatientId::from_bits(1),
            visit: visit.clone(),
            origin: origin(),
        };
        let written = write::encounter(&encounter, &Senders);
        let Change::Encounter { visit: read, patient, .. } = read_back(&written) else { panic!("no encounter") };
        prop_assert_eq!(*read, visit, "{}", written);
        prop_assert_eq!(patient, own_key(KeyKind::Patient, "Patient", &PatientId::from_bits(1).to_string()));
    }

    #[test]
    fn entries_come_back(content in values::content()) {
        let entry = entry_of(content.clone());
        let written = write::entry(&entry, &Senders);
        let Change::Entry { key, content: read, encounter, .. } = read_back(&written) else { panic!("no entry") };
        prop_assert_eq!(*read, content.clone(), "{}", written);
        let own = own_key(KeyKind::Entry, write::resource_type(&content), &entry.id.to_string());
        prop_assert_eq!(key, own);
        // A policy belongs to a person and to no encounter.
        prop_assert_eq!(encounter.is_some(), !matches!(content, EntryContent::Coverage(_)));
    }

    #[test]
    fn documents_come_back(content in values::document()) {
        let document = Document {
            id: DocumentId::from_bits(5),
            version: 2,
            patient: PatientId::from_bits(1),
            encounter: Some(EncounterId::from_bits(2)),
            content: content.clone(),
            origin: origin(),
        };
        let written = write::composition(&document, &Senders);
        let Change::Document { content: read, .. } = read_back(&written) else { panic!("no document") };
        prop_assert_eq!(*read, content.clone(), "{}", written);

        let files = write::document_reference(&document, &Senders);
        if !matches!(content.status, chart::document::DocumentStatus::EnteredInError) {
            let Change::Document { content: read, .. } = read_back(&files) else { panic!("no document") };
            prop_assert!(read.attachments.ends_with(&content.attachments), "{}", files);
            prop_assert_eq!(read.plain_text(), content.plain_text().trim().to_owned());
        }
    }

    #[test]
    fn the_directory_comes_back(party in values::party()) {
        let written = write::party(PartyId::from_bits(9), &party, &Senders);
        let Change::Party { party: read, .. } = read_back(&written) else { panic!("no party") };
        prop_assert_eq!(*read, party, "{}", written);
    }
}

#[test]
fn what_is_withdrawn_is_read_as_withdrawn() {
    for content in [EntryContent::Diagnosis(Default::default()), EntryContent::Result(Default::default())] {
        let entry = Entry { in_error: true, ..entry_of(content) };
        assert!(matches!(read_back(&write::entry(&entry, &Senders)), Change::Withdraw { .. }));
    }
}

#[test]
fn a_merged_patient_names_the_one_that_survives() {
    let standing =
        Standing::Merged { into: PatientId::from_bits(8), merge: chart::id::MergeId::from_bits(1) };
    let id = PatientId::from_bits(1);
    let patient = Patient { id, version: 4, demographics: Default::default(), standing, restriction: None };
    let bytes = write::patient(&patient, &Senders).to_vec();
    let arrival = read_resource(&bytes, &source()).unwrap();
    let key = |id: PatientId| own_key(KeyKind::Patient, "Patient", &id.to_string());
    let merge = Change::Merge { survivor: key(PatientId::from_bits(8)), absorbed: key(id) };
    assert_eq!(arrival.changes[1..], [merge]);
}

#[test]
fn a_charge_is_written_to_the_cent() {
    let charge = Charge { amount_cents: Some(-1_205), quantity: "2".into(), ..Charge::default() };
    let written = write::entry(&entry_of(EntryContent::Charge(charge)), &Senders).to_string();
    assert!(written.contains(r#""priceOverride":{"value":-12.05,"currency":"USD"}"#), "{written}");
}
