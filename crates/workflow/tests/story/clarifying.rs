//! Documentation alerts of the written charts, and queries that are counted until they are answered.

use alerts::Alert;
use chart::access::Role;
use chart::deficiency::{Responsible, StateKey};
use chart::directory::Named;
use chart::id::QueryId;
use chart::machine::{Actor, Stamp};
use chart::query::{Answer, Ask, Author, Form, Query, Retention, Timing, query_ladder};
use chart::signature::Meaning;
use hospital::{Staff, written, zone};
use jiff::Timestamp;
use jiff::civil::date;
use store::Page;
use store::alerts::{AlertState, Dismissal, Filed, Filter};
use workflow::completeness::evaluate_all;
use workflow::{Context, Who};

use crate::house::House;

/// The demo's last day, in the evening, and so many minutes later.
fn evening(minutes: i64) -> Timestamp {
    let at = date(2026, 11, 20).at(20, 0, 0, 0);
    let at = zone().to_ambiguous_timestamp(at).compatible().expect("an evening");
    at + jiff::SignedDuration::from_mins(minutes)
}

async fn evaluate(house: &House, minutes: i64) {
    let chance = u128::from(minutes.unsigned_abs()) << 50;
    let mut context = Context::new(evening(minutes), Who::System("test"), chance);
    evaluate_all(&house.store, &mut context, &zone()).await.expect("the house works");
}

async fn hospital() -> House {
    let house = House::new().await;
    house.take(written(&Staff::load())).await;
    evaluate(&house, 0).await;
    house
}

async fn alerts_kept(house: &House) -> Vec<Filed> {
    let mut view = house.store.view().await.expect("the house works");
    let all = store::alerts::list(&mut view, &Filter::default(), Page::first(10_000)).await;
    view.close().await.expect("the house works");
    all.expect("the house works")
}

async fn put(house: &House, alerts: &[Filed]) {
    let mut tx = house.store.begin().await.expect("the house works");
    store::alerts::put(&mut tx, alerts).await.expect("the house works");
    tx.commit(house.system().event("alert-put")).await.expect("the house works");
}

#[tokio::test]
async fn alerts_are_raised_once_and_clear_themselves() {
    let house = hospital().await;
    let raised = alerts_kept(&house).await;
    assert!(!raised.is_empty(), "the written charts leave something unsaid");
    assert!(raised.iter().all(|one| one.state == AlertState::Open && !one.alert.evidence.is_empty()));
    evaluate(&house, 1).await;
    assert_eq!(alerts_kept(&house).await, raised, "nothing has changed");

    // A gap that no rule finds any more.
    let first = raised[0].clone();
    let identity = format!("mended/{}", first.encounter);
    let mended = Filed { alert: Alert { identity: identity.clone(), ..first.alert.clone() }, ..first };
    put(&house, std::slice::from_ref(&mended)).await;
    evaluate(&house, 2).await;
    let now = alerts_kept(&house).await;
    let cleared = now.iter().find(|one| one.alert.identity == identity).unwrap();
    assert_eq!(*cleared, Filed { state: AlertState::Cleared, updated: evening(2), ..mended });
}

#[tokio::test]
async fn what_was_dismissed_stays_so_and_what_had_cleared_is_raised_again() {
    let house = hospital().await;
    let raised = alerts_kept(&house).await;
    let by = Stamp { by: Actor::program("test"), at: evening(1) };
    let dismissal = Some(Dismissal { by, reason: "known and chronic".into() });
    let dismissed = Filed { state: AlertState::Dismissed, dismissal, ..raised[0].clone() };
    let cleared = Filed { state: AlertState::Cleared, ..raised[1].clone() };
    put(&house, &[dismissed.clone(), cleared.clone()]).await;
    evaluate(&house, 2).await;
    let now = alerts_kept(&house).await;
    assert!(now.contains(&dismissed), "a rule never undoes what a person has decided");
    let again = now.iter().find(|one| one.alert.identity == cleared.alert.identity).unwrap();
    assert_eq!((again.state, again.raised), (AlertState::Open, evening(2)));
}

/// A query about the encounter of an alert, put to somebody.
async fn issued(house: &House, about: &Filed) -> Query {
    let Who::User { id, .. } = house.user(Role::CdiSpecialist, None).await else { panic!("a user") };
    let stamp = Stamp { by: Actor::person(id, "Asker"), at: evening(1) };
    let ask = Ask {
        template: about.alert.template.clone(),
        title: "Clarification of findings".into(),
        addressed: Responsible { name: Named { name: "Dr. Okafor".into(), key: None }, party: None },
        author: Author { by: stamp.by.clone(), credentials: "CCDS".into(), contact: "4410".into() },
        indicators: about.alert.evidence.clone(),
        question: "What do these findings represent?".into(),
        form: Form::Open,
        choices: Vec::new(),
        about: String::new(),
        prior_reason: String::new(),
        timing: Timing::Retrospective,
        retention: Retention::Legal,
    };
    let of = (about.patient, about.encounter);
    let span = query_ladder().span(Timing::Retrospective);
    let draft = Query::draft(QueryId::from_bits(7), of, ask, span, stamp.clone());
    let mut tx = house.store.begin().await.expect("the house works");
    store::queries::insert(&mut tx, &draft, stamp.at).await.expect("the house works");
    let query = draft.issue(stamp.clone(), &zone()).expect("a draft is issued");
    store::queries::update(&mut tx, &query, stamp.at).await.expect("the house works");
    tx.commit(house.system().event("query-issue")).await.expect("the house works");
    query
}

/// The states of what is owed for queries.
async fn counted(house: &House) -> Vec<StateKey> {
    let mut view = house.store.view().await.expect("the house works");
    let all = store::deficiencies::Filter::default();
    let all = store::deficiencies::list(&mut view, &all, Page::first(10_000)).await.expect("the house works");
    view.close().await.expect("the house works");
    let of_queries = all.into_iter().filter(|one| one.deficiency.rule == "query");
    of_queries.map(|one| one.deficiency.state.key()).collect()
}

#[tokio::test]
async fn a_query_is_counted_until_it_is_answered() {
    let house = hospital().await;
    let about = alerts_kept(&house).await.remove(0);
    let query = issued(&house, &about).await;
    evaluate(&house, 2).await;
    assert_eq!(counted(&house).await, [StateKey::Open]);
    let Who::User { id, .. } = house.user(Role::Physician, None).await else { panic!("a user") };
    let by = Stamp { by: Actor::person(id, "Dr. Okafor"), at: evening(3) };
    let text = "As documented".into();
    let answer = Answer { choice: None, text, by, credentials: "MD".into(), meaning: Meaning::Author };
    let answered = query.answer(answer).unwrap();
    let mut tx = house.store.begin().await.unwrap();
    store::queries::update(&mut tx, &answered, evening(3)).await.unwrap();
    tx.commit(house.system().event("query-answer")).await.unwrap();
    evaluate(&house, 4).await;
    assert_eq!(counted(&house).await, [StateKey::Cleared]);
}
