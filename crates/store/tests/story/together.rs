//! Many at once: writers queue, readers see one state, reads of many people are written together.

use std::time::Duration;

use chart::id::PatientId;
use store::audit::{self, Filter};
use store::{Error, Store, patients};

use crate::house::{at, event, patient, patient_id, story, story_at, with_patients};

story! {
    async fn writers_at_the_same_time_all_get_their_turn(store: &Store) {
        let write = |writer: u128| {
            let store = store.clone();
            tokio::spawn(async move {
                for number in 0..10 {
                    let mut tx = store.begin().await.unwrap();
                    patients::insert(&mut tx, &patient(writer * 100 + number, "Doe", "Jane"), at(0)).await.unwrap();
                    tx.commit(event("patient-create")).await.unwrap();
                }
            })
        };
        let writers: Vec<_> = (1..=8).map(write).collect();
        for writer in writers {
            writer.await.unwrap();
        }
        let mut view = store.view().await.unwrap();
        assert_eq!(patients::count(&mut view, &patients::Query::default()).await.unwrap(), 80);
        let verdict = audit::verify(&mut view, None).await.unwrap();
        assert_eq!((verdict.verified, verdict.fault), (80, None));
        view.close().await.unwrap();
    }
}

/// Reads, waits, and writes the patient; gives whether the change was accepted.
async fn rename(store: &Store, family: &str) -> bool {
    let mut view = store.view().await.unwrap();
    let mut person = patients::get(&mut view, patient_id(1)).await.unwrap();
    view.close().await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    person.demographics.names[0].family = family.into();
    let mut tx = store.begin().await.unwrap();
    match patients::update(&mut tx, &person, at(1)).await {
        Ok(_) => tx.commit(event("patient-update")).await.is_ok(),
        Err(Error::Conflict { .. }) => false,
        Err(error) => panic!("{error}"),
    }
}

story! {
    async fn of_two_who_change_the_same_one_must_read_again(store: &Store) {
        with_patients(store, 1).await;
        let (one, other) = tokio::join!(rename(store, "One"), rename(store, "Other"));
        assert!(one != other, "one of two changes on the same version is accepted");
        assert!(rename(store, "Third").await);
    }
}

story_at! {
    async fn a_view_stays_as_it_was(store: &Store, _url: &str) {
        with_patients(store, 1).await;
        let mut view = store.view().await.unwrap();
        assert_eq!(patients::count(&mut view, &patients::Query::default()).await.unwrap(), 1);
        let mut tx = store.begin().await.unwrap();
        patients::insert(&mut tx, &patient(2, "Doe", "New"), at(0)).await.unwrap();
        tx.commit(event("patient-create")).await.unwrap();
        assert_eq!(patients::count(&mut view, &patients::Query::default()).await.unwrap(), 1);
        assert_eq!(patients::by_id(&mut view, patient_id(2)).await.unwrap(), None);
        view.close().await.unwrap();
    }
}

story! {
    async fn reads_of_many_people_are_all_in_the_trail(store: &Store) {
        with_patients(store, 20).await;
        let read = |number: u128| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut view = store.view().await.unwrap();
                let id = PatientId::from_bits(number);
                patients::get(&mut view, id).await.unwrap();
                view.finish(event("chart-read").patient(id)).await.unwrap()
            })
        };
        let readers: Vec<_> = (1..=20).map(read).collect();
        let mut numbers = Vec::new();
        for reader in readers {
            numbers.push(reader.await.unwrap().first);
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (2..=21).collect::<Vec<_>>());
        let mut view = store.view().await.unwrap();
        for number in 1..=20 {
            let filter = Filter { patients: vec![patient_id(number)], action: Some("chart-read".into()), ..Filter::default() };
            assert_eq!(audit::count(&mut view, &filter).await.unwrap(), 1);
        }
        assert_eq!(audit::verify(&mut view, None).await.unwrap().fault, None);
        view.close().await.unwrap();
    }
}
