//! Messages and documents of other systems, whole: every one is applied, kept or rejected with its reason.

use std::collections::BTreeMap;
use std::path::PathBuf;

use exchange::{cda, hl7};
use jiff::tz::TimeZone;
use store::arrivals::State;
use workflow::intake::{Outcome, apply};
use workflow::interface::receive;

use crate::house::House;

/// The files of a folder of the corpus in order of name; nothing where it is absent.
fn files(folder: &str) -> Vec<PathBuf> {
    let shared = std::env::var_os("CHARTROOM_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let Ok(entries) = std::fs::read_dir(shared.join("data/at-hand").join(folder)) else {
        println!("skipped: {folder}: the corpus is not at hand");
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    files.sort();
    files
}

#[tokio::test]
async fn every_message_of_the_corpus_is_accounted_for() {
    let files = files("hl7v2");
    let source = hl7::Source { name: "corpus".into(), zone: TimeZone::UTC };
    let mut states: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for file in &files {
        // Samples share control ids, and each tells a story of its own.
        let house = House::new().await;
        let bytes = std::fs::read(file).expect("readable");
        let received =
            receive(&house.store, &mut house.system(), bytes, &source).await.expect("the store works");
        let state = match received.state {
            State::Applied => "applied",
            State::Rejected => "rejected",
            _ => "other",
        };
        states
            .entry(state)
            .or_default()
            .push(file.file_stem().unwrap_or_default().to_string_lossy().into_owned());
    }
    for (state, names) in &states {
        println!("{state}: {}", names.len());
    }
    println!("rejected: {:?}", states.get("rejected"));
    if !files.is_empty() {
        assert_eq!(files.len(), 139);
        assert_eq!(states.get("other"), None);
        assert!(states["applied"].len() >= 125, "{:?}", states.get("rejected"));
    }
}

#[tokio::test]
async fn all_messages_into_one_hospital() {
    let files = files("hl7v2");
    let source = hl7::Source { name: "corpus".into(), zone: TimeZone::UTC };
    let house = House::new().await;
    let mut outcomes: BTreeMap<&str, u32> = BTreeMap::new();
    for _ in 0..2 {
        let read = |file: &PathBuf| hl7::read(&std::fs::read(file).expect("readable"), &source)?.arrival();
        let incoming: Vec<_> = files.iter().filter_map(|file| read(file).ok()).map(Into::into).collect();
        for verdict in apply(&house.store, &mut house.system(), incoming).await.expect("the store works") {
            *outcomes.entry(verdict.outcome.key()).or_default() += 1;
        }
        println!("{outcomes:?}");
    }
}

#[tokio::test]
async fn every_clinical_document_of_the_corpus_is_applied_once() {
    let files = files("ccda");
    let source = cda::Source { name: "corpus".into(), zone: TimeZone::UTC };
    let house = House::new().await;
    for expected in [Outcome::Applied, Outcome::Unchanged] {
        for file in &files {
            let bytes = std::fs::read(file).expect("readable");
            let arrival = cda::read(&bytes, &source).expect("every one can be read");
            let verdicts = apply(&house.store, &mut house.system(), vec![arrival.into()])
                .await
                .expect("the store works");
            println!("{}: {:?}", file.display(), verdicts[0].outcome.key());
            if expected == Outcome::Applied {
                assert_eq!(verdicts[0].outcome, expected, "{}", file.display());
            }
        }
    }
    if !files.is_empty() {
        assert_eq!(files.len(), 22);
    }
}
