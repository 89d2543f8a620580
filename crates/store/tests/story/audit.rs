//! The audit trail is written with every change and every read.

use store::audit::{self, Events, Filter};
use store::{Page, patients};

use crate::house::{at, event, patient, patient_id, story};

story! {
    async fn who_saw_this_patient_and_what_did_this_person_see(store: &Store) {
        let mut tx = store.begin().await.unwrap();
        patients::insert(&mut tx, &patient(1, "Doe", "Jane"), at(0)).await.unwrap();
        let receipt = tx.commit_all(Events::new(event("patient-create").patient(patient_id(1)), [event("login")])).await.unwrap();
        assert_eq!((receipt.first, receipt.last), (1, 2));

        let mut view = store.view().await.unwrap();
        patients::get(&mut view, patient_id(1)).await.unwrap();
        let read = event("chart-read").patient(patient_id(1)).reason("at the desk").detail(serde_json::json!({"page": "overview"}));
        assert_eq!(view.finish(read.clone()).await.unwrap().first, 3);

        let mut view = store.view().await.unwrap();
        let of_patient = Filter { patients: vec![patient_id(1), patient_id(9)], ..Filter::default() };
        let lines = audit::lines(&mut view, &of_patient, Page::first(10)).await.unwrap();
        assert_eq!(lines.iter().map(|line| line.event.action.key()).collect::<Vec<_>>(), ["chart-read", "patient-create"]);
        assert_eq!(lines[0].event, read);
        let since = Filter { user: Some(chart::id::UserId::from_bits(1)), from: Some(at(0)), until: Some(at(1)), ..Filter::default() };
        assert_eq!(audit::count(&mut view, &since).await.unwrap(), 3);
        let verdict = audit::verify(&mut view, None).await.unwrap();
        assert_eq!((verdict.verified, verdict.fault), (3, None));
        view.close().await.unwrap();
    }
}

story! {
    async fn what_is_not_committed_has_not_happened(store: &Store) {
        let mut tx = store.begin().await.unwrap();
        patients::insert(&mut tx, &patient(1, "Doe", "Jane"), at(0)).await.unwrap();
        drop(tx);
        let mut view = store.view().await.unwrap();
        assert_eq!(patients::by_id(&mut view, patient_id(1)).await.unwrap(), None);
        assert_eq!(audit::head(&mut view).await.unwrap().seq, 0);
        view.close().await.unwrap();
    }
}
