//! What the written charts lack, on a real database: raised, worked on, cleared, and asked for anew by another policy.

use std::time::Instant;

use chart::access::Role;
use chart::coded::{Coded, system};
use chart::deficiency::{DeficiencyKind, State, StateKey};
use chart::document::{Attestation, DocumentContent, DocumentStatus, Section};
use chart::id::PatientId;
use chart::intake::{Arrival, Change, Channel, KeyKind, Original, SourceKey};
use completeness::{FacilityKind, SHIPPED, profile_rows};
use hospital::{SYSTEM, Staff, generated, written, zone};
use jiff::Timestamp;
use jiff::civil::date;
use store::deficiencies::{Filed, Filter, Pile};
use store::{Page, analyses};
use workflow::completeness::{
    Change as PolicyChange, Debtor, Extent, Queue, Verb, act, analysed, catch_up, change, evaluate_all,
    in_chart, queue, waiting,
};
use workflow::{Context, Error, Who, jobs};

use crate::house::House;

/// The demo's last day, in the evening, and so many minutes later.
fn evening(minutes: i64) -> Timestamp {
    let at = zone()
        .to_ambiguous_timestamp(date(2026, 11, 20).at(20, 0, 0, 0))
        .compatible()
        .expect("the house works");
    at + jiff::SignedDuration::from_mins(minutes)
}

fn system_at(minutes: i64) -> Context {
    Context::new(evening(minutes), Who::System("test"), u128::from(minutes.unsigned_abs()) << 50)
}

/// A context of somebody, so many minutes into the evening.
fn at(mut context: Context, minutes: i64) -> Context {
    context.at = evening(minutes);
    context
}

async fn hospital() -> House {
    let house = House::new().await;
    house.take(written(&Staff::load())).await;
    work(&house, 0).await;
    house
}

async fn work(house: &House, minutes: i64) {
    let mut round = 0;
    loop {
        let mut context = system_at(minutes);
        context.at = evening(minutes) + jiff::SignedDuration::from_secs(round);
        let mut context = Context::new(context.at, context.who, u128::from(round.unsigned_abs()) << 40 | 7);
        if jobs::work(&house.store, &mut context, "test", &zone()).await.expect("the house works") == 0 {
            return;
        }
        round += 1;
    }
}

async fn patient(house: &House, number: &str) -> PatientId {
    house.target(&SourceKey::new(SYSTEM, KeyKind::Patient, number)).await.expect("a written chart")
}

async fn all(house: &House, filter: Filter) -> Vec<Filed> {
    let mut view = house.store.view().await.expect("the house works");
    let found =
        store::deficiencies::list(&mut view, &filter, Page::first(10_000)).await.expect("the house works");
    view.close().await.expect("the house works");
    found
}

async fn of_rule(house: &House, patient: PatientId, rule: &str) -> Filed {
    let all = all(house, Filter { patient: Some(patient), ..Filter::default() }).await;
    all.into_iter().find(|one| one.deficiency.rule == rule).unwrap_or_else(|| panic!("no {rule}"))
}

#[tokio::test]
async fn what_comes_in_is_evaluated_and_waits_at_the_analysts_desk() {
    let house = hospital().await;
    let owed = all(&house, Filter { pile: Some(Pile::Owed), ..Filter::default() }).await;
    assert!(owed.len() >= 85, "{} owed", owed.len());
    let order = owed.iter().find(|one| one.deficiency.kind == DeficiencyKind::VerbalOrder).unwrap();
    assert!(order.deficiency.responsible().party.is_some(), "{:?}", order.deficiency.responsible());
    let dues: Vec<Option<Timestamp>> = owed.iter().map(|one| one.deficiency.due()).collect();
    let known: Vec<Timestamp> = dues.iter().flatten().copied().collect();
    assert!(known.is_sorted(), "the first due first");

    let analyst = at(house.context(house.user(Role::Analyst, None).await), 5);
    let found = queue(&house.store, &analyst, &Queue::default(), Page::first(50)).await.unwrap();
    assert_eq!(found.count, i64::try_from(owed.len()).unwrap());
    let waits = waiting(&house.store, &analyst, &[analyses::State::Waiting], Page::first(50)).await.unwrap();
    assert!(waits.count >= 24, "{} encounters wait", waits.count);
    let late: usize = waits.rows.iter().map(|(one, _)| one.details.late.len()).sum();
    assert!(late > 0, "what came late is recorded with the analysis");

    let clerk = house.context(house.user(Role::Clerk, None).await);
    let refused = queue(&house.store, &clerk, &Queue::default(), Page::first(1)).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })), "a clerk has nothing to do with it");
}

#[tokio::test]
async fn evaluating_again_changes_nothing() {
    let house = hospital().await;
    let before = all(&house, Filter::default()).await;
    let count = evaluate_all(&house.store, &mut system_at(30), Extent::Everything, &zone()).await.unwrap();
    assert!(count >= 39, "{count} encounters");
    assert_eq!(before, all(&house, Filter::default()).await);
}

#[tokio::test]
async fn a_deficiency_is_worked_on_and_nobody_reviews_oneself() {
    let house = hospital().await;
    let number = patient(&house, "HB-100102").await;
    let (mut analyst, mut supervisor) = (
        house.context(house.user(Role::Analyst, None).await),
        house.context(house.user(Role::Supervisor, None).await),
    );
    (analyst.at, supervisor.at) = (evening(10), evening(20));
    let one = of_rule(&house, number, "consent").await.deficiency;
    let waive = Verb::Waive("cannot be obtained any more".into());
    let refused = act(&house.store, &analyst, one.id, one.version, waive.clone(), &zone()).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })), "an analyst does not waive");
    let silent = act(&house.store, &supervisor, one.id, one.version, Verb::Waive(" ".into()), &zone()).await;
    assert!(matches!(silent, Err(Error::Refused(_))), "without a reason nothing is waived");
    let claimed = act(&house.store, &analyst, one.id, one.version, Verb::Claim, &zone()).await.unwrap();
    assert_eq!(claimed.due(), one.due(), "the clock stays");
    let stale = act(&house.store, &supervisor, one.id, one.version, waive.clone(), &zone()).await;
    assert!(matches!(stale, Err(Error::Refused(_))), "somebody was faster");
    let waived = act(&house.store, &supervisor, one.id, claimed.version, waive, &zone()).await.unwrap();
    assert_eq!(waived.state.key(), StateKey::Waived);
    work(&house, 40).await;
    evaluate_all(&house.store, &mut system_at(50), Extent::Everything, &zone()).await.unwrap();
    let kept = of_rule(&house, number, "consent").await.deficiency;
    assert_eq!(kept.state.key(), StateKey::Waived, "a rule does not undo what a person decided");

    let blank = of_rule(&house, number, "blank").await.deficiency;
    let decline = Verb::Decline("these were filled by hand on the paper".into());
    let declined = act(&house.store, &supervisor, blank.id, blank.version, decline, &zone()).await.unwrap();
    let own = act(&house.store, &supervisor, blank.id, declined.version, Verb::AcceptDecline, &zone()).await;
    assert!(matches!(own, Err(Error::Refused(_))), "who declined does not review");
}

#[tokio::test]
async fn what_comes_clears_what_was_missing() {
    let house = hospital().await;
    let id = patient(&house, "HB-100208").await;
    let before = of_rule(&house, id, "discharge-instructions").await.deficiency;
    assert!(matches!(before.state, State::Open { .. }));
    house.take(vec![instructions("HB-100208", "HB-100208-a")]).await;
    work(&house, 60).await;
    let after = of_rule(&house, id, "discharge-instructions").await.deficiency;
    assert_eq!(after.state.key(), StateKey::Cleared);
    assert!(after.history.all().len() > before.history.all().len());
}

/// Discharge instructions, signed, for an encounter of a written chart.
fn instructions(number: &str, account: &str) -> Arrival {
    let key = |kind, text: &str| SourceKey::new(SYSTEM, kind, text);
    let nurse = chart::directory::Named { name: "Kathleen Boyle, RN".into(), key: None };
    let signature = Attestation { by: nurse.clone(), meaning: "author".into(), at: Some(evening(50).into()) };
    let content = DocumentContent {
        kind: Coded::new(system::DOCUMENT_TYPE, "discharge-instructions", "Discharge instructions"),
        title: "Discharge instructions".into(),
        status: DocumentStatus::Final,
        written: Some(evening(50).into()),
        authors: vec![nurse],
        signatures: vec![signature],
        sections: vec![Section { text: "Keep the splint dry.".into(), ..Section::default() }],
        ..DocumentContent::default()
    };
    Arrival {
        channel: Channel::Hand,
        kind: "Document".into(),
        original: Original { media_type: "text/plain".into(), bytes: b"instructions".to_vec() },
        changes: vec![Change::Document {
            key: key(KeyKind::Document, "late-instructions"),
            patient: key(KeyKind::Patient, number),
            encounter: Some(key(KeyKind::Encounter, account)),
            content: Box::new(content),
        }],
        attachments: Vec::new(),
        remarks: Vec::new(),
    }
}

#[tokio::test]
async fn another_policy_withdraws_and_asks_anew() {
    let house = hospital().await;
    let id = patient(&house, "HB-100102").await;
    let administrator = house.user(Role::Administrator, None).await;
    let mut context = at(house.context(administrator.clone()), 70);
    let without = |reason: &str| PolicyChange {
        key: "reconciliation-discharge".into(),
        row: None,
        first: date(2026, 11, 1),
        reason: reason.into(),
    };
    assert!(change(&house.store, &mut context, without(" ")).await.is_err(), "a policy changes for a reason");
    change(&house.store, &mut context, without("medical executive committee, 2026-11-18")).await.unwrap();
    work(&house, 80).await;
    let gone = of_rule(&house, id, "reconciliation-discharge").await.deficiency;
    assert_eq!(gone.state.key(), StateKey::Withdrawn);

    let mut row =
        profile_rows(SHIPPED).unwrap().into_iter().find(|row| row.key == "discharge-summary").unwrap();
    row.due = "discharge+tomorrow".into();
    let wrong =
        PolicyChange { key: row.key.clone(), row: Some(row), first: date(2026, 11, 1), reason: "so".into() };
    let mut context = at(house.context(administrator), 90);
    let refused = change(&house.store, &mut context, wrong).await.unwrap_err().to_string();
    assert!(refused.contains("discharge+tomorrow") && refused.contains("clock"), "{refused}");
    let (_, kept) =
        workflow::completeness::policies(&house.store, &context, date(2026, 11, 20)).await.unwrap();
    assert_eq!((kept.rows.len(), kept.facility), (1, FacilityKind::Hospital), "the history is kept");
}

#[tokio::test]
async fn what_another_owes_comes_to_their_inbox_with_its_clock() {
    let house = hospital().await;
    let id = patient(&house, "HB-100206").await;
    let analyst = at(house.context(house.user(Role::Analyst, None).await), 10);
    let read = in_chart(&house.store, &analyst, id).await.unwrap();
    let owed = Filter { pile: Some(Pile::Owed), ..Filter::default() };
    let one = all(&house, owed).await.remove(0).deficiency;
    let keller = read.practitioners.iter().find(|(_, name)| name.starts_with("Keller")).unwrap().clone();
    let verb = |to| Verb::Reassign(to, "covers for the month".into());
    let nobody = verb(Debtor::Named(" ".into()));
    let refused = act(&house.store, &analyst, one.id, one.version, nobody, &zone()).await;
    assert!(matches!(refused, Err(Error::Refused(_))), "somebody must owe it");
    let given = verb(Debtor::Party(keller.0));
    let moved = act(&house.store, &analyst, one.id, one.version, given, &zone()).await.unwrap();
    assert_eq!((moved.responsible().party, moved.due()), (Some(keller.0), one.due()));
    let theirs = Filter { responsible: Some(keller.0.to_string()), ..Filter::default() };
    assert!(all(&house, theirs).await.iter().any(|filed| filed.deficiency.id == one.id));
    // The rules, read again, leave it with whom it was given to.
    evaluate_all(&house.store, &mut system_at(20), Extent::Everything, &zone()).await.unwrap();
    let theirs =
        Filter { responsible: Some(keller.0.to_string()), pile: Some(Pile::Owed), ..Filter::default() };
    assert!(all(&house, theirs).await.iter().any(|filed| filed.deficiency.id == one.id));
}

#[tokio::test]
async fn another_releases_rules_are_applied_to_everybody_once() {
    let house = hospital().await;
    work(&house, 10).await;
    assert!(
        catch_up(&house.store, &mut system_at(20)).await.unwrap(),
        "nobody has said which release it was"
    );
    assert!(!catch_up(&house.store, &mut system_at(21)).await.unwrap());
    let mut context = system_at(22);
    let done = workflow::jobs::work(&house.store, &mut context, "test", &zone()).await.unwrap();
    assert_eq!(done, 1, "one job evaluates the first hundred patients and asks for the next");
    let empty = House::new().await;
    assert!(!catch_up(&empty.store, &mut system_at(20)).await.unwrap(), "nobody is there to be evaluated");
}

#[tokio::test]
async fn an_analyst_looks_through_a_record() {
    let house = hospital().await;
    let id = patient(&house, "HB-100206").await;
    let analyst = at(house.context(house.user(Role::Analyst, None).await), 10);
    let read = in_chart(&house.store, &analyst, id).await.unwrap();
    let (encounter, analysis, _) = read.encounters.last().unwrap();
    assert_eq!(analysis.as_ref().unwrap().state, analyses::State::Waiting);
    analysed(&house.store, &analyst, encounter.id).await.unwrap();
    let read = in_chart(&house.store, &analyst, id).await.unwrap();
    let state = read.encounters.last().unwrap().1.as_ref().unwrap().state;
    assert_eq!(state, analyses::State::Complete, "nothing was owed");
}

/// Prints the figures of evaluating many records; `CHARTROOM_MEASURE` gives how many encounters are generated.
#[tokio::test]
async fn evaluating_everybody_is_measured_where_it_is_asked_for() {
    let Some(many) = std::env::var("CHARTROOM_MEASURE").ok().and_then(|many| many.parse().ok()) else {
        println!("skipped: CHARTROOM_MEASURE does not say how many encounters");
        return;
    };
    let house = hospital().await;
    for arrivals in generated(&Staff::load(), many, date(2026, 11, 20)).chunks(200) {
        house.take(arrivals.to_vec()).await;
    }
    let mut context = system_at(200);
    for extent in [Extent::Everything, Extent::Everything, Extent::Owed] {
        let begun = Instant::now();
        let count = evaluate_all(&house.store, &mut context, extent, &zone()).await.unwrap();
        println!("{extent:?}: {count} encounters in {:.2} s", begun.elapsed().as_secs_f64());
    }
    let one = patient(&house, "HB-100307").await;
    let mut took = Vec::new();
    for _ in 0..21 {
        let begun = Instant::now();
        workflow::completeness::evaluate_patient(&house.store, &mut context, one, &zone()).await.unwrap();
        took.push(begun.elapsed());
    }
    took.sort_unstable();
    println!("one event in a long chart: median {:?}, slowest {:?}", took[10], took[20]);
}
