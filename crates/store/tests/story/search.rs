//! Full text: the same hits on both databases, marked, within a chart and across charts.

use chart::document::DocumentStatus;
use chart::entry::{Entry, EntryContent, Finding, Report, Value};
use chart::id::{DocumentId, EntryId, UserId};
use chart::patient::{Restriction, RestrictionKind};
use store::search::{self, Of, Query, Scope};
use store::{Page, Reader, Store, documents, entries, patients};

use crate::house::{at, diagnosis, document, event, patient_id, story, with_patients};

async fn with_texts(store: &Store) {
    with_patients(store, 3).await;
    let mut tx = store.begin().await.unwrap();
    let texts = [
        document(
            1,
            patient_id(1),
            "Chest radiograph",
            "Small left pleural effusion. No pneumothorax. Heart size normal.",
        ),
        document(
            2,
            patient_id(1),
            "Discharge summary",
            "Admitted with chest pain; ruled out. Pain free at discharge, potassium 3.4.",
        ),
        document(
            3,
            patient_id(2),
            "Progress note",
            "Effusions resolved; Sjögren's syndrome stable. 'quoted' \\ back'slash & | ! <-> :*",
        ),
        document(4, patient_id(3), "Consultation", "Pericardial effusion drained."),
        document(5, patient_id(2), "Effusion clinic letter", "Pain in the chest wall."),
    ];
    documents::insert_all(&mut tx, &texts).await.unwrap();
    let entry = |number, content| Entry { content, ..diagnosis(number, patient_id(1), "") };
    let what = |text: &str| chart::coded::Coded::text(text);
    let report = Report {
        what: what("Echocardiogram"),
        text: "Ejection fraction 55 %.".into(),
        conclusion: "No effusion.".into(),
        ..Report::default()
    };
    let number = Finding {
        what: what("Potassium"),
        value: Value::Quantity { comparator: String::new(), number: "3.4".into(), unit: String::new() },
        ..Finding::default()
    };
    let words =
        Finding { what: what("Culture"), value: Value::Text("no growth".into()), ..Finding::default() };
    let all = [
        diagnosis(1, patient_id(1), "Pleural effusion"),
        entry(2, EntryContent::Report(report)),
        entry(3, EntryContent::Result(number)),
        entry(4, EntryContent::Result(words)),
    ];
    entries::insert_all(&mut tx, &all).await.unwrap();
    tx.commit(event("import")).await.unwrap();
}

async fn hits(reader: &mut Reader, typed: &str, scope: &Scope) -> Vec<Of> {
    let query = Query::read(typed).unwrap();
    let mut hits: Vec<Of> = search::find(reader, &query, scope, Page::first(20))
        .await
        .unwrap()
        .iter()
        .map(|hit| hit.of)
        .collect();
    assert_eq!(search::count(reader, &query, scope).await.unwrap(), i64::try_from(hits.len()).unwrap());
    hits.sort();
    hits
}

story! {
    async fn the_same_words_find_the_same_texts(store: &Store) {
        with_texts(store).await;
        let mut view = store.view().await.unwrap();
        let (document, entry) = (|number| Of::Document(DocumentId::from_bits(number)), |number| Of::Entry(EntryId::from_bits(number)));
        let cases = [
            ("effusion", vec![document(1), document(3), document(4), document(5), entry(1), entry(2)]),
            ("EFFUSIONS pleural", vec![document(1), entry(1)]),
            ("\"chest pain\"", vec![document(2)]),
            ("chest pain", vec![document(2), document(5)]),
            ("pleur*", vec![document(1), entry(1)]),
            ("no growth", vec![entry(4)]),
            ("3.4", vec![document(2)]),
            ("sjogren", vec![document(3)]),
            ("Sjögren's", vec![document(3)]),
            ("quoted backslash", vec![]),
            ("'quoted' \\ & | ! <-> :*", vec![document(3)]),
            ("pneumothorax drained", vec![]),
            ("\"radiograph small\"", vec![]),
            ("ejection fraction", vec![entry(2)]),
        ];
        for (typed, expected) in cases {
            assert_eq!(hits(&mut view, typed, &Scope::default()).await, expected, "{typed}");
        }
        let in_chart = Scope { patients: vec![patient_id(2), patient_id(3)], ..Scope::default() };
        assert_eq!(hits(&mut view, "effusion", &in_chart).await, [document(3), document(4), document(5)]);
        let diagnoses = Scope { types: vec!["diagnosis".into()], ..Scope::default() };
        assert_eq!(hits(&mut view, "effusion", &diagnoses).await, [entry(1)]);
        view.close().await.unwrap();
    }
}

story! {
    async fn a_hit_says_what_matched_and_where(store: &Store) {
        with_texts(store).await;
        let mut view = store.view().await.unwrap();
        let scope = Scope { patients: vec![patient_id(2)], ..Scope::default() };
        let found = search::find(&mut view, &Query::read("effusion").unwrap(), &scope, Page::first(5)).await.unwrap();
        assert_eq!(found[0].of, Of::Document(DocumentId::from_bits(5)), "a word in the title counts more");
        assert_eq!((found[0].title.marks.first(), found[0].pieces.len()), (Some(&(0..8)), 0));
        let piece = &found[1].pieces[0];
        assert_eq!(&piece.text[piece.marks[0].clone()], "Effusions");
        view.close().await.unwrap();
    }
}

story! {
    async fn what_changes_is_found_by_its_new_words(store: &Store) {
        with_texts(store).await;
        let mut tx = store.begin().await.unwrap();
        let mut note = documents::get(&mut tx, DocumentId::from_bits(4)).await.unwrap();
        note.content.sections[0].text = "Tamponade relieved.".into();
        note.version = documents::update(&mut tx, &note).await.unwrap();
        assert_eq!(hits(&mut tx, "pericardial", &Scope::default()).await, []);
        assert_eq!(hits(&mut tx, "tamponade", &Scope::default()).await, [Of::Document(note.id)]);
        note.content.status = DocumentStatus::EnteredInError;
        documents::update(&mut tx, &note).await.unwrap();
        assert_eq!(hits(&mut tx, "tamponade", &Scope::default()).await, []);
        tx.commit(event("document-amend")).await.unwrap();
    }
}

story! {
    async fn a_restricted_chart_is_not_found_without_a_reason(store: &Store) {
        with_texts(store).await;
        let mut tx = store.begin().await.unwrap();
        let mut vip = patients::get(&mut tx, patient_id(1)).await.unwrap();
        vip.restriction = Some(Restriction { kind: RestrictionKind::Employee, by: UserId::from_bits(1), at: at(0) });
        patients::update(&mut tx, &vip, at(0)).await.unwrap();
        assert_eq!(hits(&mut tx, "pleural", &Scope::default()).await, []);
        assert_eq!(hits(&mut tx, "pleural", &Scope { with_restricted: true, ..Scope::default() }).await.len(), 2);
        tx.commit(event("restrict")).await.unwrap();
    }
}
