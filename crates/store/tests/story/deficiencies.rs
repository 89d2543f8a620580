//! What records lack: queues in the order of their clocks, optimistic versions, and the way with a merge.

use chart::clock::{Basis, Clock, Span};
use chart::deficiency::{Chain, Deficiency, DeficiencyKind, Raised, Responsible, StepKind, Subject, Why};
use chart::directory::Named;
use chart::encounter::Setting;
use chart::id::{DeficiencyId, EncounterId, MergeId};
use chart::machine::{Actor, Stamp};
use jiff::tz::TimeZone;
use store::analyses::{self, Analysis, Details, State};
use store::deficiencies::{self, Filed, Filter, Pile};
use store::merges::{self, Request};
use store::{Error, Page, Store, encounters, patients};

use crate::house::{at, encounter, event, patient_id, story, with_patients};

/// A missing summary of an encounter of patient 1, due so many hours after its beginning; waiting without hours.
fn lacking(number: u128, hours: Option<u16>, owes: &str) -> Filed {
    let clock = match hours {
        Some(hours) => Clock::running(Basis::Discharge, Span::hours(hours), at(0), &TimeZone::UTC),
        None => Clock::waiting(Basis::Discharge, Span::days(30)),
    };
    let responsible = Responsible { name: Named { name: owes.into(), key: None }, party: None };
    let raised = Raised {
        patient: patient_id(1),
        encounter: EncounterId::from_bits(1),
        subject: Subject::Missing(format!("discharge-summary/{number}")),
        rule: "discharge-summary".into(),
        kind: DeficiencyKind::MissingDocument,
        what: "Discharge summary missing".into(),
        chain: Chain::of(StepKind::Complete, responsible, clock.clone()),
        clock,
        why: Why::default(),
    };
    let (id, stamp) = (DeficiencyId::from_bits(number), stamp(0));
    let deficiency = match hours {
        Some(_) => Deficiency::open(id, raised, stamp, &TimeZone::UTC),
        None => Deficiency::predicted(id, raised, stamp),
    };
    Filed { deficiency, setting: Setting::Inpatient }
}

fn stamp(seconds: i64) -> Stamp {
    Stamp { by: Actor::program("test"), at: at(seconds) }
}

async fn with_deficiencies(store: &Store) {
    with_patients(store, 2).await;
    let mut tx = store.begin().await.unwrap();
    encounters::insert_all(&mut tx, &[encounter(1, patient_id(1))]).await.unwrap();
    let all = [lacking(1, Some(48), "Ann"), lacking(2, Some(24), "Bea"), lacking(3, None, "Ann")];
    deficiencies::insert_all(&mut tx, &all, at(0)).await.unwrap();
    let analysis = Analysis {
        encounter: EncounterId::from_bits(1),
        version: 1,
        patient: patient_id(1),
        setting: Setting::Inpatient,
        state: State::Waiting,
        discharged: Some(at(0)),
        due: None,
        owed: 2,
        predicted: 1,
        evaluated: at(0),
        details: Details::default(),
    };
    analyses::put(&mut tx, std::slice::from_ref(&analysis)).await.unwrap();
    analyses::put(&mut tx, &[analysis]).await.unwrap();
    tx.commit(event("record-evaluate")).await.unwrap();
}

fn ids(found: &[Filed]) -> Vec<u128> {
    found.iter().map(|one| one.deficiency.id.bits()).collect()
}

story! {
    async fn queues_are_sorted_by_clock_and_filtered(store: &Store) {
        with_deficiencies(store).await;
        let mut view = store.view().await.unwrap();
        let page = Page::first(10);
        let all = deficiencies::list(&mut view, &Filter::default(), page).await.unwrap();
        assert_eq!(ids(&all), [2, 1, 3], "the first due first, what has no date last");
        let owed = Filter { pile: Some(Pile::Owed), ..Filter::default() };
        assert_eq!(ids(&deficiencies::list(&mut view, &owed, page).await.unwrap()), [2, 1]);
        let ann = Filter { responsible: Some("ann".into()), ..Filter::default() };
        assert_eq!(ids(&deficiencies::list(&mut view, &ann, page).await.unwrap()), [1, 3]);
        let soon = Filter { due_before: Some(at(25 * 3600)), ..Filter::default() };
        assert_eq!(deficiencies::count(&mut view, &soon).await.unwrap(), 1);
        let analysis = analyses::of_encounter(&mut view, EncounterId::from_bits(1)).await.unwrap().unwrap();
        assert_eq!((analysis.version, analysis.due, analysis.discharged), (2, None, Some(at(0))));
        view.close().await.unwrap();
    }
}

story! {
    async fn who_was_slower_is_told(store: &Store) {
        with_deficiencies(store).await;
        let mut tx = store.begin().await.unwrap();
        let Filed { deficiency, setting } = deficiencies::get(&mut tx, DeficiencyId::from_bits(1)).await.unwrap();
        let claimed = Filed { deficiency: deficiency.claim(stamp(60)).unwrap(), setting };
        deficiencies::update(&mut tx, &claimed, 1, at(60)).await.unwrap();
        let again = deficiencies::update(&mut tx, &claimed, 1, at(61)).await;
        assert!(matches!(again, Err(Error::Conflict { .. })), "{again:?}");
        tx.commit(event("deficiency-claim")).await.unwrap();
        let mut view = store.view().await.unwrap();
        assert_eq!(deficiencies::get(&mut view, DeficiencyId::from_bits(1)).await.unwrap(), claimed);
        view.close().await.unwrap();
    }
}

story! {
    async fn what_is_owed_goes_with_a_merge_and_comes_back(store: &Store) {
        with_deficiencies(store).await;
        let mut tx = store.begin().await.unwrap();
        let survivor = patients::get(&mut tx, patient_id(2)).await.unwrap();
        let absorbed = patients::get(&mut tx, patient_id(1)).await.unwrap();
        let request = Request {
            id: MergeId::from_bits(9),
            survivor: &survivor,
            absorbed: &absorbed,
            demographics: &survivor.demographics,
            by: "01",
            at: at(10),
            reason: "one person",
        };
        merges::merge(&mut tx, &request).await.unwrap();
        let of = |number| Filter { patient: Some(patient_id(number)), ..Filter::default() };
        let moved = deficiencies::list(&mut tx, &of(2), Page::first(10)).await.unwrap();
        assert!(moved.iter().all(|one| one.deficiency.patient == patient_id(2)));
        assert_eq!(ids(&moved), [2, 1, 3]);
        merges::unmerge(&mut tx, MergeId::from_bits(9), "01", at(20)).await.unwrap();
        assert_eq!(deficiencies::count(&mut tx, &of(1)).await.unwrap(), 3);
        let analysis = analyses::of_encounter(&mut tx, EncounterId::from_bits(1)).await.unwrap().unwrap();
        assert_eq!(analysis.patient, patient_id(1));
        tx.commit(event("merge-undo")).await.unwrap();
    }
}
