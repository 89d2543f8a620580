//! Claims that went out and what payers answered: kept, found by their numbers, moved with their encounter.

use chart::claim::{Claim, Standing};
use chart::encounter::{Encounter, Stay};
use chart::id::{ClaimId, CodeSetId, Digest, EncounterId, PatientId, RemittanceId, RemittedClaimId};
use chart::intake::Original;
use chart::machine::{Actor, History, Stamp};
use store::remittances::{self, Answer, Denial, Remittance};
use store::{Page, Store, Tx, claims, coding, encounters, merges, originals};

use crate::house::{at, encounter, event, patient_id, story, with_patients};

fn stamp(seconds: i64) -> Stamp {
    Stamp { by: Actor::program("test"), at: at(seconds) }
}

/// Two patients, and an encounter of the first that is over.
async fn ended(store: &Store) -> Encounter {
    with_patients(store, 2).await;
    let mut over = encounter(1, patient_id(1));
    over.visit.stay = Stay::Closed { since: Some(at(0)), until: Some(at(1)) };
    let mut tx = store.begin().await.unwrap();
    encounters::insert(&mut tx, &over).await.unwrap();
    tx.commit(event("encounter-close")).await.unwrap();
    over
}

async fn file(tx: &mut Tx, text: &str) -> Digest {
    let original = Original { media_type: "application/edi-x12".into(), bytes: text.into() };
    originals::put(tx, &[&original]).await.unwrap()[0]
}

fn claim(number: i64, patient: PatientId, encounter: EncounterId, original: Digest) -> Claim {
    Claim {
        id: ClaimId::from_bits(u128::try_from(number).unwrap_or_default()),
        version: 1,
        patient,
        encounter,
        number,
        control_number: "ACC-1".into(),
        code_set: CodeSetId::from_bits(1),
        code_set_version: 2,
        type_of_bill: "111".into(),
        payer: "Medicare".into(),
        charge_cents: 410_000,
        original,
        standing: Standing::Out,
        replaces: None,
        history: History::begin("write", stamp(2), ""),
    }
}

story! {
    /// A claim is found by its numbers; while it stands the encounter waits for no bill.
    async fn a_claim_goes_out_and_is_replaced(store: &Store) {
        let over = ended(store).await;
        let mut tx = store.begin().await.unwrap();
        let original = file(&mut tx, "ISA*1~").await;
        assert_eq!(claims::next_number(&mut tx).await.unwrap(), 1);
        let first = claim(1, over.patient, over.id, original);
        claims::insert(&mut tx, &first, at(2)).await.unwrap();
        claims::bill_stands(&mut tx, over.id, Some(at(2))).await.unwrap();
        assert_eq!(coding::unbilled(&mut tx, None, Page::first(9)).await.unwrap(), []);
        let opened = first.clone().open_again(stamp(3), "denied").unwrap();
        claims::update(&mut tx, &opened).await.unwrap();
        claims::bill_stands(&mut tx, over.id, None).await.unwrap();
        assert_eq!(coding::unbilled(&mut tx, None, Page::first(9)).await.unwrap().len(), 1);
        assert_eq!(claims::next_number(&mut tx).await.unwrap(), 2);
        let second = claim(2, over.patient, over.id, original);
        claims::insert(&mut tx, &second, at(4)).await.unwrap();
        tx.commit(event("claim-write")).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        assert_eq!(claims::of_encounter(&mut tx, over.id).await.unwrap(), [second.clone(), opened.clone()]);
        assert_eq!(claims::by_control_number(&mut tx, "ACC-1").await.unwrap(), Some(second));
        assert_eq!(claims::get(&mut tx, opened.id).await.unwrap(), opened);
        let late = claims::update(&mut tx, &first.open_again(stamp(5), "again").unwrap()).await;
        assert!(matches!(late, Err(store::Error::Conflict { .. })), "{late:?}");
        let moved = merges::move_encounter(&mut tx, over.id, 1, patient_id(2)).await.unwrap();
        assert_eq!(moved.rows["claim"], 2);
        assert_eq!(claims::get(&mut tx, opened.id).await.unwrap().patient, patient_id(2));
        tx.commit(event("encounter-move")).await.unwrap();
    }
}

story! {
    /// A number is given once.
    async fn two_claims_do_not_have_one_number(store: &Store) {
        let over = ended(store).await;
        let mut tx = store.begin().await.unwrap();
        let original = file(&mut tx, "ISA*1~").await;
        claims::insert(&mut tx, &claim(1, over.patient, over.id, original), at(2)).await.unwrap();
        let other = Claim { id: ClaimId::from_bits(9), ..claim(1, over.patient, over.id, original) };
        let refused = claims::insert(&mut tx, &other, at(2)).await;
        assert!(matches!(refused, Err(store::Error::Refused(_))), "{refused:?}");
        tx.roll_back().await.unwrap();
    }
}

story! {
    /// What belongs to no encounter is kept, given to one once, and denials are counted by kind.
    async fn what_payers_answer_is_kept(store: &Store) {
        let over = ended(store).await;
        let mut tx = store.begin().await.unwrap();
        let original = file(&mut tx, "ISA*835~").await;
        let one = Remittance {
            id: RemittanceId::from_bits(1),
            original,
            place: 0,
            payer: "1999999999".into(),
            trace: "CHK1".into(),
            posted: at(5),
            said: "a payment".to_owned(),
        };
        remittances::insert(&mut tx, &one).await.unwrap();
        let answer = |place: i64, whose| Answer {
            id: RemittedClaimId::from_bits(u128::try_from(place).unwrap_or_default()),
            remittance: one.id,
            place,
            whose,
            control_number: format!("ACC-{place}"),
            payer_number: "P1".into(),
            at: at(5),
            said: "a decision".to_owned(),
        };
        let (known, nobodys) = (answer(0, Some((over.patient, over.id))), answer(1, None));
        remittances::insert_answers(&mut tx, &[known.clone(), nobodys.clone()]).await.unwrap();
        let denial = |answer: RemittedClaimId, amount_cents| Denial {
            answer,
            place: 0,
            category: "authorization".into(),
            group: "CO".into(),
            reason: "197".into(),
            amount_cents,
            at: at(5),
        };
        remittances::put_denials(&mut tx, &[denial(known.id, 500), denial(nobodys.id, 700)]).await.unwrap();
        tx.commit(event("remittance-post")).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        assert_eq!(remittances::count_of_file(&mut tx, original).await.unwrap(), 1);
        assert!(remittances::has_trace(&mut tx, "1999999999", "CHK1").await.unwrap());
        assert!(!remittances::has_trace(&mut tx, "1999999999", "CHK2").await.unwrap());
        assert_eq!(remittances::list::<String>(&mut tx, Page::first(9)).await.unwrap(), std::slice::from_ref(&one));
        assert_eq!(remittances::get::<String>(&mut tx, one.id).await.unwrap(), one);
        let all = remittances::answers::<String>(&mut tx, one.id).await.unwrap();
        assert_eq!(all, [known.clone(), nobodys.clone()]);
        assert_eq!(remittances::unmatched::<String>(&mut tx, Page::first(9)).await.unwrap(), std::slice::from_ref(&nobodys));
        let sums = remittances::denial_sums(&mut tx).await.unwrap();
        assert_eq!((sums[0].category.as_str(), sums[0].count, sums[0].cents), ("authorization", 2, 1_200));
        let listed = remittances::denials(&mut tx, Some("authorization"), Page::first(9)).await.unwrap();
        let named: Vec<bool> = listed.iter().map(|one| one.name.is_some()).collect();
        assert_eq!(named, [false, true], "the latest first");
        assert_eq!(remittances::denials(&mut tx, Some("coding"), Page::first(9)).await.unwrap(), []);
        remittances::assign(&mut tx, nobodys.id, (over.patient, over.id)).await.unwrap();
        let twice = remittances::assign(&mut tx, nobodys.id, (over.patient, over.id)).await;
        assert!(matches!(twice, Err(store::Error::Refused(_))), "{twice:?}");
        assert_eq!(remittances::of_encounter::<String>(&mut tx, over.id).await.unwrap().len(), 2);
        tx.commit(event("remittance-assign")).await.unwrap();
    }
}
