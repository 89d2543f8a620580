//! Code sets: kept in versions, found by what waits, moved with their encounter.

use chart::amendment::Billing;
use chart::coding::{Change, CodeSet, CodedDiagnosis, Origin, Outcome, Pending, Present, Purpose};
use chart::encounter::{Encounter, Setting, Stay};
use chart::id::{CodeSetId, EncounterId, PatientId, UserId};
use chart::machine::{Actor, Stamp};
use codeset::Code;
use store::coding::{self, Reached, Stage, Stand};
use store::{Page, Store, encounters, merges};

use crate::house::{at, encounter, event, patient_id, story, with_patients};
use crate::signing::account;

pub(crate) fn stamp(seconds: i64, user: UserId) -> Stamp {
    Stamp { by: Actor::person(user, "Coder"), at: at(seconds) }
}

pub(crate) fn add(code: &str) -> Change {
    let code = Code::parse(code).unwrap();
    let line = CodedDiagnosis { code, present: Present::Yes, origin: Origin::Entered, evidence: Vec::new() };
    Change::AddDiagnosis(line, None)
}

/// An encounter that is over.
fn ended(number: u128, patient: PatientId) -> Encounter {
    let mut over = encounter(number, patient);
    over.visit.stay = Stay::Closed { since: Some(at(0)), until: Some(at(1)) };
    over
}

pub(crate) async fn open(store: &Store) -> (CodeSet, UserId) {
    with_patients(store, 2).await;
    let mut tx = store.begin().await.unwrap();
    encounters::insert(&mut tx, &ended(1, patient_id(1))).await.unwrap();
    let user = account(&mut tx, 9).await;
    let set =
        CodeSet::open(CodeSetId::from_bits(1), patient_id(1), EncounterId::from_bits(1), stamp(1, user));
    coding::insert(&mut tx, &set, at(1)).await.unwrap();
    tx.commit(event("coding-open")).await.unwrap();
    (set, user)
}

story! {
    /// Two people code at once: the second is told, and nothing is lost.
    async fn a_code_set_is_kept_in_versions(store: &Store) {
        let (set, user) = open(store).await;
        let mut tx = store.begin().await.unwrap();
        let coded = set.clone().change(stamp(2, user), &add("I5021"), "").unwrap();
        coding::update(&mut tx, &coded, at(2)).await.unwrap();
        let late = set.change(stamp(3, user), &add("N179"), "").unwrap();
        let late = coding::update(&mut tx, &late, at(3)).await;
        assert!(matches!(late, Err(store::Error::Conflict { .. })), "{late:?}");
        let claim = coded.for_claim(CodeSetId::from_bits(2), stamp(4, user)).unwrap();
        coding::insert(&mut tx, &claim, at(4)).await.unwrap();
        tx.commit(event("coding-change")).await.unwrap();
        let mut view = store.view().await.unwrap();
        assert_eq!(coding::of_encounter(&mut view, coded.encounter).await.unwrap(), [coded.clone(), claim]);
        let found = coding::find(&mut view, coded.encounter, Purpose::Record).await.unwrap();
        assert_eq!(found, Some(coded));
        view.close().await.unwrap();
    }
}

story! {
    /// What is final is still unbilled; what is billed is not.
    async fn the_unbilled_are_listed_by_state(store: &Store) {
        let (set, user) = open(store).await;
        let mut tx = store.begin().await.unwrap();
        encounters::insert(&mut tx, &ended(2, patient_id(2))).await.unwrap();
        let waits = Pending { key: "query".into(), note: String::new(), since: stamp(2, user) };
        let held = set.change(stamp(2, user), &add("I5021"), "").unwrap();
        coding::update(&mut tx, &held, at(2)).await.unwrap();
        let held = held.hold(stamp(3, user), waits).unwrap();
        coding::update(&mut tx, &held, at(3)).await.unwrap();
        coding::weigh(&mut tx, &held, Some(8_765)).await.unwrap();
        let day = 86_400;
        let sums = coding::unbilled_sums(&mut tx, None, at(1 + 3 * day)).await.unwrap();
        let found: Vec<_> =
            sums.iter().map(|one| (one.stand.clone(), one.count, one.days, one.weight)).collect();
        let stand = |state: &str, pending: &str| Stand { state: Some(state.into()), pending: Some(pending.into()) };
        let none = Stand { state: None, pending: None };
        assert!(found.contains(&(stand("held", "query"), 1, 3, 8_765)), "{found:?}");
        assert!(found.contains(&(none.clone(), 1, 3, 0)) && found.len() == 2, "{found:?}");
        let all = coding::unbilled(&mut tx, None, Page::first(9)).await.unwrap();
        let listed: Vec<_> = all.iter().map(|one| (one.encounter, one.stand.clone())).collect();
        assert_eq!(listed, [
            (EncounterId::from_bits(1), stand("held", "query")),
            (EncounterId::from_bits(2), none),
        ]);
        assert!(all[0].name.is_some());
        let elsewhere = coding::unbilled(&mut tx, Some(Setting::SwingBed), Page::first(9)).await.unwrap();
        assert_eq!(elsewhere, []);
        let billed = Billing { billed: Some(at(5)), audit_requested: None };
        store::amendments::set_billing(&mut tx, EncounterId::from_bits(2), billed).await.unwrap();
        let left = coding::unbilled(&mut tx, None, Page::first(9)).await.unwrap();
        assert_eq!(left.len(), 1, "what is billed waits no more");
        tx.commit(event("coding-hold")).await.unwrap();
    }
}

story! {
    /// Baseline, working and final DRG stay as they were reached, and all goes with the encounter.
    async fn what_was_reached_stays_and_moves_with_the_encounter(store: &Store) {
        let (set, user) = open(store).await;
        let mut tx = store.begin().await.unwrap();
        let coded = set.change(stamp(2, user), &add("I5021"), "").unwrap();
        coding::update(&mut tx, &coded, at(2)).await.unwrap();
        let reached = Reached {
            stage: Stage::Baseline,
            at: at(2),
            by: "Coder".into(),
            drg: 292,
            title: "Heart failure and shock with CC".into(),
            weight: "0.8765".into(),
            grouper: "44.0".into(),
            codes: coded.codes.clone(),
        };
        coding::put_reached(&mut tx, coded.id, &reached).await.unwrap();
        let outcome = Outcome { drg: Some(292), grouper: "44.0".into(), editions: Vec::new(), explanation: None, overridden: Vec::new() };
        let over = coded.finalize(stamp(3, user), outcome).unwrap();
        coding::update(&mut tx, &over, at(3)).await.unwrap();
        assert_eq!(coding::reached(&mut tx, over.id).await.unwrap(), [reached]);
        let moved = merges::move_encounter(&mut tx, over.encounter, 1, patient_id(2)).await.unwrap();
        assert_eq!(moved.rows["code_set"], 1);
        assert_eq!(coding::get(&mut tx, over.id).await.unwrap().patient, patient_id(2));
        tx.commit(event("encounter-move")).await.unwrap();
    }
}
