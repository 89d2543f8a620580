//! How fast the store is: `cargo run -p store --example measure -- sqlite:target/measure.db`.
//!
//! Writes one audited change at a time, then as many resources as a hospital of 582 patients has, each with its key,
//! its row, its original and its words, in transactions of 500; every commit is durable.

use std::time::{Duration, Instant};

use chart::coded::{Coded, system};
use chart::document::{Document, DocumentContent, Section};
use chart::entry::{Diagnosis, Entry, EntryContent, Finding, Value};
use chart::id::{DocumentId, EntryId, PatientId};
use chart::intake::{Channel, KeyKind, Origin, Original, SourceKey};
use chart::patient::{Demographics, Patient, Standing};
use jiff::Timestamp;
use store::audit::{Action, Actor, Event};
use store::keys::Target;
use store::{Result, Store, Tx, documents, entries, keys, originals, patients, search};

const RESOURCES: usize = 134_887;
const PATIENTS: usize = 582;
const BATCH: usize = 500;
const SINGLE_WRITES: u128 = 200;
const AT: Timestamp = Timestamp::UNIX_EPOCH;

#[tokio::main]
async fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).ok_or("say which empty database: sqlite:PATH or postgres://…")?;
    let store = Store::open(&url).await?;
    store.migrate().await?;
    let began = Instant::now();
    for number in 0..SINGLE_WRITES {
        let mut tx = store.begin().await?;
        patients::insert(&mut tx, &person(1_000_000 + number), AT).await?;
        tx.commit(event()).await?;
    }
    println!("one audited write: {:.2} ms", millis(began.elapsed()) / SINGLE_WRITES as f64);

    let mut tx = store.begin().await?;
    let people: Vec<Patient> = (0..PATIENTS as u128).map(person).collect();
    patients::insert_all(&mut tx, &people, AT).await?;
    tx.commit(event()).await?;
    let resources: Vec<(Original, Resource)> = (0..RESOURCES).map(resource).collect();
    let began = Instant::now();
    for batch in resources.chunks(BATCH) {
        import(&store, batch).await?;
    }
    let took = began.elapsed();
    println!(
        "import: {RESOURCES} resources in {took:.1?}, {:.0} a second",
        RESOURCES as f64 / took.as_secs_f64()
    );

    let mut view = store.view().await?;
    let began = Instant::now();
    let query = search::Query::read("\"pleural effusion\"").ok_or("it has words")?;
    let hits = search::find(&mut view, &query, &search::Scope::default(), store::Page::first(20)).await?;
    println!("search across all charts: {} hits shown in {:.1} ms", hits.len(), millis(began.elapsed()));
    let began = Instant::now();
    let verdict = store::audit::verify(&mut view, None).await?;
    println!(
        "audit: {} rows verified in {:.1} ms, {:?}",
        verdict.verified,
        millis(began.elapsed()),
        verdict.fault
    );
    Ok(())
}

async fn import(store: &Store, batch: &[(Original, Resource)]) -> Result<()> {
    let mut tx = store.begin().await?;
    let all: Vec<&Original> = batch.iter().map(|(original, _)| original).collect();
    let digests = originals::put(&mut tx, &all).await?;
    let wanted: Vec<SourceKey> = batch.iter().map(|(_, resource)| resource.key()).collect();
    keys::find_all(&mut tx, &wanted).await?;
    write(&mut tx, batch, &digests).await?;
    tx.commit(event()).await?;
    Ok(())
}

async fn write(tx: &mut Tx, batch: &[(Original, Resource)], digests: &[chart::id::Digest]) -> Result<()> {
    let (mut new_entries, mut new_documents, mut bindings) = (Vec::new(), Vec::new(), Vec::new());
    for ((_, resource), digest) in batch.iter().zip(digests) {
        bindings.push((resource.key(), Target { id: resource.id(), original: Some(*digest) }));
        match resource.clone() {
            Resource::Entry(mut entry) => {
                entry.origin.original = Some(*digest);
                new_entries.push(*entry);
            }
            Resource::Document(mut document) => {
                document.origin.original = Some(*digest);
                new_documents.push(*document);
            }
        }
    }
    entries::insert_all(tx, &new_entries).await?;
    documents::insert_all(tx, &new_documents).await?;
    keys::set(tx, &bindings, AT).await
}

#[derive(Clone)]
enum Resource {
    Entry(Box<Entry>),
    Document(Box<Document>),
}

impl Resource {
    fn key(&self) -> SourceKey {
        let origin = match self {
            Self::Entry(one) => &one.origin,
            Self::Document(one) => &one.origin,
        };
        origin.key.clone().expect("every resource of this example has a key")
    }

    fn id(&self) -> String {
        match self {
            Self::Entry(one) => one.id.to_string(),
            Self::Document(one) => one.id.to_string(),
        }
    }
}

/// In the proportions of a hospital: 3 % documents, 5 % diagnoses, the rest results.
fn resource(number: usize) -> (Original, Resource) {
    let id = 10_000_000 + number as u128;
    let patient = PatientId::from_bits((number % PATIENTS) as u128);
    let origin = Origin {
        channel: Channel::Fhir,
        key: Some(SourceKey::new("hospital", KeyKind::Entry, format!("Observation/{number}"))),
        original: None,
        received: AT,
    };
    let resource = match number % 33 {
        0 => Resource::Document(Box::new(document(id, patient, origin))),
        1 | 2 => Resource::Entry(Box::new(entry(id, patient, origin, diagnosis()))),
        _ => Resource::Entry(Box::new(entry(id, patient, origin, result(number)))),
    };
    let json = match &resource {
        Resource::Entry(one) => serde_json::to_vec_pretty(one),
        Resource::Document(one) => serde_json::to_vec_pretty(one),
    };
    let bytes = json.expect("the record's types can be written");
    (Original { media_type: "application/fhir+json".into(), bytes }, resource)
}

fn document(id: u128, patient: PatientId, origin: Origin) -> Document {
    let text = "The patient was admitted with dyspnea and a small left pleural effusion. ".repeat(20);
    let section = Section { title: "Hospital course".into(), text, ..Section::default() };
    let content = DocumentContent {
        title: "Discharge summary".into(),
        sections: vec![section],
        ..DocumentContent::default()
    };
    Document { id: DocumentId::from_bits(id), version: 1, patient, encounter: None, content, origin }
}

fn entry(id: u128, patient: PatientId, origin: Origin, content: EntryContent) -> Entry {
    Entry {
        id: EntryId::from_bits(id),
        version: 1,
        patient,
        encounter: None,
        content,
        in_error: false,
        origin,
    }
}

fn diagnosis() -> EntryContent {
    let what = Coded::new(system::ICD10CM, "J90", "Pleural effusion, not elsewhere classified");
    EntryContent::Diagnosis(Diagnosis { what, ..Diagnosis::default() })
}

fn result(number: usize) -> EntryContent {
    let value = Value::Quantity {
        comparator: String::new(),
        number: format!("{}.{}", 3 + number % 3, number % 10),
        unit: "mmol/L".into(),
    };
    let what = Coded::new(system::LOINC, "2823-3", "Potassium [Moles/volume] in Serum or Plasma");
    EntryContent::Result(Finding {
        what,
        category: "laboratory".into(),
        status: "final".into(),
        value,
        ..Finding::default()
    })
}

fn person(number: u128) -> Patient {
    let id = PatientId::from_bits(number);
    Patient {
        id,
        version: 1,
        demographics: Demographics::default(),
        standing: Standing::Active,
        restriction: None,
    }
}

fn event() -> Event {
    Event::new(AT, Actor::System("measure".into()), Action::new("import"))
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
