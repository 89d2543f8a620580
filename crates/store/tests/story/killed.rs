//! A process that is killed while it writes: what it said was done is there, and nothing is there by half.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use chart::document::DocumentStatus;
use chart::id::UserId;
use store::{Page, Store, audit, documents, entries, patients, signatures};

use crate::house::{at, diagnosis, document, event, patient, patient_id, story_at, with_patients};
use crate::signing::{account, signature};

/// Where the child finds its database; only the child has it.
const DATABASE: &str = "CHARTROOM_TEST_KILLED";
/// How a child says that a patient is committed: this and the number.
const DONE: &str = "committed ";

/// What the child does: a patient with three entries in each transaction, for ever. Without a database it is nobody's
/// child and has nothing to do.
#[tokio::test]
async fn child_that_writes() {
    let Ok(url) = std::env::var(DATABASE) else { return };
    let store = Store::open(&url).await.unwrap();
    let mut view = store.view().await.unwrap();
    let written = patients::count(&mut view, &patients::Query::default()).await.unwrap();
    view.close().await.unwrap();
    for number in u128::try_from(written).unwrap() + 1.. {
        write(&store, number).await;
        println!("{DONE}{number}");
    }
}

async fn write(store: &Store, number: u128) {
    let mut tx = store.begin().await.unwrap();
    patients::insert(&mut tx, &patient(number, "Doe", "Jane"), at(0)).await.unwrap();
    let three: Vec<_> = (0..3).map(|one| diagnosis(number * 3 + one, patient_id(number), "Asthma")).collect();
    entries::insert_all(&mut tx, &three).await.unwrap();
    tx.commit(event("patient-create").patient(patient_id(number))).await.unwrap();
}

/// What the other child does: it signs one document after the other, for ever.
#[tokio::test]
async fn child_that_signs() {
    let Ok(url) = std::env::var(DATABASE) else { return };
    let store = Store::open(&url).await.unwrap();
    let mut view = store.view().await.unwrap();
    let written = documents::count(&mut view, &documents::Filter::default()).await.unwrap();
    view.close().await.unwrap();
    for number in u128::try_from(written).unwrap() + 1.. {
        sign(&store, number).await;
        println!("{DONE}{number}");
    }
}

/// One transaction: the document becomes final in a new version, the signature is of that version.
async fn sign(store: &Store, number: u128) {
    let mut tx = store.begin().await.unwrap();
    let mut note = document(number, patient_id(1), "Note", "Seen today.");
    documents::insert(&mut tx, &note).await.unwrap();
    note.content.status = DocumentStatus::Final;
    note.version = documents::update(&mut tx, &note).await.unwrap();
    signatures::insert(&mut tx, &signature(&note, UserId::from_bits(7), number)).await.unwrap();
    tx.commit(event("document-sign").patient(patient_id(1))).await.unwrap();
}

/// Starts a child and kills it after it has said `after` times that a commit is done. Gives the last number.
fn killed_child(child: &str, url: &str, after: usize) -> i64 {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("killed::{child}"), "--nocapture"])
        .env(DATABASE, url)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut last = 0;
    let mut kill_after = Some(after);
    // What the child said before it died is read to the end.
    for line in lines {
        let Some((_, number)) = line.split_once(DONE) else { continue };
        last = number.parse().unwrap();
        kill_after = match kill_after {
            Some(1) => {
                child.kill().unwrap();
                None
            }
            left => left.map(|left| left - 1),
        };
    }
    child.wait().unwrap();
    last
}

story_at! {
    async fn what_was_acknowledged_is_there(store: &Store, url: &str) {
        for after in [1, 3, 7, 20, 2, 11] {
            let acknowledged = killed_child("child_that_writes", url, after);
            assert!(acknowledged > 0);
            let mut view = store.view().await.unwrap();
            let stored = patients::count(&mut view, &patients::Query::default()).await.unwrap();
            assert!(stored >= acknowledged, "{stored} of {acknowledged} acknowledged are there");
            let filter = entries::Filter::default();
            assert_eq!(entries::count(&mut view, &filter).await.unwrap(), stored * 3, "nothing is there by half");
            let verdict = audit::verify(&mut view, None).await.unwrap();
            assert_eq!((verdict.verified, verdict.fault), (stored, None), "one event each");
            view.close().await.unwrap();
        }
    }
}

story_at! {
    async fn a_signature_is_there_whole_or_not_at_all(store: &Store, url: &str) {
        with_patients(store, 1).await;
        let mut tx = store.begin().await.unwrap();
        account(&mut tx, 7).await;
        tx.commit(event("seed")).await.unwrap();
        for after in [1, 3, 7, 20, 2, 11] {
            let acknowledged = killed_child("child_that_signs", url, after);
            let mut view = store.view().await.unwrap();
            let all = documents::list(&mut view, &documents::Filter::default(), Page::first(9_999)).await.unwrap();
            assert!(i64::try_from(all.len()).unwrap() >= acknowledged, "what was acknowledged is there");
            for one in &all {
                let signed = signatures::of_document(&mut view, one.id).await.unwrap();
                assert_eq!((one.content.status, one.version, signed.len()), (DocumentStatus::Final, 2, 1));
                assert!(signed[0].verify(&one.content));
            }
            assert_eq!(audit::verify(&mut view, None).await.unwrap().fault, None);
            view.close().await.unwrap();
        }
    }
}
