//! Encounters, entries and documents: stored whole, listed by patient, kind and time, changed on the newest only.

use chart::coded::{Coded, Coding, system};
use chart::document::DocumentStatus;
use chart::encounter::{Attendance, Attends, Setting, Stay};
use chart::entry::EntryContent;
use chart::id::EncounterId;
use chart::intake::{KeyKind, SourceKey};
use chart::patient::Identifier;
use store::{Error, Page, documents, encounters, entries, originals};

use crate::house::{at, diagnosis, document, encounter, event, original, patient_id, story, with_patients};

story! {
    async fn an_encounter_comes_back_as_it_was(store: &Store) {
        with_patients(store, 2).await;
        let mut tx = store.begin().await.unwrap();
        let surgeon = SourceKey::new("test", KeyKind::Party, "p1");
        let mut stay = encounter(1, patient_id(1));
        stay.visit.setting = Setting::Inpatient;
        stay.visit.stay = Stay::Open { since: Some(at(0)) };
        stay.visit.identifiers = vec![Identifier { system: "VN".into(), value: "V77".into(), kind: "VN".into() }];
        stay.visit.attendance = vec![Attendance {
            role: Attends::Attending,
            who: chart::directory::Named { name: "Mehta, Anjali".into(), key: Some(surgeon.clone()) },
        }];
        stay.origin.original = Some(originals::put(&mut tx, &[&original("ADT")]).await.unwrap()[0]);
        let visit = encounter(2, patient_id(2));
        encounters::insert_all(&mut tx, &[stay.clone(), visit]).await.unwrap();
        tx.commit(event("encounter-create")).await.unwrap();

        let mut view = store.view().await.unwrap();
        assert_eq!(encounters::get(&mut view, stay.id).await.unwrap(), stay);
        assert_eq!(encounters::by_identifier(&mut view, "V77").await.unwrap(), [stay.clone()]);
        let census = encounters::Filter { settings: vec![Setting::Inpatient, Setting::Obstetric], status: Some("open"), ..Default::default() };
        assert_eq!(encounters::list(&mut view, &census, Page::first(10)).await.unwrap(), [stay.clone()]);
        let hers = encounters::Filter { attended_by: vec![surgeon.clone()], ..Default::default() };
        assert_eq!(encounters::count(&mut view, &hers).await.unwrap(), 1);
        let others = encounters::Filter { attended_by: vec![SourceKey::new("other", KeyKind::Party, "p1")], ..Default::default() };
        assert_eq!(encounters::count(&mut view, &others).await.unwrap(), 0);
        view.close().await.unwrap();

        let mut tx = store.begin().await.unwrap();
        stay.visit.stay = Stay::Closed { since: Some(at(0)), until: Some(at(9)) };
        stay.visit.attendance.clear();
        assert_eq!(encounters::update(&mut tx, &stay).await.unwrap(), 2);
        assert!(matches!(encounters::update(&mut tx, &stay).await, Err(Error::Conflict { what: "encounter", .. })));
        assert_eq!(encounters::count(&mut tx, &hers).await.unwrap(), 0);
        assert_eq!(encounters::get(&mut tx, stay.id).await.unwrap().visit, stay.visit);
        tx.commit(event("encounter-discharge")).await.unwrap();
    }
}

story! {
    async fn entries_are_listed_by_kind_code_and_time(store: &Store) {
        with_patients(store, 2).await;
        let mut tx = store.begin().await.unwrap();
        encounters::insert(&mut tx, &encounter(1, patient_id(1))).await.unwrap();
        let mut all: Vec<_> = (0..300_u128).map(|number| diagnosis(number + 1, patient_id(1), "Pneumonia")).collect();
        for (seconds, entry) in (0..).zip(&mut all) {
            if let EntryContent::Diagnosis(one) = &mut entry.content {
                one.recorded = Some(at(seconds).into());
            }
        }
        all[7].encounter = Some(EncounterId::from_bits(1));
        all[8].in_error = true;
        if let EntryContent::Diagnosis(one) = &mut all[9].content {
            one.what.codings[0] = Coding { system: system::SNOMED.into(), code: "1".into(), display: String::new() };
        }
        entries::insert_all(&mut tx, &all).await.unwrap();
        tx.commit(event("import")).await.unwrap();

        let mut view = store.view().await.unwrap();
        let of = entries::Filter::of(patient_id(1));
        assert_eq!(entries::get(&mut view, all[9].id).await.unwrap(), all[9]);
        assert_eq!(entries::count(&mut view, &of).await.unwrap(), 299);
        let newest = entries::list(&mut view, &of, Page { skip: 1, take: 2 }).await.unwrap();
        assert_eq!(newest, [all[298].clone(), all[297].clone()]);
        let count = async |view: &mut store::View, filter| entries::count(view, &filter).await.unwrap();
        assert_eq!(count(&mut view, of.clone().kinds(&["result", "order"])).await, 0);
        assert_eq!(count(&mut view, entries::Filter { encounter: Some(EncounterId::from_bits(1)), ..Default::default() }).await, 1);
        assert_eq!(count(&mut view, entries::Filter { code: Some((None, "1".into())), ..of.clone() }).await, 1);
        assert_eq!(count(&mut view, entries::Filter { from: Some(at(5)), until: Some(at(10)), with_errors: true, ..of.clone() }).await, 5);
        view.close().await.unwrap();
    }
}

story! {
    async fn an_entry_that_is_changed_counts_its_version(store: &Store) {
        with_patients(store, 1).await;
        let mut tx = store.begin().await.unwrap();
        let mut entry = diagnosis(1, patient_id(1), "Pneumonia");
        entries::insert_all(&mut tx, std::slice::from_ref(&entry)).await.unwrap();
        entry.in_error = true;
        assert_eq!(entries::update(&mut tx, &entry).await.unwrap(), 2);
        assert!(matches!(entries::update(&mut tx, &entry).await, Err(Error::Conflict { expected: 1, .. })));
        assert!(entries::get(&mut tx, entry.id).await.unwrap().in_error);
        tx.commit(event("entry-withdraw")).await.unwrap();
    }
}

story! {
    async fn earlier_versions_of_a_document_stay(store: &Store) {
        with_patients(store, 1).await;
        let mut tx = store.begin().await.unwrap();
        let first = document(1, patient_id(1), "Discharge summary", "Home in good condition.");
        documents::insert(&mut tx, &first).await.unwrap();
        let mut second = first.clone();
        second.content.status = DocumentStatus::Amended;
        second.content.kind = Coded::new(system::DOCUMENT_TYPE, "discharge-summary", "Discharge summary");
        second.origin.received = at(60);
        assert_eq!(documents::update(&mut tx, &second).await.unwrap(), 2);
        second.version = 2;
        second.content.sections[0].text = "To skilled care.".into();
        assert_eq!(documents::update(&mut tx, &second).await.unwrap(), 3);
        assert!(matches!(documents::update(&mut tx, &second).await, Err(Error::Conflict { .. })));
        tx.commit(event("document-amend")).await.unwrap();

        let mut view = store.view().await.unwrap();
        let versions = documents::versions(&mut view, first.id).await.unwrap();
        assert_eq!(versions.iter().map(|one| (one.version, one.stored)).collect::<Vec<_>>(), [(2, at(60)), (1, at(5))]);
        assert_eq!((&versions[1].content, &versions[1].origin), (&first.content, &first.origin));
        let summaries = documents::Filter { types: vec!["discharge-summary".into()], ..documents::Filter::of(patient_id(1)) };
        let found = documents::list(&mut view, &summaries, Page::first(5)).await.unwrap();
        assert_eq!(found.iter().map(|one| one.version).collect::<Vec<_>>(), [3]);
        assert_eq!(documents::count(&mut view, &documents::Filter { status: Some(DocumentStatus::Final), ..Default::default() }).await.unwrap(), 0);
        view.close().await.unwrap();
    }
}
