//! Queries and documentation alerts: kept in versions, found by who owes an answer, moved with their charts.

use alerts::{Alert, AlertKind};
use chart::deficiency::Responsible;
use chart::directory::Named;
use chart::encounter::Stay;
use chart::id::{EncounterId, MergeId, QueryId, UserId};
use chart::machine::{Actor, Stamp};
use chart::query::{
    Answer, Ask, Author, Form, Group, Indicator, Outcome, Query, Retention, StateKey, Timing, query_ladder,
};
use chart::signature::Meaning;
use jiff::tz::TimeZone;
use store::alerts::{AlertState, Dismissal, Filed};
use store::queries::{self, Filter};
use store::{Page, Store, encounters, merges};

use crate::house::{at, encounter, event, patient_id, story, with_patients};
use crate::merges::merge;
use crate::signing::account;

fn stamp(seconds: i64, user: UserId) -> Stamp {
    Stamp { by: Actor::person(user, "Somebody"), at: at(seconds) }
}

fn someone(name: &str) -> Responsible {
    Responsible { name: Named { name: name.into(), key: None }, party: None }
}

fn indicator() -> Indicator {
    Indicator {
        key: "creatinine".into(),
        group: Group::Laboratory,
        quote: "Creatinine 2.4 mg/dL".into(),
        title: "Laboratory".into(),
        date: None,
        document: None,
        entry: None,
        encounter: None,
    }
}

fn ask(author: UserId) -> Ask {
    Ask {
        template: "renal-injury".into(),
        title: "Clarification of renal findings".into(),
        addressed: someone("Dr. Okafor"),
        author: Author {
            by: Actor::person(author, "Asker"),
            credentials: "CCDS".into(),
            contact: "4410".into(),
        },
        indicators: vec![indicator()],
        question: "What do these findings represent?".into(),
        form: Form::Open,
        choices: Vec::new(),
        about: String::new(),
        prior_reason: String::new(),
        timing: Timing::Retrospective,
        retention: Retention::Legal,
    }
}

/// Two charts with an encounter each, and a draft about the first.
async fn drafted(store: &Store) -> (Query, UserId, UserId) {
    with_patients(store, 2).await;
    let mut tx = store.begin().await.unwrap();
    for number in [1, 2] {
        let mut over = encounter(number, patient_id(number));
        over.visit.stay = Stay::Closed { since: Some(at(0)), until: Some(at(1)) };
        encounters::insert(&mut tx, &over).await.unwrap();
    }
    let (asks, answers) = (account(&mut tx, 8).await, account(&mut tx, 9).await);
    let of = (patient_id(1), EncounterId::from_bits(1));
    let span = query_ladder().span(Timing::Retrospective);
    let query = Query::draft(QueryId::from_bits(1), of, ask(asks), span, stamp(10, asks));
    queries::insert(&mut tx, &query, at(10)).await.unwrap();
    tx.commit(event("query-draft")).await.unwrap();
    (query, asks, answers)
}

fn found(number: u128) -> Filed {
    let encounter = EncounterId::from_bits(number);
    let alert = Alert {
        rule: "acute-kidney-injury".into(),
        kind: AlertKind::Undocumented,
        title: "Renal findings".into(),
        message: "Creatinine rose and no diagnosis names it.".into(),
        evidence: vec![indicator()],
        template: "renal-injury".into(),
        definition: "KDIGO 2012".into(),
        identity: format!("acute-kidney-injury/{encounter}"),
    };
    let (state, patient) = (AlertState::Open, patient_id(number));
    Filed { alert, patient, encounter, state, raised: at(5), updated: at(5), dismissal: None }
}

story! {
    /// From the draft to the close, in each list where it belongs and in no other.
    async fn a_query_is_found_by_who_owes_its_answer(store: &Store) {
        let (query, asks, answers) = drafted(store).await;
        let mut tx = store.begin().await.unwrap();
        let owed = Filter {
            states: queries::OWED.to_vec(),
            responsible: Some("dr. okafor".into()),
            ..Filter::default()
        };
        assert_eq!(queries::count(&mut tx, &owed).await.unwrap(), 0, "a draft asks nobody");
        let issued = query.clone().issue(stamp(20, asks), &TimeZone::UTC).unwrap();
        queries::update(&mut tx, &issued, at(20)).await.unwrap();
        assert_eq!(queries::list(&mut tx, &owed, Page::first(9)).await.unwrap(), std::slice::from_ref(&issued));
        let overdue = |due_before| Filter { due_before: Some(due_before), ..owed.clone() };
        let due = issued.due().unwrap();
        assert_eq!(queries::count(&mut tx, &overdue(due)).await.unwrap(), 0);
        let later = due.checked_add(jiff::SignedDuration::from_secs(1)).unwrap();
        assert_eq!(queries::count(&mut tx, &overdue(later)).await.unwrap(), 1);
        assert_eq!(queries::owed_of_patients(&mut tx, &[patient_id(1)]).await.unwrap(), std::slice::from_ref(&issued));
        let late = query.withdraw(stamp(30, asks), "a mistake").unwrap();
        let late = queries::update(&mut tx, &late, at(30)).await;
        assert!(matches!(late, Err(store::Error::Conflict { .. })), "{late:?}");
        let answer = Answer {
            choice: None,
            text: "Acute kidney injury".into(),
            by: stamp(40, answers),
            credentials: "MD".into(),
            meaning: Meaning::Author,
        };
        let answered = issued.answer(answer).unwrap();
        queries::update(&mut tx, &answered, at(40)).await.unwrap();
        assert_eq!(queries::count(&mut tx, &owed).await.unwrap(), 0);
        let closed = answered.close(stamp(50, asks), Outcome::Agreed).unwrap();
        queries::update(&mut tx, &closed, at(50)).await.unwrap();
        let mine = Filter { states: vec![StateKey::Closed], author: Some(asks), ..Filter::default() };
        assert_eq!(queries::list(&mut tx, &mine, Page::first(9)).await.unwrap(), [closed]);
        let before = Filter { created_before: Some(at(10)), ..Filter::default() };
        assert_eq!(queries::count(&mut tx, &before).await.unwrap(), 0);
        tx.commit(event("query-close")).await.unwrap();
    }
}

story! {
    /// A merge, its undoing and a move of the encounter take queries and alerts along, and back.
    async fn queries_and_alerts_go_with_their_chart(store: &Store) {
        let (query, ..) = drafted(store).await;
        let mut tx = store.begin().await.unwrap();
        store::alerts::put(&mut tx, &[found(1), found(2)]).await.unwrap();
        let moved = merges::move_encounter(&mut tx, query.encounter, 1, patient_id(2)).await.unwrap();
        assert_eq!((moved.rows["query"], moved.rows["alert"]), (1, 1));
        let there = queries::get(&mut tx, query.id).await.unwrap();
        assert_eq!(there, Query { patient: patient_id(2), ..query.clone() });
        let kept = store::alerts::of_patients(&mut tx, &[patient_id(2)]).await.unwrap();
        assert_eq!(kept, [Filed { patient: patient_id(2), ..found(1) }, found(2)]);
        let into = EncounterId::from_bits(2);
        let refiled = merges::merge_encounters(&mut tx, query.encounter, into).await.unwrap();
        assert_eq!(refiled.rows["query"], 1);
        assert!(!refiled.rows.contains_key("alert"), "the rule and the encounter are what an alert is known by");
        assert_eq!(queries::get(&mut tx, query.id).await.unwrap().encounter, into);
        tx.commit(event("encounter-move")).await.unwrap();
    }
}

story! {
    /// A merge takes what is asked and found to the survivor; its undoing gives it back.
    async fn a_merge_takes_queries_and_alerts_and_gives_them_back(store: &Store) {
        let (query, ..) = drafted(store).await;
        let mut tx = store.begin().await.unwrap();
        store::alerts::put(&mut tx, &[found(1)]).await.unwrap();
        let moved = merge(&mut tx, 1, 2, 1).await.unwrap();
        assert_eq!((moved.rows["query"], moved.rows["alert"]), (1, 1));
        assert_eq!(queries::get(&mut tx, query.id).await.unwrap().patient, patient_id(2));
        merges::unmerge(&mut tx, MergeId::from_bits(1), "01", at(200)).await.unwrap();
        assert_eq!(queries::get(&mut tx, query.id).await.unwrap(), query);
        assert_eq!(store::alerts::of_patients(&mut tx, &[patient_id(1)]).await.unwrap(), [found(1)]);
        tx.commit(event("patient-unmerge")).await.unwrap();
    }
}

story! {
    /// Open, cleared and dismissed alerts are told apart; what a person said about one is kept with it.
    async fn an_alert_is_kept_with_what_became_of_it(store: &Store) {
        let (_, asks, _) = drafted(store).await;
        let mut tx = store.begin().await.unwrap();
        store::alerts::put(&mut tx, &[found(1), found(2)]).await.unwrap();
        let cleared = Filed { state: AlertState::Cleared, updated: at(9), ..found(1) };
        let dismissal = Some(Dismissal { by: stamp(9, asks), reason: "chronic".into() });
        let dismissed = Filed { state: AlertState::Dismissed, updated: at(9), dismissal, ..found(2) };
        store::alerts::put(&mut tx, &[cleared.clone(), dismissed.clone()]).await.unwrap();
        let of = |state| store::alerts::Filter { state: Some(state), ..store::alerts::Filter::default() };
        assert_eq!(store::alerts::count(&mut tx, &of(AlertState::Open)).await.unwrap(), 0);
        let found_cleared =
            store::alerts::list(&mut tx, &of(AlertState::Cleared), Page::first(9)).await.unwrap();
        assert_eq!(found_cleared, [cleared]);
        let kept = store::alerts::get(&mut tx, &dismissed.alert.identity).await.unwrap();
        assert_eq!(kept, dismissed);
        let kind = |kind| store::alerts::Filter { kind: Some(kind), ..store::alerts::Filter::default() };
        assert_eq!(store::alerts::count(&mut tx, &kind(AlertKind::Undocumented)).await.unwrap(), 2);
        assert_eq!(store::alerts::count(&mut tx, &kind(AlertKind::Conflicting)).await.unwrap(), 0);
        tx.commit(event("alert-dismiss")).await.unwrap();
    }
}
