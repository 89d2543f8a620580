//! Stores to tell stories on: the same story runs in memory, on a file and on PostgreSQL.

use std::path::PathBuf;

use chart::document::{Document, DocumentContent, Section};
use chart::encounter::{Encounter, Visit};
use chart::entry::{Diagnosis, Entry, EntryContent};
use chart::id::{Digest, DocumentId, EncounterId, EntryId, PatientId, UserId};
use chart::intake::{Channel, KeyKind, Origin, Original, SourceKey};
use chart::patient::{Demographics, Identifier, Name, Patient, Standing};
use jiff::Timestamp;
use sqlx::{AssertSqlSafe, Connection, Executor};
use store::Store;
use store::audit::{Action, Actor, Event};

/// Where the tests find a PostgreSQL server; `cargo xtask postgres -- cargo test` sets it.
pub(crate) const POSTGRES: &str = "CHARTROOM_TEST_POSTGRES";

/// A story, told three times.
macro_rules! story {
    ($(#[$doc:meta])* async fn $name:ident($store:ident: &Store) $body:block) => {
        $(#[$doc])*
        mod $name {
            #[allow(unused_imports, reason = "not every story needs what its file imports")]
            use super::*;

            async fn story($store: &store::Store) $body

            #[tokio::test(flavor = "multi_thread")]
            async fn in_memory() {
                story(&$crate::house::memory().await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_a_file() {
                story(&$crate::house::file(concat!(module_path!(), stringify!($name))).await.0).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgres() {
                if let Some(store) = $crate::house::postgres(concat!(module_path!(), stringify!($name))).await {
                    story(&store).await;
                }
            }
        }
    };
}
pub(crate) use story;

/// A story whose teller also needs the address: told on a file and on PostgreSQL.
macro_rules! story_at {
    ($(#[$doc:meta])* async fn $name:ident($store:ident: &Store, $url:ident: &str) $body:block) => {
        $(#[$doc])*
        mod $name {
            #[allow(unused_imports, reason = "not every story needs what its file imports")]
            use super::*;

            async fn story($store: &store::Store, $url: &str) $body

            #[tokio::test(flavor = "multi_thread")]
            async fn on_a_file() {
                let (store, url) = $crate::house::file(concat!(module_path!(), stringify!($name))).await;
                story(&store, &url).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgres() {
                if let Some(url) = $crate::house::postgres_url(concat!(module_path!(), stringify!($name))).await {
                    story(&$crate::house::migrated(&url).await, &url).await;
                }
            }
        }
    };
}
pub(crate) use story_at;

/// An empty store in memory.
pub(crate) async fn memory() -> Store {
    migrated("sqlite::memory:").await
}

/// An empty store on a file of this name, and its address.
pub(crate) async fn file(name: &str) -> (Store, String) {
    let url = format!("sqlite:{}", path(name, "db").display());
    (migrated(&url).await, url)
}

/// A path that nothing is at.
pub(crate) fn path(name: &str, extension: &str) -> PathBuf {
    let name = name.replace("::", "-");
    let path =
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}.{extension}", std::process::id()));
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
    path
}

/// An empty store in a schema of its own, where there is a server.
pub(crate) async fn postgres(name: &str) -> Option<Store> {
    Some(migrated(&postgres_url(name).await?).await)
}

/// The address of an empty schema, where there is a server.
pub(crate) async fn postgres_url(name: &str) -> Option<String> {
    let Ok(server) = std::env::var(POSTGRES) else {
        println!("skipped: no PostgreSQL server in {POSTGRES}");
        return None;
    };
    let schema: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    // PostgreSQL cuts names at 63 bytes; the digest keeps them apart.
    let schema = format!(
        "s{}_{}",
        &Digest::of(name.as_bytes()).to_string()[..12],
        &schema[schema.len().saturating_sub(40)..]
    );
    let mut connection = sqlx::PgConnection::connect(&server).await.expect("the server is up");
    for sql in [format!("drop schema if exists {schema} cascade"), format!("create schema {schema}")] {
        connection.execute(AssertSqlSafe(sql)).await.expect("the test user may make schemas");
    }
    let join = if server.contains('?') { '&' } else { '?' };
    Some(format!("{server}{join}options[search_path]={schema}"))
}

/// The store at `url`, migrated.
pub(crate) async fn migrated(url: &str) -> Store {
    let store = Store::open(url).await.expect("the store opens");
    store.migrate().await.expect("the store migrates");
    store
}

/// Ten o'clock on a day in 2026, and `seconds` later.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_770_000_000 + seconds).expect("an instant")
}

/// An event of the tests' own.
pub(crate) fn event(action: &'static str) -> Event {
    Event::new(at(0), Actor::User { id: UserId::from_bits(1), role: "clerk".into() }, Action::new(action))
}

pub(crate) fn patient_id(number: u128) -> PatientId {
    PatientId::from_bits(number)
}

/// A patient of this number with this family and given name.
pub(crate) fn patient(number: u128, family: &str, given: &str) -> Patient {
    let name = Name { family: family.into(), given: vec![given.into()], ..Name::default() };
    let record_number = Identifier { system: "MRN".into(), value: format!("M{number}"), kind: "MR".into() };
    Patient {
        id: patient_id(number),
        version: 1,
        demographics: Demographics {
            identifiers: vec![record_number],
            names: vec![name],
            birth: "1957-03-02".parse().ok(),
            ..Demographics::default()
        },
        standing: Standing::Active,
        restriction: None,
    }
}

/// An origin with a key of the tests' own system.
pub(crate) fn origin(kind: KeyKind, key: &str, original: Option<Digest>) -> Origin {
    let key = Some(SourceKey::new("test", kind, key));
    Origin { channel: Channel::Fhir, key, original, received: at(5) }
}

pub(crate) fn encounter(number: u128, patient: PatientId) -> Encounter {
    let origin = origin(KeyKind::Encounter, &format!("e{number}"), None);
    Encounter { id: EncounterId::from_bits(number), version: 1, patient, visit: Visit::default(), origin }
}

/// A diagnosis of this number in these words.
pub(crate) fn diagnosis(number: u128, patient: PatientId, words: &str) -> Entry {
    let what = chart::coded::Coded::new(chart::coded::system::ICD10CM, "J18.9", words);
    Entry {
        id: EntryId::from_bits(number),
        version: 1,
        patient,
        encounter: None,
        content: EntryContent::Diagnosis(Diagnosis { what, ..Diagnosis::default() }),
        in_error: false,
        origin: origin(KeyKind::Entry, &format!("d{number}"), None),
    }
}

/// A document of this number, title and text.
pub(crate) fn document(number: u128, patient: PatientId, title: &str, text: &str) -> Document {
    let section = Section { text: text.into(), ..Section::default() };
    Document {
        id: DocumentId::from_bits(number),
        version: 1,
        patient,
        encounter: None,
        content: DocumentContent {
            title: title.into(),
            sections: vec![section],
            ..DocumentContent::default()
        },
        origin: origin(KeyKind::Document, &format!("doc{number}"), None),
    }
}

/// Commits patients 1 to `count`, named Doe and by their number.
pub(crate) async fn with_patients(store: &Store, count: u128) {
    let mut tx = store.begin().await.expect("a transaction");
    let all: Vec<Patient> = (1..=count).map(|number| patient(number, "Doe", &number.to_string())).collect();
    store::patients::insert_all(&mut tx, &all, at(0)).await.expect("they are new");
    tx.commit(event("patient-create")).await.expect("it commits");
}

/// Runs a statement behind the store's back.
pub(crate) async fn meddle(url: &str, sql: &'static str) {
    let mut connection = sqlx::AnyConnection::connect(url).await.expect("the database is there");
    connection.execute(sql).await.expect("whoever meddles knows the tables");
    connection.close().await.expect("it closes");
}

/// An original with this text.
pub(crate) fn original(text: &str) -> Original {
    Original { media_type: "text/plain".into(), bytes: text.as_bytes().to_vec() }
}
