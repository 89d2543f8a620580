//! The patient index: found by number, name and likeness; changed only by who read the newest.

use chart::id::UserId;
use chart::identity::telephone_key;
use chart::intake::{Channel, KeyKind, Origin, SourceKey};
use store::audit::{Action, Actor, Event};
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
    async fn every_version_of_who_a_person_is_stays_with_where_it_came_from(store: &Store) {
        let mut jane = patient(1, "Doe", "Jane");
        let key = SourceKey::new("mercy", KeyKind::Patient, "100");
        let message = Origin { channel: Channel::Hl7, key: Some(key), original: None, received: at(0) };
        let mut tx = store.begin().await.unwrap();
        patients::insert_from(&mut tx, &[(&jane, message.clone())]).await.unwrap();
        tx.commit(event("record-receive")).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        jane.demographics.names[0].family = "Roe".into();
        jane.version = patients::update(&mut tx, &jane, at(1)).await.unwrap();
        let by = Actor::User { id: UserId::from_bits(5), role: "clerk".into() };
        let corrected = Event::new(at(1), by, Action::new("patient-correct")).patient(jane.id).reason("licence seen");
        tx.commit(corrected).await.unwrap();

        let mut view = store.view().await.unwrap();
        let found = patients::versions(&mut view, jane.id).await.unwrap();
        let names: Vec<(i64, String)> = found.iter().map(|one| (one.version, one.demographics.filed_name())).collect();
        assert_eq!(names, [(1, "Doe, Jane".to_owned()), (2, "Roe, Jane".to_owned())]);
        assert_eq!((found[0].origin.as_ref(), found[0].by), (Some(&message), None));
        assert_eq!(found[1].origin.as_ref().map(|one| (one.channel, one.key.is_none())), Some((Channel::Hand, true)));
        assert_eq!(found[1].by, Some(UserId::from_bits(5)));
        assert_eq!((found[1].action.as_deref(), found[1].reason.as_deref()), (Some("patient-correct"), Some("licence seen")));
        view.close().await.unwrap();
    }
}

story! {
    async fn a_telephone_number_finds_who_has_it(store: &Store) {
        let mut tx = store.begin().await.unwrap();
        patients::insert_all(&mut tx, &[patient(1, "Doe", "Jane"), patient(2, "Roe", "Mary"), patient(3, "Poe", "Ann")], at(0)).await.unwrap();
        let key = telephone_key("206 342-8631").unwrap().to_string();
        patients::set_blocks(&mut tx, patient_id(1), std::slice::from_ref(&key)).await.unwrap();
        patients::set_blocks(&mut tx, patient_id(2), &[key]).await.unwrap();
        tx.commit(event("patient-create")).await.unwrap();

        let mut view = store.view().await.unwrap();
        for (phone, number, family, expected) in [
            (Some("(206) 342-8631"), None, None, vec![1, 2]),
            (Some("342 8631"), None, None, vec![1, 2]),
            (Some("342 8632"), None, None, vec![]),
            (Some("no number"), None, None, vec![]),
            (Some("3428631"), Some("M3"), None, vec![1, 3, 2]),
            (Some("3428631"), None, Some("roe"), vec![2]),
        ] {
            let text = |text: Option<&str>| text.map(str::to_owned);
            let query = Query { phone: text(phone), identifier: text(number), family: text(family), ..Query::default() };
            let found = patients::search(&mut view, &query, Page::first(10)).await.unwrap();
            let expected: Vec<_> = expected.into_iter().map(patient_id).collect();
            assert_eq!(found.iter().map(|one| one.id).collect::<Vec<_>>(), expected, "{query:?}");
            assert_eq!(patients::count(&mut view, &query).await.unwrap(), i64::try_from(found.len()).unwrap());
        }
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
