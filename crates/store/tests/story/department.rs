//! The department's papers: findings kept, queues read a page at a time, work given out, a hand-over, accounts that end.

use std::time::Instant;

use accuracy::{Finding, Passage, Place};
use chart::id::{FindingId, UserId};
use store::access::accounts::{self, Account};
use store::department::assignments::{self, Assignment};
use store::department::findings::{self, Details, Kept, State};
use store::department::hand_over::{self, HandOver};
use store::department::queue::{self, After, Counted, Filter, Source};
use store::department::terms;
use store::{Error, Page, Store};

use crate::house::{at, event, patient_id, story, with_patients};

/// Findings in the long queue.
const MANY: u32 = 50_000;
/// Rows of a page.
const PAGE: u32 = 50;

fn kept(number: u32) -> Kept {
    let passage = Passage { place: Place::Registration, title: "Registration".into(), quote: "x".into() };
    let rule = if number.is_multiple_of(10) { "another-patient" } else { "medication-plan" };
    Kept {
        id: FindingId::from_bits(u128::from(number) + 1),
        version: 1,
        patient: patient_id(1),
        encounter: None,
        state: State::Open,
        due: at(i64::from(number % 997)),
        found: at(0),
        details: Details {
            finding: Finding {
                rule: rule.into(),
                subject: "lisinopril".into(),
                what: "taken and stopped".into(),
                passages: vec![passage],
                why: "w".into(),
                advice: "a".into(),
                identity: format!("{rule}/{number}"),
            },
            decisions: Vec::new(),
        },
    }
}

async fn with_findings(store: &Store, count: u32) {
    with_patients(store, 1).await;
    let all: Vec<Kept> = (0..count).map(kept).collect();
    let mut tx = store.begin().await.unwrap();
    findings::insert_all(&mut tx, &all).await.unwrap();
    tx.commit(event("records-check")).await.unwrap();
}

story! {
    async fn a_long_queue_is_read_a_page_at_a_time_from_where_the_last_ended(store: &Store) {
        with_findings(store, MANY).await;
        let mut view = store.view().await.unwrap();
        let (mut after, mut seen, mut took) = (None::<After>, Vec::new(), Vec::new());
        for _ in 0..100 {
            let begun = Instant::now();
            let rows = queue::rows(&mut view, Source::Accuracy, &Filter::default(), after.as_ref(), PAGE).await.unwrap();
            took.push(begun.elapsed());
            after = rows.last().map(|row| After { due: row.due, item: row.item.clone() });
            seen.extend(rows.into_iter().map(|row| (row.due, row.item)));
        }
        assert_eq!(seen.len(), 100 * PAGE as usize);
        assert!(seen.windows(2).all(|pair| pair[0] < pair[1]), "in the order of the clock, nothing twice");
        took.sort();
        println!("a page of {PAGE} of {MANY}: p50 {:?}, p95 {:?}", took[50], took[95]);
        let only = Filter { kinds: vec!["another-patient".into()], due_before: Some(at(10)), ..Filter::default() };
        let rows = queue::rows(&mut view, Source::Accuracy, &only, None, PAGE).await.unwrap();
        assert!(!rows.is_empty() && rows.iter().all(|row| row.kind == "another-patient" && row.due < at(10)));
        let begun = Instant::now();
        let load = queue::load(&mut view, &mut Counted::default(), (Source::Accuracy, &Filter::default()), at(500)).await.unwrap();
        println!("counting {MANY}: {:?}", begun.elapsed());
        assert_eq!((load.open, load.assigned, load.oldest), (i64::from(MANY), 0, Some(at(0))));
        assert!(load.overdue > 0 && load.overdue < load.open);
        for source in Source::ALL {
            queue::load(&mut view, &mut Counted::default(), (source, &Filter::default()), at(0)).await.unwrap();
            queue::rows(&mut view, source, &Filter::default(), after.as_ref(), PAGE).await.unwrap();
        }
        view.close().await.unwrap();
    }
}

fn account(number: u128) -> Account {
    Account {
        id: UserId::from_bits(number),
        version: 1,
        login: format!("user-{number}"),
        name: format!("User {number}"),
        email: None,
        party: None,
        active: true,
        roles: vec!["analyst".into()],
        password_hash: None,
        password_changed: None,
        totp_secret: None,
        subject: None,
        failures: 0,
        locked_until: None,
        created: at(0),
    }
}

story! {
    async fn what_a_person_decides_stays_and_work_is_in_one_hand(store: &Store) {
        with_findings(store, 20).await;
        let mut tx = store.begin().await.unwrap();
        accounts::insert(&mut tx, &account(7)).await.unwrap();
        accounts::insert(&mut tx, &account(8)).await.unwrap();
        let mut one = findings::get(&mut tx, FindingId::from_bits(1)).await.unwrap();
        assert_eq!(one, kept(0));
        one.state = State::Resolved;
        assert_eq!(findings::update(&mut tx, &one, at(9)).await.unwrap(), 2);
        let again = findings::update(&mut tx, &one, at(9)).await;
        assert!(matches!(again, Err(Error::Conflict { .. })), "{again:?}");
        // The same finding, found again, is not added again.
        findings::insert_all(&mut tx, &[kept(0)]).await.unwrap();
        let all = findings::of_patients(&mut tx, &[patient_id(1)]).await.unwrap();
        assert_eq!(all[&patient_id(1)].len(), 20);
        let given = |item: u128, to: u128| Assignment {
            source: "accuracy".into(),
            item: FindingId::from_bits(item).to_string(),
            assignee: Some(UserId::from_bits(to)),
            priority: 1,
            by: UserId::from_bits(7),
            at: at(3),
            note: "today".into(),
        };
        assignments::put(&mut tx, &given(2, 7)).await.unwrap();
        assignments::put(&mut tx, &given(2, 8)).await.unwrap();
        assert_eq!(assignments::of_person(&mut tx, UserId::from_bits(7), Page::first(9)).await.unwrap(), []);
        assert_eq!(assignments::of_person(&mut tx, UserId::from_bits(8), Page::first(9)).await.unwrap(), [given(2, 8)]);
        let mine = Filter { assignee: Some(UserId::from_bits(8)), ..Filter::default() };
        let rows = queue::rows(&mut tx, Source::Accuracy, &mine, None, 9).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.item.clone()).collect::<Vec<_>>(), [FindingId::from_bits(2).to_string()]);
        let free = Filter { unassigned: true, ..Filter::default() };
        assert_eq!(queue::load(&mut tx, &mut Counted::default(), (Source::Accuracy, &free), at(0)).await.unwrap().open, 18);
        let away = HandOver {
            account: UserId::from_bits(7),
            since: at(10),
            until: at(20),
            taker: Some(UserId::from_bits(8)),
            note: "keys".into(),
            written: at(1),
        };
        hand_over::put(&mut tx, &away).await.unwrap();
        assert_eq!(hand_over::current(&mut tx, at(15), Page::first(9)).await.unwrap(), [away]);
        assert_eq!(hand_over::current(&mut tx, at(20), Page::first(9)).await.unwrap(), []);
        terms::set(&mut tx, UserId::from_bits(8), Some(at(30))).await.unwrap();
        assert_eq!(terms::ends(&mut tx, UserId::from_bits(8)).await.unwrap(), Some(at(30)));
        terms::set(&mut tx, UserId::from_bits(8), None).await.unwrap();
        assert_eq!(terms::ends(&mut tx, UserId::from_bits(8)).await.unwrap(), None);
        tx.commit(event("finding-decide")).await.unwrap();
    }
}
