//! Audit samples and what a program would have coded: kept, found, and moved with their encounter.

use chart::coding::{CodeSet, Outcome};
use chart::coding_audit::{AuditedCase, CaseStateKey, Coded, Criteria, Member, Sample, Size, digest};
use chart::id::{AuditedCaseId, EncounterId, SampleId, UserId};
use codeset::Code;
use store::coding::{self, CaseFilter, Changed, ClosedFilter, Shadow, ShadowCodes};
use store::{Page, Store, merges};

use crate::coding::{add, open, stamp};
use crate::house::{at, event, patient_id, story};

const MANY: Page = Page::first(9);

/// A code set that was closed at second 3.
async fn closed(store: &Store) -> (CodeSet, UserId) {
    let (set, user) = open(store).await;
    let outcome = Outcome {
        drg: Some(291),
        grouper: "44.0".into(),
        editions: Vec::new(),
        explanation: None,
        overridden: Vec::new(),
    };
    let mut tx = store.begin().await.unwrap();
    let coded = set.change(stamp(2, user), &add("I5021"), "").unwrap();
    coding::update(&mut tx, &coded, at(2)).await.unwrap();
    let set = coded.finalize(stamp(3, user), outcome).unwrap();
    coding::update(&mut tx, &set, at(3)).await.unwrap();
    tx.commit(event("coding-finalize")).await.unwrap();
    (set, user)
}

fn sample(set: &CodeSet, user: UserId) -> (Sample, AuditedCase) {
    let member = Member { code_set: set.id, version: set.version };
    let day = jiff::civil::date(2026, 1, 1);
    let criteria = Criteria {
        from: day,
        to: day,
        setting: None,
        coder: None,
        drg: None,
        payer: String::new(),
        size: Size::Count(1),
    };
    let id = SampleId::from_bits(1);
    let drawn = stamp(4, user);
    let sample = Sample {
        id,
        criteria,
        seed: "s".into(),
        population: 1,
        digest: digest(&[member]),
        drawn: drawn.clone(),
    };
    let coded = Coded {
        code_set: set.id,
        version: set.version,
        coder: stamp(3, user).by,
        worked: vec![user],
        closed: at(3),
        codes: set.codes.clone(),
        drg: Some(291),
    };
    let case =
        AuditedCase::drawn(AuditedCaseId::from_bits(1), (id, 1), (set.patient, set.encounter), coded, drawn);
    (sample, case)
}

story! {
    /// What is closed is found by when, by whom and with which DRG; restricted charts are left out.
    async fn closed_codes_are_found_by_criteria(store: &Store) {
        let (set, user) = closed(store).await;
        let mut tx = store.begin().await.unwrap();
        let found = async |tx: &mut store::Tx, filter: &ClosedFilter| {
            let all = coding::closed(tx, filter, MANY).await.unwrap();
            assert_eq!(coding::count_closed(tx, filter).await.unwrap(), i64::try_from(all.len()).unwrap());
            all.len()
        };
        let yes = ClosedFilter {
            from: Some(at(3)),
            before: Some(at(4)),
            setting: Some(chart::encounter::Setting::Clinic),
            coder: Some(user),
            drg: Some(291),
        };
        let setting = store::encounters::get(&mut tx, set.encounter).await.unwrap().visit.setting;
        let yes = ClosedFilter { setting: Some(setting), ..yes };
        assert_eq!(found(&mut tx, &yes).await, 1);
        let no = [
            ClosedFilter { from: Some(at(4)), ..ClosedFilter::default() },
            ClosedFilter { before: Some(at(3)), ..ClosedFilter::default() },
            ClosedFilter { coder: Some(UserId::from_bits(77)), ..ClosedFilter::default() },
            ClosedFilter { drg: Some(292), ..ClosedFilter::default() },
        ];
        for filter in no {
            assert_eq!(found(&mut tx, &filter).await, 0, "{filter:?}");
        }
        tx.commit(event("test")).await.unwrap();
    }
}

story! {
    /// Two act at once on an encounter of a sample: the second is told.
    async fn samples_and_their_encounters_are_kept_in_versions(store: &Store) {
        let (set, user) = closed(store).await;
        let (sample, case) = sample(&set, user);
        let mut tx = store.begin().await.unwrap();
        coding::insert_sample(&mut tx, &sample).await.unwrap();
        coding::insert_case(&mut tx, &case).await.unwrap();
        let begun = case.clone().begin(stamp(5, UserId::from_bits(8))).unwrap();
        coding::update_case(&mut tx, &begun).await.unwrap();
        let late = coding::update_case(&mut tx, &begun).await;
        assert!(matches!(late, Err(store::Error::Conflict { .. })), "{late:?}");
        tx.commit(event("audit-begin")).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        assert_eq!(coding::samples(&mut tx, MANY).await.unwrap().as_slice(), std::slice::from_ref(&sample));
        assert_eq!(coding::sample(&mut tx, sample.id).await.unwrap(), sample);
        assert_eq!(coding::case(&mut tx, case.id).await.unwrap(), begun);
        let of = |states: &[CaseStateKey]| CaseFilter {
            encounter: Some(set.encounter),
            coder: Some(user),
            states: states.to_vec(),
            ..CaseFilter::default()
        };
        assert_eq!(coding::cases(&mut tx, &of(&[CaseStateKey::Coding]), MANY).await.unwrap(), [begun]);
        assert!(coding::cases(&mut tx, &of(&[CaseStateKey::Drawn]), MANY).await.unwrap().is_empty());
        let settled = CaseFilter { settled_from: Some(at(0)), ..CaseFilter::default() };
        assert!(coding::cases(&mut tx, &settled, MANY).await.unwrap().is_empty());
        tx.commit(event("test")).await.unwrap();
    }
}

story! {
    /// The program's first word stays, and all of it goes where the encounter goes.
    async fn what_is_kept_beside_codes_moves_with_the_encounter(store: &Store) {
        let (set, user) = closed(store).await;
        let (sample, case) = sample(&set, user);
        let said = ShadowCodes { codes: vec![(Code::parse("I5021").unwrap(), 910)], why_not: String::new() };
        let shadow = Shadow {
            encounter: set.encounter,
            patient: set.patient,
            class: "clinic".into(),
            made: at(2),
            said: said.clone(),
        };
        let mut tx = store.begin().await.unwrap();
        coding::insert_sample(&mut tx, &sample).await.unwrap();
        coding::insert_case(&mut tx, &case).await.unwrap();
        coding::put_shadow(&mut tx, &shadow).await.unwrap();
        let second = Shadow { said: ShadowCodes::default(), ..shadow.clone() };
        coding::put_shadow(&mut tx, &second).await.unwrap();
        let before = chart::coding::Codes::default();
        let changed = Changed { version: 2, taken_back: None, before };
        coding::put_changed(&mut tx, set.id, &changed).await.unwrap();
        let back = Changed { version: 3, taken_back: Some(2), before: set.codes.clone() };
        coding::put_changed(&mut tx, set.id, &back).await.unwrap();
        merges::move_encounter(&mut tx, EncounterId::from_bits(1), 1, patient_id(2)).await.unwrap();
        tx.commit(event("encounter-move")).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        let moved = coding::shadows(&mut tx, (at(2), at(3)), MANY).await.unwrap();
        let [(found, coded)] = moved.as_slice() else { panic!("{moved:?}") };
        assert_eq!((found.patient, &found.said), (patient_id(2), &said));
        assert_eq!(coded.as_ref().map(|one| one.patient), Some(patient_id(2)));
        assert_eq!(coding::case(&mut tx, case.id).await.unwrap().patient, patient_id(2));
        assert_eq!(coding::changed(&mut tx, set.id).await.unwrap(), [changed, back]);
        tx.commit(event("test")).await.unwrap();
    }
}
