//! Finished codes wait for another person's look; changes are taken back one by one; services of an outpatient; and what
//! the program alone would have coded.

use chart::access::Role;
use chart::coding::{Change, CodingState, Criterion, Purpose, ReviewRow, SECOND_REVIEW, Service};
use chart::encounter::{Movement, Setting, Stay, Visit};
use chart::id::EncounterId;
use chart::intake::{Change as Sent, Extent, KeyKind};
use codeset::Code;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use workflow::coding::{Verb, act, begin, comparison, read, second_reviews, set_criterion, turn_test};
use workflow::{Error, Who};

use crate::auditing::close;
use crate::coding::{add, books, go, stay, words};
use crate::house::{BEGIN, House, arrival, key};

fn row(criterion: Criterion, value: &str) -> ReviewRow {
    ReviewRow { criterion, on: true, value: value.into() }
}

#[tokio::test(flavor = "multi_thread")]
async fn finished_codes_wait_for_another_person() {
    let (house, books) = (House::new().await, books());
    let coder = house.user(Role::Coder, None).await;
    let administrator = house.user(Role::Administrator, None).await;
    let other = house.user(Role::Coder, None).await;
    let rule = |value: &str, why: &str| (row(Criterion::SingleCc, value), why.to_owned());
    let set = async |(row, why): (ReviewRow, String)| {
        set_criterion(&house.store, &house.context(administrator.clone()), row, &why).await
    };
    assert!(words(set(rule("1", " ")).await).contains("say why"));
    assert!(words(set(rule("one", "policy 7")).await).contains("a number"));
    set(rule("1", "policy 7")).await.unwrap();
    let encounter = stay(&house, "R-1", true).await;
    let mut context = house.context(coder.clone());
    let begun = begin(&house.store, &mut context, encounter, Purpose::Record).await.unwrap();
    let one = go(&house, &books, &coder, &begun, add("I5021")).await.unwrap();
    let two = go(&house, &books, &coder, &one.set, add("J9601")).await.unwrap();
    let held = close(&house, &books, &coder, &two.set).await.unwrap();
    assert_eq!(held.state.pending()[0].key, SECOND_REVIEW);
    let waits = second_reviews(&house.store, &house.context(other.clone())).await.unwrap();
    assert_eq!((waits.waits.len(), waits.history.len()), (1, 1));
    let released = go(&house, &books, &coder, &held, Verb::Release(SECOND_REVIEW.into())).await;
    assert!(words(released).contains("who reviews it releases it"));
    let review = || Verb::Review("it holds".into());
    assert!(words(go(&house, &books, &coder, &held, review()).await).contains("another person"));
    let reviewed = go(&house, &books, &other, &held, review()).await.unwrap().set;
    let done = close(&house, &books, &coder, &reviewed).await.unwrap();
    assert!(matches!(done.state, CodingState::Final { .. }), "a review holds while the codes stay");
    let waits = second_reviews(&house.store, &house.context(other)).await.unwrap();
    assert_eq!(waits.waits.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_alone_looks_again_after_a_day() {
    let (house, books) = (House::new().await, books());
    let coder = house.user(Role::Coder, None).await;
    let encounter = stay(&house, "R-2", true).await;
    let mut context = house.context(coder.clone());
    let begun = begin(&house.store, &mut context, encounter, Purpose::Record).await.unwrap();
    let one = go(&house, &books, &coder, &begun, add("I5021")).await.unwrap();
    let held = go(&house, &books, &coder, &one.set, Verb::Hold(SECOND_REVIEW.into(), String::new())).await;
    let held = held.unwrap().set;
    let review = || Verb::Review("looked again".into());
    assert!(words(go(&house, &books, &coder, &held, review()).await).contains("and are alone"));
    let mut context = house.context(coder);
    context.at += SignedDuration::from_hours(25);
    let target = (held.id, held.version);
    let done = act(&house.store, &context, &books, target, review(), &TimeZone::UTC).await.unwrap();
    assert!(done.set.reviewed.is_some_and(|one| one.is_own));
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_are_taken_back_one_after_the_other() {
    let (house, books) = (House::new().await, books());
    let coder = house.user(Role::Coder, None).await;
    let encounter = stay(&house, "R-3", true).await;
    let mut context = house.context(coder.clone());
    let begun = begin(&house.store, &mut context, encounter, Purpose::Record).await.unwrap();
    let mut set = begun;
    for code in ["I5021", "N179", "E1165"] {
        set = go(&house, &books, &coder, &set, add(code)).await.unwrap().set;
    }
    for left in [2, 1] {
        set = go(&house, &books, &coder, &set, Verb::TakeBack).await.unwrap().set;
        assert_eq!(set.codes.diagnoses.len(), left);
    }
    let note = &set.history.all().last().unwrap().note;
    assert!(note.starts_with("taken back: N179 added at place 2"), "{note}");
    set = go(&house, &books, &coder, &set, add("J9601")).await.unwrap().set;
    for left in [1, 0] {
        set = go(&house, &books, &coder, &set, Verb::TakeBack).await.unwrap().set;
        assert_eq!(set.codes.diagnoses.len(), left);
    }
    let nothing = go(&house, &books, &coder, &set, Verb::TakeBack).await;
    assert!(words(nothing).contains("nothing to be taken back"));
    let context = house.context(coder);
    let desk = read(&house.store, &context, &books, (encounter, Purpose::Record), &TimeZone::UTC).await;
    let side = desk.unwrap().side.unwrap();
    assert_eq!((side.changes.len(), side.to_take_back()), (8, None));
}

/// What an outpatient comes for, in one note.
async fn visit(house: &House, number: &str, setting: Setting) -> EncounterId {
    let encounter = key(KeyKind::Encounter, number);
    let patient = key(KeyKind::Patient, number);
    let until = Timestamp::from_second(BEGIN).expect("in range");
    let stay = Stay::Closed { since: Some(until), until: Some(until) };
    let visit = Visit { setting, stay, ..Visit::default() };
    let sent = Sent::Encounter {
        key: encounter.clone(),
        patient,
        visit: Box::new(visit),
        movement: Movement::Update,
        extent: Extent::Whole,
    };
    house.take(vec![arrival(&format!("{number} again"), vec![sent])]).await;
    house.target(&encounter).await.expect("the encounter is known")
}

#[tokio::test(flavor = "multi_thread")]
async fn services_are_an_outpatients() {
    let (house, books) = (House::new().await, books());
    let coder = house.user(Role::Coder, None).await;
    let inpatient = stay(&house, "R-4", true).await;
    let service = Service { units: 2, ..Service::new(Code::parse("J1885").unwrap()) };
    let added = async |encounter: EncounterId| {
        let mut context = house.context(coder.clone());
        let set = begin(&house.store, &mut context, encounter, Purpose::Record).await.unwrap();
        let verb = Verb::Change(Change::AddService(service.clone()), String::new());
        go(&house, &books, &coder, &set, verb).await
    };
    assert!(words(added(inpatient).await).contains("outpatients"));
    stay(&house, "R-5", true).await;
    let outpatient = visit(&house, "R-5", Setting::Clinic).await;
    assert_eq!(added(outpatient).await.unwrap().set.codes.services[0], service);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_alone_is_compared_and_touches_nothing() {
    let (house, books) = (House::new().await, books());
    let coder = house.user(Role::Coder, None).await;
    let administrator = house.user(Role::Administrator, None).await;
    let at = Timestamp::from_second(BEGIN).unwrap();
    let period = (at, at + SignedDuration::from_hours(24));
    let found = async |who: &Who| comparison(&house.store, &house.context(who.clone()), period).await;
    assert!(matches!(found(&coder).await, Err(Error::Forbidden { .. })));
    let coded = async |number: &'static str| {
        crate::suggested::stay(&house, number).await;
        let encounter = visit(&house, number, Setting::Clinic).await;
        let mut context = house.context(coder.clone());
        let set = begin(&house.store, &mut context, encounter, Purpose::Record).await.unwrap();
        let set = go(&house, &books, &coder, &set, add("I10")).await.unwrap().set;
        assert_eq!(set.codes.diagnoses.len(), 1, "nothing of the program's is in the codes");
        close(&house, &books, &coder, &set).await.unwrap();
    };
    coded("progress-note").await;
    assert!(found(&administrator).await.unwrap().classes.iter().all(|(_, sum)| sum.kept == 0), "it is off");
    let turn =
        async |why: &str| turn_test(&house.store, &house.context(administrator.clone()), true, why).await;
    assert!(words(turn("").await).contains("say why"));
    turn("a trial over the winter").await.unwrap();
    coded("clinic-note").await;
    let now = found(&administrator).await.unwrap();
    let clinic = now.classes.iter().find(|(class, _)| class.key == "clinic").unwrap().1;
    assert_eq!((now.test.on, now.test.history.len(), clinic.kept), (true, 1, 1));
    assert_eq!(clinic.alone + now.asked.iter().map(|(_, count)| count).sum::<i64>(), 1);
    println!("clinic class: {clinic:?}, asked {:?}", now.asked);
}
