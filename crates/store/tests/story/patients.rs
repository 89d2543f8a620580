//! The patient index: found by number, name and likeness; changed only by who read the newest.

use store::patients::{self, Query};
use store::{Error, Page};

use crate::house::{at, event, patient, patient_id, story};

story! {
    async fn a_patient_is_stored_and_found(store: &Store) {
        let mut tx = store.begin().await.unwrap();
        let jane = patient(1, "Öztürk", "Jane Ann");
        patients::insert_all(&mut tx, &[jane.clone(), patient(2, "Smith", "John"), patient(3, "Smythe", "Joan")], at(0)).await.unwrap();
        patients::set_blocks(&mut tx, patient_id(1), &["a".into(), "b".into()]).await.unwrap();
        patients::set_blocks(&mut tx, patient_id(2), &["b".into()]).await.unwrap();
        tx.commit(event("patient-create")).await.unwrap();

        let mut view = store.view().await.unwrap();
        assert_eq!(patients::get(&mut view, patient_id(1)).await.unwrap(), jane);
        assert_eq!(patients::by_identifier(&mut view, "MRN", "M1").await.unwrap(), [jane]);
        assert_eq!(patients::by_identifier(&mut view, "other", "M1").await.unwrap(), []);
        let query = |family: &str| Query { family: Some(family.into()), ..Query::default() };
        let found = patients::search(&mut view, &query("SM"), Page::first(10)).await.unwrap();
        assert_eq!(found.iter().map(|one| one.id).collect::<Vec<_>>(), [patient_id(2), patient_id(3)]);
        assert_eq!(patients::count(&mut view, &query("öz")).await.unwrap(), 1);
        let blocks = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
        let candidates = patients::candidates(&mut view, &blocks, 10).await.unwrap();
        assert_eq!(candidates.iter().map(|one| (one.patient, one.shared)).collect::<Vec<_>>(), [(patient_id(1), 2), (patient_id(2), 1)]);
        view.close().await.unwrap();
    }
}

story! {
    async fn the_second_of_two_changes_on_one_version_is_refused(store: &Store) {
        let mut tx = store.begin().await.unwrap();
        let mut jane = patient(1, "Doe", "Jane");
        patients::insert(&mut tx, &jane, at(0)).await.unwrap();
        jane.demographics.names[0].family = "Roe".into();
        assert_eq!(patients::update(&mut tx, &jane, at(1)).await.unwrap(), 2);
        let refused = patients::update(&mut tx, &jane, at(2)).await.unwrap_err();
        assert!(matches!(&refused, Error::Conflict { what: "patient", expected: 1, .. }), "{refused}");
        assert!(refused.to_string().contains("read it again"), "{refused}");
        let stored = patients::get(&mut tx, jane.id).await.unwrap();
        assert_eq!((stored.version, stored.demographics.filed_name().as_str()), (2, "Roe, Jane"));
        tx.commit(event("patient-update")).await.unwrap();
    }
}
