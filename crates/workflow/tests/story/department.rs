//! The department's day: findings decided, queues worked, letters sent, a suspension and its end, a hand-over.

use chart::access::Role;
use chart::letter::Delivery;
use hospital::{Staff, written, zone};
use jiff::{SignedDuration, Timestamp};
use store::department::findings::State;
use workflow::delinquency::{self, Denominator, Verb};
use workflow::queues::{self, Given};
use workflow::{Context, Error, Who, accuracy, board, completeness, hand_over, my_day};

use crate::house::House;

/// The demo's last day, so many days later.
fn at(days: i64) -> Timestamp {
    let day: Timestamp = "2026-11-20T17:00:00Z".parse().expect("an instant");
    day + SignedDuration::from_hours(24 * days)
}

/// A hospital with the written charts, evaluated on their last day.
async fn hospital() -> House {
    let house = House::new().await;
    house.take(written(&Staff::load())).await;
    let mut context = on(&house, Who::System("test"), 0);
    completeness::evaluate_all(&house.store, &mut context, completeness::Extent::Everything, &zone())
        .await
        .expect("evaluated");
    house
}

fn on(house: &House, who: Who, days: i64) -> Context {
    let mut context = house.context(who);
    context.at = at(days) + SignedDuration::from_secs(context.at.as_second() % 86_400 / 60);
    context
}

#[tokio::test]
async fn a_finding_is_seen_in_its_queue_and_decided_with_a_reason() {
    let house = hospital().await;
    let analyst = house.user(Role::Analyst, None).await;
    let context = on(&house, analyst.clone(), 0);
    let opened = queues::open(&house.store, &context, "identity", false, None).await.unwrap();
    assert!(opened.load.open >= 10, "{:?}", opened.load);
    let row = &opened.items[0].row;
    assert_eq!(opened.items[0].name.as_deref(), Some("Ouellette, Linda Marie"));
    let patient = row.patient.unwrap();
    let read = accuracy::of_patient(&house.store, &context, patient).await.unwrap();
    let finding = read.all.iter().find(|one| one.id.to_string() == row.item).unwrap().clone();
    assert!(finding.details.finding.passages.len() == 2, "both passages: {finding:?}");
    let known = (finding.id, finding.version);
    let short = accuracy::decide(&house.store, &context, known, State::Resolved, "ok").await;
    assert!(matches!(short, Err(Error::Refused(_))), "{short:?}");
    let why = "moved to the chart of the other patient";
    accuracy::decide(&house.store, &context, known, State::Overridden, why).await.unwrap();
    let again = accuracy::decide(&house.store, &context, known, State::Resolved, why).await;
    assert!(again.is_err(), "a decided finding is not decided twice");
    // Another evaluation leaves what a person overrode as it is, and finds nothing twice.
    let mut system = on(&house, Who::System("test"), 1);
    completeness::evaluate_patient(&house.store, &mut system, patient, &zone()).await.unwrap();
    let after = accuracy::of_patient(&house.store, &context, patient).await.unwrap();
    assert_eq!(after.all.len(), read.all.len());
    let decided = after.all.iter().find(|one| one.id == finding.id).unwrap();
    assert_eq!((decided.state, decided.details.decisions.len()), (State::Overridden, 1));
    let physician = on(&house, house.user(Role::Physician, None).await, 0);
    let refused = queues::open(&house.store, &physician, "identity", false, None).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })));
}

#[tokio::test]
async fn work_is_taken_given_and_put_first_and_a_queue_is_read_to_its_end() {
    let house = hospital().await;
    let analyst = house.user(Role::Analyst, None).await;
    let supervisor = house.user(Role::Supervisor, None).await;
    let (worker, boss) = (on(&house, analyst, 0), on(&house, supervisor.clone(), 0));
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page =
            queues::open(&house.store, &worker, "contradictions", false, after.as_ref()).await.unwrap();
        let due: Vec<_> = page.items.iter().map(|one| (one.row.due, one.row.item.clone())).collect();
        assert!(due.is_sorted(), "in the order of the clock");
        seen.extend(due);
        after = page.next;
        if after.is_none() {
            assert_eq!(usize::try_from(page.load.open).unwrap(), seen.len());
            break;
        }
    }
    let last = seen.last().unwrap().1.clone();
    let item = ("contradictions", last.as_str());
    let refused = queues::assign(&house.store, &worker, item, Given::ToNobody, true, "").await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })), "only a supervisor puts work first");
    let to = worker.user().unwrap();
    queues::assign(&house.store, &boss, item, Given::To(to), true, "today, please").await.unwrap();
    let mine = queues::open(&house.store, &worker, "contradictions", true, None).await.unwrap();
    assert_eq!((mine.load.open, mine.first.len(), mine.items.len()), (1, 1, 0));
    let all = queues::open(&house.store, &boss, "contradictions", false, None).await.unwrap();
    assert_eq!(all.first.len(), 1, "what goes first is shown before the clock's order, wherever it stood");
    assert_eq!(all.first[0].row.item, last);
    assert!(all.items.iter().all(|one| one.row.item != last));
    let day = my_day::of_mine(&house.store, &worker).await.unwrap();
    assert_eq!(day.lines[0].item.row.item, last, "what goes first stands first");
    let later = on(&house, supervisor, 0);
    let board = board::read(&house.store, &later, 7).await.unwrap();
    assert!(board.queues.iter().any(|one| one.queue.key == "contradictions" && one.load.assigned == 1));
    let done = board.people.iter().find(|one| Some(one.id) == boss.user()).unwrap();
    assert_eq!(done.tasks.get("Work given out"), Some(&1));
    // Before the vacation: what is in hand goes to who takes over.
    let taker = house.user(Role::Analyst, None).await;
    let other = on(&house, taker, 0);
    let times = (at(1), at(8));
    let given = hand_over::write(&house.store, &worker, times, other.user(), "call Dr. Keller first").await;
    assert_eq!(given.unwrap(), 1);
    let theirs = queues::open(&house.store, &other, "contradictions", true, None).await.unwrap();
    assert_eq!(theirs.load.open, 1);
    let same = hand_over::write(&house.store, &worker, times, worker.user(), "").await;
    assert!(matches!(same, Err(Error::Refused(_))));
}

#[tokio::test]
async fn letters_climb_the_ladder_to_suspension_and_restoration() {
    let house = hospital().await;
    let boss = house.user(Role::Supervisor, None).await;
    let mut context = on(&house, boss.clone(), 40);
    let drafted = delinquency::draft_due(&house.store, &mut context, "Harbor Bend", &zone()).await.unwrap();
    assert!(drafted > 0, "forty days later somebody owes something past its clock");
    let read = delinquency::overview(&house.store, &context, Denominator::Period, &zone()).await.unwrap();
    assert_eq!(read.drafts.len(), drafted);
    assert!(read.rate.discharges > 0 && read.rate.per_mille.is_some(), "{:?}", read.rate);
    let letter = read.drafts[0].clone();
    assert!(letter.text.contains("Harbor Bend") && letter.text.contains("HB-"), "{}", letter.text);
    for name in ["Thibodeau", "Ouellette", "Ramos"] {
        assert!(!letter.text.contains(name), "letters name records, not people");
    }
    let text = format!("{}\nPlease call.", letter.text);
    delinquency::act(&house.store, &context, letter.id, Verb::Edit(text)).await.unwrap();
    delinquency::act(&house.store, &context, letter.id, Verb::Issue(Delivery::Paper)).await.unwrap();
    let late = delinquency::act(&house.store, &context, letter.id, Verb::Edit("x".into())).await;
    assert!(matches!(late, Err(Error::Refused(_))), "what was sent is not edited");
    let again = delinquency::draft_due(&house.store, &mut context, "Harbor Bend", &zone()).await.unwrap();
    assert_eq!(again, 0, "nobody gets a letter of one level twice");
    let key = read.owing[0].debtor.key.clone();
    assert!(delinquency::suspend(&house.store, &context, &key, "").await.is_err(), "a suspension says why");
    delinquency::suspend(&house.store, &context, &key, "discharge summaries of October").await.unwrap();
    assert!(delinquency::suspend(&house.store, &context, &key, "again").await.is_err());
    let later = on(&house, boss, 43);
    delinquency::lift(&house.store, &later, &key, false, "the summaries are signed").await.unwrap();
    let read = delinquency::overview(&house.store, &later, Denominator::AverageMonth, &zone()).await.unwrap();
    assert_eq!(read.suspensions.len(), 1, "the history stays");
    assert_eq!(read.suspensions[0].1, 4, "the first and the last day count");
    let analyst = on(&house, house.user(Role::Analyst, None).await, 43);
    let refused = delinquency::suspend(&house.store, &analyst, &key, "October").await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })));
}
