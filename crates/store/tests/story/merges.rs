//! One person, one chart: a merge moves everything, its undoing restores every byte.

use chart::id::{EncounterId, MergeId, UserId};
use chart::intake::{KeyKind, SourceKey};
use chart::patient::{Demographics, Patient, Standing};
use store::kept::{self, Kept};
use store::keys::{self, Target};
use store::merges::{self, Decided, Decision, Pair, Request, Review, ReviewState};
use store::search::{self, Query, Scope};
use store::{Error, Page, Reader, Store, documents, encounters, entries, originals, patients};

use crate::house::{at, diagnosis, document, encounter, event, original, patient_id, story, with_patients};

/// Charts 1 to 3; chart 2 has one of everything.
async fn with_charts(store: &Store) {
    with_patients(store, 3).await;
    let mut tx = store.begin().await.unwrap();
    let digest = originals::put(&mut tx, &[&original("x")]).await.unwrap()[0];
    encounters::insert_all(&mut tx, &[encounter(1, patient_id(1)), encounter(2, patient_id(2))])
        .await
        .unwrap();
    let mut entry = diagnosis(1, patient_id(2), "Pneumonia");
    entry.encounter = Some(EncounterId::from_bits(2));
    entries::insert_all(&mut tx, &[entry, diagnosis(2, patient_id(1), "Asthma")]).await.unwrap();
    documents::insert(&mut tx, &document(1, patient_id(2), "Note", "Cough for three days.")).await.unwrap();
    let key = SourceKey::new("MRN", KeyKind::Patient, "M2");
    keys::set(&mut tx, &[(key.clone(), Target { id: patient_id(2).to_string(), original: None })], at(0))
        .await
        .unwrap();
    let specimen = Kept {
        key,
        kind: "Specimen".into(),
        patient: Some(patient_id(2)),
        reason: String::new(),
        original: digest,
        received: at(0),
        in_error: false,
    };
    kept::put(&mut tx, &[specimen]).await.unwrap();
    tx.commit(event("import")).await.unwrap();
}

/// Everything filed with a patient, but for the patient's own row.
async fn filed(reader: &mut Reader, number: u128) -> String {
    let id = patient_id(number);
    let page = Page::first(100);
    let encounters =
        encounters::list(reader, &encounters::Filter { patient: Some(id), ..Default::default() }, page)
            .await
            .unwrap();
    let entries = entries::list(reader, &entries::Filter::of(id), page).await.unwrap();
    let documents = documents::list(reader, &documents::Filter::of(id), page).await.unwrap();
    let kept = kept::of_patient(reader, id, None, page).await.unwrap();
    let keys = keys::of_target(reader, id).await.unwrap();
    let scope = Scope { patients: vec![id], ..Scope::default() };
    let found = search::find(reader, &Query::read("cough").unwrap(), &scope, page).await.unwrap();
    format!("{encounters:?}{entries:?}{documents:?}{kept:?}{keys:?}{found:?}")
}

pub(crate) async fn merge(
    tx: &mut store::Tx,
    id: u128,
    survivor: u128,
    absorbed: u128,
) -> store::Result<merges::Moved> {
    let (survivor, absorbed) =
        (patients::get(tx, patient_id(survivor)).await?, patients::get(tx, patient_id(absorbed)).await?);
    let mut demographics = survivor.demographics.clone();
    demographics.identifiers.extend(absorbed.demographics.identifiers.clone());
    let request = Request {
        id: MergeId::from_bits(id),
        survivor: &survivor,
        absorbed: &absorbed,
        demographics: &demographics,
        by: "01",
        at: at(100),
        reason: "same social security number",
    };
    merges::merge(tx, &request).await
}

/// What a patient is, whatever its version.
async fn person(reader: &mut Reader, number: u128) -> (Demographics, Standing) {
    let Patient { demographics, standing, .. } = patients::get(reader, patient_id(number)).await.unwrap();
    (demographics, standing)
}

story! {
    async fn an_undone_merge_leaves_every_byte_as_it_was(store: &Store) {
        with_charts(store).await;
        let mut tx = store.begin().await.unwrap();
        let before = (filed(&mut tx, 1).await, filed(&mut tx, 2).await, person(&mut tx, 1).await, person(&mut tx, 2).await);
        let moved = merge(&mut tx, 1, 1, 2).await.unwrap();
        let kinds: Vec<_> = moved.rows.into_iter().collect();
        assert_eq!(kinds, [("document", 1), ("encounter", 1), ("entry", 1), ("kept", 1), ("search_text", 2), ("source_key", 1)]);
        tx.commit(event("patient-merge")).await.unwrap();

        let mut tx = store.begin().await.unwrap();
        assert_eq!(patients::by_identifier(&mut tx, "MRN", "M2").await.unwrap().len(), 2);
        assert_eq!(patients::filing(&mut tx, patient_id(2)).await.unwrap().id, patient_id(1));
        assert_eq!(patients::merged_into(&mut tx, patient_id(1)).await.unwrap()[0].id, patient_id(2));
        assert_eq!(entries::count(&mut tx, &entries::Filter::of(patient_id(1))).await.unwrap(), 2);
        assert_eq!(entries::count(&mut tx, &entries::Filter::of(patient_id(2))).await.unwrap(), 0);
        assert_eq!(merges::of_patient(&mut tx, patient_id(2)).await.unwrap().len(), 1);
        let undone = merges::unmerge(&mut tx, MergeId::from_bits(1), "01", at(200)).await.unwrap();
        assert!(!undone.survivor_changed_since);
        let after = (filed(&mut tx, 1).await, filed(&mut tx, 2).await, person(&mut tx, 1).await, person(&mut tx, 2).await);
        assert_eq!(after, before);
        let again = merges::unmerge(&mut tx, MergeId::from_bits(1), "01", at(200)).await.unwrap_err();
        assert!(again.to_string().contains("undone already"), "{again}");
        tx.commit(event("patient-unmerge")).await.unwrap();
    }
}

story! {
    async fn what_was_done_since_is_not_undone(store: &Store) {
        with_charts(store).await;
        let mut tx = store.begin().await.unwrap();
        merge(&mut tx, 1, 1, 2).await.unwrap();
        entries::insert_all(&mut tx, &[diagnosis(9, patient_id(1), "Fracture")]).await.unwrap();
        let mut survivor = patients::get(&mut tx, patient_id(1)).await.unwrap();
        survivor.demographics.names[0].family = "Roe".into();
        patients::update(&mut tx, &survivor, at(150)).await.unwrap();
        let undone = merges::unmerge(&mut tx, MergeId::from_bits(1), "01", at(200)).await.unwrap();
        assert!(undone.survivor_changed_since);
        assert_eq!(person(&mut tx, 1).await.0.names[0].family, "Roe");
        assert_eq!(entries::count(&mut tx, &entries::Filter::of(patient_id(1))).await.unwrap(), 2);
        assert_eq!(entries::count(&mut tx, &entries::Filter::of(patient_id(2))).await.unwrap(), 1);
        tx.commit(event("patient-unmerge")).await.unwrap();
    }
}

story! {
    async fn merges_are_undone_from_the_last(store: &Store) {
        with_charts(store).await;
        let mut tx = store.begin().await.unwrap();
        let before = filed(&mut tx, 2).await;
        assert!(matches!(merge(&mut tx, 9, 1, 1).await, Err(Error::Refused(_))));
        merge(&mut tx, 1, 1, 2).await.unwrap();
        assert!(matches!(merge(&mut tx, 9, 3, 2).await, Err(Error::Refused(_))));
        merge(&mut tx, 2, 3, 1).await.unwrap();
        assert_eq!(patients::filing(&mut tx, patient_id(2)).await.unwrap().id, patient_id(3));
        tx.commit(event("patient-merge")).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        let refused = merges::unmerge(&mut tx, MergeId::from_bits(1), "01", at(200)).await.unwrap_err();
        assert!(refused.to_string().contains(&format!("undo merge {}", MergeId::from_bits(2))), "{refused}");
        tx.roll_back().await.unwrap();
        let mut tx = store.begin().await.unwrap();
        merges::unmerge(&mut tx, MergeId::from_bits(2), "01", at(201)).await.unwrap();
        assert_ne!(filed(&mut tx, 2).await, before);
        merges::unmerge(&mut tx, MergeId::from_bits(1), "01", at(202)).await.unwrap();
        assert_eq!(filed(&mut tx, 2).await, before);
        tx.commit(event("patient-unmerge")).await.unwrap();
    }
}

story! {
    async fn an_episode_moves_with_all_that_belongs_to_it(store: &Store) {
        with_charts(store).await;
        let mut tx = store.begin().await.unwrap();
        let id = EncounterId::from_bits(2);
        let moved = merges::move_encounter(&mut tx, id, 1, patient_id(3)).await.unwrap();
        assert_eq!(moved.rows.into_iter().collect::<Vec<_>>(), [("encounter", 1), ("entry", 1), ("search_text", 1)]);
        assert!(matches!(merges::move_encounter(&mut tx, id, 1, patient_id(1)).await, Err(Error::Conflict { .. })));
        assert_eq!(entries::count(&mut tx, &entries::Filter::of(patient_id(3))).await.unwrap(), 1);
        let stale = entries::get(&mut tx, chart::id::EntryId::from_bits(1)).await.unwrap();
        let stale = chart::entry::Entry { patient: patient_id(2), ..stale };
        entries::update(&mut tx, &stale).await.unwrap();
        assert_eq!(entries::count(&mut tx, &entries::Filter::of(patient_id(3))).await.unwrap(), 1, "a change does not move");
        let refiled = merges::merge_encounters(&mut tx, id, EncounterId::from_bits(1)).await.unwrap();
        assert_eq!(refiled.rows["entry"], 1);
        tx.commit(event("encounter-move")).await.unwrap();
    }
}

story! {
    async fn a_person_s_decision_stays(store: &Store) {
        with_patients(store, 3).await;
        let mut tx = store.begin().await.unwrap();
        let pair = Pair::of(patient_id(2), patient_id(1));
        assert_eq!(pair, Pair::of(patient_id(1), patient_id(2)));
        let review = |pair, weight| Review {
            pair,
            weight,
            outcome: "clerical-review".into(),
            fields: serde_json::json!([{"field": "birth", "weight": 4.5}]),
            state: ReviewState::Open,
            found: at(0),
        };
        let other = Pair::of(patient_id(1), patient_id(3));
        merges::put_reviews(&mut tx, &[review(pair, 3.25), review(other, 7.5)]).await.unwrap();
        let open = merges::reviews(&mut tx, ReviewState::Open, Page::first(5)).await.unwrap();
        assert_eq!(open, [review(other, 7.5), review(pair, 3.25)]);
        let decided = Decided { pair, decision: Decision::DifferentPeople, by: UserId::from_bits(1), at: at(5), reason: "twins".into() };
        merges::decide(&mut tx, &decided).await.unwrap();
        merges::put_reviews(&mut tx, &[review(pair, 30.0)]).await.unwrap();
        assert_eq!(merges::count_reviews(&mut tx, ReviewState::Open).await.unwrap(), 1);
        assert_eq!(merges::decision(&mut tx, pair).await.unwrap(), Some(decided));
        assert_eq!(merges::decision(&mut tx, other).await.unwrap(), None);
        tx.commit(event("pair-decide")).await.unwrap();
    }
}
