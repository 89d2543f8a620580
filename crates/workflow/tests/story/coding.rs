//! A stay is coded from the first code to the closed set, held, opened again, and billed otherwise than recorded.

use chart::access::Role;
use chart::coding::{Change, CodeSet, CodedDiagnosis, CodingState, Origin, Overridden, Present, Purpose};
use chart::encounter::{Movement, Setting, Stay, Visit};
use chart::id::EncounterId;
use chart::intake::{Change as Sent, Extent, KeyKind};
use codeset::{Code, Pack};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use store::coding::Stage;
use workflow::coding::{Books, Classification, Done, Facts, Verb, act, begin, compute, find, read, unbilled};
use workflow::{Error, Result, Who};

use crate::house::{BEGIN, House, arrival, key, person};

pub(crate) fn books() -> Books {
    Books::open(Pack::open(editions::EMBEDDED).expect("the program's editions")).expect("they open")
}

pub(crate) fn line(code: &str) -> CodedDiagnosis {
    let code = Code::parse(code).expect("a code");
    CodedDiagnosis { code, present: Present::Yes, origin: Origin::Entered, evidence: Vec::new() }
}

pub(crate) fn add(code: &str) -> Verb {
    Verb::Change(Change::AddDiagnosis(line(code), None), String::new())
}

/// A stay of four days, ended or not.
pub(crate) async fn stay(house: &House, number: &str, is_over: bool) -> EncounterId {
    let (patient, encounter) = (key(KeyKind::Patient, number), key(KeyKind::Encounter, number));
    let until = Timestamp::from_second(BEGIN).expect("in range");
    let since = Some(until - SignedDuration::from_hours(96));
    let stay = if is_over { Stay::Closed { since, until: Some(until) } } else { Stay::Open { since } };
    let visit = Visit { setting: Setting::Inpatient, stay, ..Visit::default() };
    let who = Box::new(person(number, "Doe", number, "1950-01-01"));
    let changes = vec![
        Sent::Patient { key: patient.clone(), demographics: who, extent: Extent::Whole },
        Sent::Encounter {
            key: encounter.clone(),
            patient,
            visit: Box::new(visit),
            movement: Movement::Update,
            extent: Extent::Whole,
        },
    ];
    house.take(vec![arrival(number, changes)]).await;
    house.target(&encounter).await.expect("the encounter is known")
}

pub(crate) async fn go(house: &House, books: &Books, who: &Who, set: &CodeSet, verb: Verb) -> Result<Done> {
    let context = house.context(who.clone());
    act(&house.store, &context, books, (set.id, set.version), verb, &TimeZone::UTC).await
}

pub(crate) fn words<T>(result: Result<T>) -> String {
    result.err().map(|error| error.to_string()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stay_is_coded_held_closed_and_opened_again() {
    let (house, books) = (House::new().await, books());
    let coder = house.user(Role::Coder, None).await;
    let encounter = stay(&house, "C-1", true).await;
    let begun = |who: &Who| house.context(who.clone());
    let set = begin(&house.store, &mut begun(&coder), encounter, Purpose::Record).await.unwrap();
    let again = begin(&house.store, &mut begun(&coder), encounter, Purpose::Record).await;
    assert!(words(again).contains("begun already"));
    let one = go(&house, &books, &coder, &set, add("I5021")).await.unwrap();
    let group = one.computed.group.as_ref().expect("a stay with a principal diagnosis has a DRG");
    assert!(!group.title.is_empty() && !group.version.is_empty());
    assert!(words(go(&house, &books, &coder, &set, add("N179")).await).contains("changed the codes"));
    let two = go(&house, &books, &coder, &one.set, add("J9601")).await.unwrap();
    assert_ne!(two.computed.group.as_ref().map(|one| one.drg), Some(group.drg), "an MCC counts");
    assert_eq!(two.computed.diagnoses[1].severity, "MCC");
    assert!(two.computed.diagnoses[1].decides);
    let held = go(&house, &books, &coder, &two.set, Verb::Hold("query".into(), String::new())).await.unwrap();
    assert!(words(go(&house, &books, &coder, &held.set, Verb::Finalize(Vec::new())).await).contains("held"));
    let board = unbilled(&house.store, &begun(&coder), None).await.unwrap();
    assert_eq!((board.total, board.causes[0].whose.as_str()), (1, "physician"));
    let open = go(&house, &books, &coder, &held.set, Verb::Release("query".into())).await.unwrap();
    let objections = open.computed.objections();
    assert!(objections.iter().all(|one| one.may_override), "{objections:?}");
    let overridden: Vec<Overridden> = objections
        .into_iter()
        .map(|one| Overridden { finding: one.finding, reason: "as documented".into() })
        .collect();
    let done = go(&house, &books, &coder, &open.set, Verb::Finalize(overridden)).await.unwrap();
    let CodingState::Final { outcome, .. } = &done.set.state else { panic!("{:?}", done.set.state) };
    assert_eq!(outcome.drg, done.computed.group.as_ref().map(|one| one.drg));
    assert!(outcome.explanation.is_some() && outcome.editions.iter().any(|one| one.starts_with("msdrg ")));
    assert!(words(go(&house, &books, &coder, &done.set, add("E1165")).await).contains("final"));
    assert!(words(go(&house, &books, &coder, &done.set, Verb::Reopen(" ".into())).await).contains("say why"));
    let back = go(&house, &books, &coder, &done.set, Verb::Reopen("denied".into())).await.unwrap();
    assert_eq!(back.set.state, CodingState::Open);
    let desk = read(&house.store, &begun(&coder), &books, (encounter, Purpose::Record), &TimeZone::UTC).await;
    let side = desk.unwrap().side.unwrap();
    let stages: Vec<Stage> = side.reached.iter().map(|one| one.stage).collect();
    assert_eq!(stages, [Stage::Baseline, Stage::Final]);
    assert!(side.price.is_none(), "a coder does not see what is paid");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_what_and_not_while_the_patient_is_here() {
    let (house, books) = (House::new().await, books());
    let coder = house.user(Role::Coder, None).await;
    let specialist = house.user(Role::CdiSpecialist, None).await;
    let clerk = house.user(Role::Clerk, None).await;
    let encounter = stay(&house, "C-2", false).await;
    let mut context = house.context(clerk);
    let refused = begin(&house.store, &mut context, encounter, Purpose::Record).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })));
    let mut context = house.context(coder.clone());
    let set = begin(&house.store, &mut context, encounter, Purpose::Record).await.unwrap();
    let set = go(&house, &books, &coder, &set, add("I509")).await.unwrap().set;
    let set = go(&house, &books, &specialist, &set, add("J9601")).await.unwrap().set;
    let closed = go(&house, &books, &specialist, &set, Verb::Finalize(Vec::new())).await;
    assert!(matches!(closed, Err(Error::Forbidden { .. })));
    assert!(words(go(&house, &books, &coder, &set, Verb::Finalize(Vec::new())).await).contains("still here"));
    let context = house.context(specialist);
    let desk =
        read(&house.store, &context, &books, (encounter, Purpose::Record), &TimeZone::UTC).await.unwrap();
    let reached = desk.side.unwrap().reached;
    let said: Vec<(Stage, usize)> =
        reached.iter().map(|one| (one.stage, one.codes.diagnoses.len())).collect();
    assert_eq!(said, [(Stage::Baseline, 1), (Stage::Working, 2)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_is_copied_and_parts_from_the_record_with_a_reason() {
    let (house, books) = (House::new().await, books());
    let coder = house.user(Role::Coder, None).await;
    let encounter = stay(&house, "C-3", true).await;
    let mut context = house.context(coder.clone());
    let early = begin(&house.store, &mut context, encounter, Purpose::Claim).await;
    assert!(words(early).contains("code the record first"));
    let set = begin(&house.store, &mut context, encounter, Purpose::Record).await.unwrap();
    go(&house, &books, &coder, &set, add("I5021")).await.unwrap();
    let mut context = house.context(coder.clone());
    let claim = begin(&house.store, &mut context, encounter, Purpose::Claim).await.unwrap();
    assert_eq!(claim.codes.diagnoses.len(), 1);
    assert!(words(go(&house, &books, &coder, &claim, add("Z5111")).await).contains("rule of the payer"));
    let change = Change::AddDiagnosis(line("Z5111"), None);
    let parted = go(&house, &books, &coder, &claim, Verb::Change(change, "payer manual 4.2".into())).await;
    assert_eq!(parted.unwrap().set.codes.diagnoses.len(), 2);
}

#[test]
fn what_a_computation_takes_is_printed_and_codes_are_found_as_one_types() {
    let books = books();
    let facts = Facts {
        setting: Setting::Inpatient,
        admitted: Some(jiff::civil::date(2026, 11, 1)),
        discharged: jiff::civil::date(2026, 11, 5),
        has_left: true,
        age_years: Some(71),
        age_days: None,
        sex: chart::patient::Sex::Female,
        status: 1,
        rules: guidelines::Severities::default(),
    };
    let many =
        ["I5021", "J9601", "N179", "E1165", "I10", "D649", "E785", "J449", "I4891", "N189", "F329", "K219"];
    let codes = chart::coding::Codes {
        diagnoses: many.into_iter().map(line).collect(),
        ..chart::coding::Codes::default()
    };
    let _ = compute(&books, &facts, &codes);
    let begin = std::time::Instant::now();
    let said = compute(&books, &facts, &codes);
    let took = begin.elapsed();
    println!(
        "{} codes computed in {took:?}, {} findings",
        many.len(),
        said.review.map_or(0, |one| one.findings.len())
    );
    let case = facts.case(&codes, books.desk().codes());
    let begin = std::time::Instant::now();
    let trace = books.desk().grouper_for(&case).map(|grouper| grouper.explain(&case));
    let (explained, begin) = (begin.elapsed(), std::time::Instant::now());
    let edits = books.desk().editor().findings(&case).len();
    println!("of which the reasons {explained:?}, {edits} edits {:?}", begin.elapsed());
    assert!(trace.is_ok(), "the books have the version of the day");
    let found = find(&books, Classification::Icd10cm, "acute systolic heart fai", facts.discharged);
    assert!(found.iter().any(|one| one.code == "I50.21"), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ended_waits_in_the_coders_queue_until_it_is_coded() {
    let (house, books) = (House::new().await, books());
    let coder = house.user(Role::Coder, None).await;
    let (encounter, _) = (stay(&house, "Q-1", true).await, stay(&house, "Q-2", false).await);
    let waiting = async |key: &str| {
        let context = house.context(coder.clone());
        let opened = workflow::queues::open(&house.store, &context, key, false, None).await.unwrap();
        opened.items.into_iter().map(|one| (one.row.item, one.row.responsible)).collect::<Vec<_>>()
    };
    let id = encounter.to_string();
    assert_eq!(
        waiting("coding-stays").await,
        [(id.clone(), "coding not begun".to_owned())],
        "the other is here"
    );
    assert_eq!(waiting("coding-outpatients").await, []);
    assert_eq!(waiting("coding-late").await, [], "it ended just now");
    let mut context = house.context(coder.clone());
    let set = begin(&house.store, &mut context, encounter, Purpose::Record).await.unwrap();
    assert_eq!(waiting("coding-stays").await, [(id, "being coded".to_owned())]);
    let opened = workflow::queues::open(&house.store, &context, "coding-stays", false, None).await.unwrap();
    let row = &opened.items[0].row;
    assert_eq!(row.due.duration_since(row.since), SignedDuration::from_hours(4 * 24), "four days");
    let item = ("coding-stays", set.encounter.to_string());
    let taken = workflow::queues::assign(
        &house.store,
        &context,
        (item.0, &item.1),
        workflow::queues::Given::Mine,
        false,
        "",
    );
    taken.await.unwrap();
    let one = go(&house, &books, &coder, &set, add("I5021")).await.unwrap();
    let closed = crate::auditing::close(&house, &books, &coder, &one.set).await.unwrap();
    assert!(matches!(closed.state, CodingState::Final { .. }));
    assert_eq!(waiting("coding-stays").await, []);
}
