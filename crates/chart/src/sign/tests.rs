//! Signs found in a small record.

use jiff::tz::TimeZone;

use super::*;
use crate::coded::{Coded, system};
use crate::date::When;
use crate::document::{Document, DocumentContent, DocumentStatus, Section};
use crate::entry::{Entry, EntryContent, Finding, Medication, Value};
use crate::id::{DocumentId, EncounterId, EntryId, PatientId};
use crate::intake::{Channel, Origin};
use crate::patient::{Demographics, Patient, Standing};
use crate::record::Record;

const HERE: EncounterId = EncounterId::from_bits(1);

fn origin() -> Origin {
    Origin { channel: Channel::Hand, original: None, key: None, received: jiff::Timestamp::UNIX_EPOCH }
}

fn document(kind: &str, heading: &str, text: &str) -> Document {
    let section = Section { title: heading.into(), text: text.into(), ..Section::default() };
    let content = DocumentContent {
        kind: Coded::new(system::DOCUMENT_TYPE, kind, kind),
        title: kind.into(),
        status: DocumentStatus::Final,
        written: None,
        authors: Vec::new(),
        signatures: Vec::new(),
        sections: vec![section],
        attachments: Vec::new(),
        relation: None,
        identifiers: Vec::new(),
    };
    let id = DocumentId::from_bits(5);
    Document {
        id,
        version: 1,
        patient: PatientId::from_bits(1),
        encounter: Some(HERE),
        content,
        origin: origin(),
    }
}

fn entry(content: EntryContent) -> Entry {
    let (id, patient) = (EntryId::from_bits(7), PatientId::from_bits(1));
    Entry { id, version: 1, patient, encounter: Some(HERE), content, in_error: false, origin: origin() }
}

fn record(documents: Vec<Document>, entries: Vec<Entry>) -> Record {
    let patient = Patient {
        id: PatientId::from_bits(1),
        version: 1,
        demographics: Demographics::default(),
        standing: Standing::Active,
        restriction: None,
    };
    Record { patient, encounters: Vec::new(), documents, entries }
}

/// The quotes under which a sign is found.
fn found(record: &Record, key: &str) -> Vec<String> {
    let sign = signs().by_key(key).expect("the table has it");
    let zone = TimeZone::UTC;
    let view = View::new(record, HERE, &zone);
    let found = view.indicators(sign);
    assert_eq!(view.has(sign), !found.is_empty());
    found.into_iter().map(|one| one.quote).collect()
}

fn written(kind: &str, heading: &str, text: &str, key: &str) -> Vec<String> {
    found(&record(vec![document(kind, heading, text)], Vec::new()), key)
}

#[test]
fn what_is_denied_ruled_out_or_of_the_family_is_not_found() {
    let note = |text: &str| written("progress-note", "Assessment", text, "sepsis");
    assert_eq!(note("1. Sepsis, E. coli. Better."), ["1. Sepsis, E. coli."]);
    assert_eq!(note("possible sepsis"), ["possible sepsis"], "what is uncertain is written all the same");
    assert!(note("No fever, chills or sepsis.").is_empty());
    assert!(note("Sepsis ruled out.").is_empty());
    assert!(note("Denies pain; without sepsis").is_empty());
    assert!(written("progress-note", "Family history", "Sepsis in 2010.", "sepsis").is_empty());
    assert_eq!(note("No fever but sepsis cannot be excluded.").len(), 1);
}

#[test]
fn a_diagnosis_is_a_providers_and_a_finding_anybodys() {
    assert!(written("dietitian-note", "", "Severe malnutrition.", "malnutrition").is_empty());
    assert_eq!(written("dietitian-note", "", "Severe malnutrition.", "dietitian-malnutrition").len(), 1);
    assert_eq!(written("discharge-summary", "", "Severe malnutrition.", "malnutrition").len(), 1);
    assert!(written("incident-report", "", "Found confused.", "mental-change").is_empty());
}

#[test]
fn a_value_is_found_by_its_code_in_a_known_unit() {
    let of = |unit: &str| {
        let value = Value::Quantity { comparator: String::new(), number: "101.3".into(), unit: unit.into() };
        let what = Coded::new(system::LOINC, "8310-5", "Body temperature");
        let at = Some(When::Instant(jiff::Timestamp::UNIX_EPOCH));
        let finding = Finding { what, value, at, ..Finding::default() };
        found(&record(Vec::new(), vec![entry(EntryContent::Result(finding))]), "temperature")
    };
    assert_eq!(of("[degF]"), ["Body temperature 101.3 [degF]"]);
    assert!(of("").is_empty() && of("furlong").is_empty());
}

#[test]
fn what_is_taken_at_home_is_no_treatment_here() {
    let of = |category: &str| {
        let what = Coded::text("Norepinephrine");
        let drug = Medication { what, category: category.into(), ..Medication::default() };
        found(&record(Vec::new(), vec![entry(EntryContent::Medication(drug))]), "vasopressor")
    };
    assert_eq!(of("inpatient"), ["Norepinephrine"]);
    assert!(of("community").is_empty() && of("discharge").is_empty());
}

#[test]
fn a_wrong_table_is_refused() {
    let said = |rows: &str| Signs::read(&format!("# Source: x\nhead\n{rows}")).unwrap_err().to_string();
    assert!(said("a\tnothing\ttext\tA\t\tx\n").contains("is no kind of sign"));
    assert!(said("a\ttext\ttext\tA\t\t(\n").starts_with("line 3: "));
    assert!(said("a\ttext\ttext\tA\t\tx\na\ttext\ttext\tA\t\ty\n").contains("stands above"));
}
