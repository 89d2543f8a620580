//! Closed codes are drawn, coded again blind, compared, answered, decided, and counted.

use chart::access::Role;
use chart::coding::{Change, CodeSet, Overridden, Purpose};
use chart::coding_audit::{AuditedCase, CaseStateKey, Criteria, Said, Sample, Size};
use chart::id::EncounterId;
use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use workflow::auditing::{self, Verb, accuracy, act, case, draw, mine, samples};
use workflow::coding::{Books, Verb as Codes, begin, read};
use workflow::{Error, Result, Who};

use crate::coding::{add, books, go, line, stay, words};
use crate::house::{BEGIN, House};

/// A stay that a coder has coded and closed.
async fn closed(house: &House, books: &Books, coder: &Who, number: &str, codes: &[&str]) -> EncounterId {
    let encounter = stay(house, number, true).await;
    let mut context = house.context(coder.clone());
    let mut set = begin(&house.store, &mut context, encounter, Purpose::Record).await.expect("it begins");
    for code in codes {
        set = go(house, books, coder, &set, add(code)).await.expect("a code").set;
    }
    let done = close(house, books, coder, &set).await.expect("it closes");
    assert!(done.state.pending().is_empty());
    encounter
}

pub(crate) async fn close(house: &House, books: &Books, coder: &Who, set: &CodeSet) -> Result<CodeSet> {
    let context = house.context(coder.clone());
    let asked = (set.encounter, set.purpose);
    let desk = read(&house.store, &context, books, asked, &TimeZone::UTC).await?;
    let objections = desk.side.expect("codes").computed.objections().into_iter();
    let set_aside = objections.map(|one| Overridden { finding: one.finding, reason: "as documented".into() });
    Ok(go(house, books, coder, set, Codes::Finalize(set_aside.collect())).await?.set)
}

fn criteria(size: Size) -> Criteria {
    Criteria {
        from: date(2026, 1, 1),
        to: date(2027, 1, 1),
        setting: None,
        coder: None,
        drg: None,
        payer: String::new(),
        size,
    }
}

async fn drawn(house: &House, who: &Who, size: Size, seed: &str) -> Result<Sample> {
    draw(&house.store, &mut house.context(who.clone()), criteria(size), seed, &TimeZone::UTC).await
}

async fn cases(house: &House, who: &Who, sample: &Sample) -> Vec<(EncounterId, AuditedCase)> {
    let context = house.context(who.clone());
    let found = auditing::sample(&house.store, &context, sample.id).await.expect("the sample");
    let mut all = Vec::new();
    for row in found.cases {
        let one = case(&house.store, &house.context(who.clone()), &books(), row.id, &TimeZone::UTC).await;
        let one = one.expect("a case").case;
        all.push((one.encounter, one));
    }
    all
}

async fn does(
    house: &House,
    books: &Books,
    who: &Who,
    case: &AuditedCase,
    verb: Verb,
) -> Result<AuditedCase> {
    let context = house.context(who.clone());
    act(&house.store, &context, books, (case.id, case.version), verb, &TimeZone::UTC).await
}

fn coded(code: &str) -> Verb {
    Verb::Change(Change::AddDiagnosis(line(code), None))
}

fn said(is_error: bool, reason: &str) -> Said {
    Said { is_error, reason: reason.into() }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_seed_draws_the_same_and_the_population_is_kept() {
    let (house, books) = (House::new().await, books());
    let coder = house.user(Role::Coder, None).await;
    let supervisor = house.user(Role::Supervisor, None).await;
    let none = drawn(&house, &supervisor, Size::Count(2), "a").await;
    assert!(words(none).contains("nothing was drawn"));
    for number in ["A-1", "A-2", "A-3", "A-4"] {
        closed(&house, &books, &coder, number, &["I5021", "N179"]).await;
    }
    let one = drawn(&house, &supervisor, Size::Percent(50), "2026-Q4").await.unwrap();
    let same = drawn(&house, &supervisor, Size::Count(2), "2026-Q4").await.unwrap();
    assert_eq!((one.population, one.digest), (4, same.digest));
    let encounters = async |sample: &Sample| {
        let all = cases(&house, &supervisor, sample).await;
        all.into_iter().map(|(encounter, _)| encounter).collect::<Vec<_>>()
    };
    let first = encounters(&one).await;
    assert_eq!((first.len(), &first), (2, &encounters(&same).await));
    let refused = drawn(&house, &coder, Size::Count(1), "x").await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })));
    let narrowed = Criteria { payer: "no such payer".into(), ..criteria(Size::Count(1)) };
    let mut context = house.context(supervisor.clone());
    let narrowed = draw(&house.store, &mut context, narrowed, "x", &TimeZone::UTC).await;
    assert!(words(narrowed).contains("nothing was drawn"));
    assert_eq!(samples(&house.store, &house.context(supervisor)).await.unwrap().rows.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_audited_blind_rebutted_and_counted() {
    let (house, books) = (House::new().await, books());
    let coder = house.user(Role::Coder, None).await;
    let auditor = house.user(Role::Auditor, None).await;
    let curious = house.user(Role::Auditor, None).await;
    let supervisor = house.user(Role::Supervisor, None).await;
    let encounter = closed(&house, &books, &coder, "A-9", &["I5021", "N179", "E1165"]).await;
    let look = async |who: &Who| {
        let context = house.context(who.clone());
        read(&house.store, &context, &books, (encounter, Purpose::Record), &TimeZone::UTC).await
    };
    assert!(look(&curious).await.is_ok(), "before the sample an auditor may look");
    let sample = drawn(&house, &supervisor, Size::Count(1), "s").await.unwrap();
    let (_, drawn) = cases(&house, &auditor, &sample).await.remove(0);
    assert!(drawn.coded.codes.diagnoses.is_empty() && drawn.coded.drg.is_none(), "nothing is given away");
    assert!(words(look(&auditor).await).contains("coded again blind"));
    assert!(look(&coder).await.is_ok(), "the coder sees their own codes");
    let seen = does(&house, &books, &curious, &drawn, Verb::Begin).await;
    assert!(words(seen).contains("you have looked at these codes"));
    let begun = does(&house, &books, &auditor, &drawn, Verb::Begin).await.unwrap();
    let stale = does(&house, &books, &auditor, &drawn, coded("I5021")).await;
    assert!(words(stale).contains("somebody changed it"));
    let one = does(&house, &books, &auditor, &begun, coded("I5021")).await.unwrap();
    let two = does(&house, &books, &auditor, &one, coded("J9601")).await.unwrap();
    let at_work = case(&house.store, &house.context(auditor.clone()), &books, two.id, &TimeZone::UTC).await;
    let side = at_work.unwrap().desk.expect("the auditor's own desk");
    assert_eq!(side.set.codes.diagnoses.len(), 2);
    assert!(words(look(&auditor).await).contains("coded again blind"));
    let compared = does(&house, &books, &auditor, &two, Verb::Finish).await.unwrap();
    assert!(look(&auditor).await.is_ok(), "who has finished may look");
    let count = compared.audited().unwrap().findings.len();
    assert!(count >= 3, "two added, one missed: {:?}", compared.audited());
    let early = case(&house.store, &house.context(coder.clone()), &books, two.id, &TimeZone::UTC).await;
    assert!(words(early).contains("open to the auditor"), "the coder waits for the report");
    let errors = vec![said(true, "the record says so"); count];
    let reported = does(&house, &books, &auditor, &compared, Verb::Report(errors)).await.unwrap();
    let waits = mine(&house.store, &house.context(coder.clone())).await.unwrap();
    assert_eq!((waits.cases.len(), waits.tally.records), (1, 0));
    let mut answers = vec![said(true, ""); count];
    answers[0] = said(false, "it was treated");
    let rebutted = does(&house, &books, &coder, &reported, Verb::Answer(answers)).await.unwrap();
    let own = does(&house, &books, &auditor, &rebutted, Verb::Decide(vec![said(true, "x")])).await;
    assert!(matches!(own, Err(Error::Forbidden { .. })));
    let settled = does(&house, &books, &supervisor, &rebutted, Verb::Decide(vec![said(false, "it was")]))
        .await
        .unwrap();
    assert_eq!(settled.key(), CaseStateKey::Settled);
    let tally = settled.tally().unwrap();
    let begin = Timestamp::from_second(BEGIN).unwrap();
    let period = (begin, begin + SignedDuration::from_hours(24 * 30));
    let found = accuracy(&house.store, &house.context(supervisor), period, &TimeZone::UTC).await.unwrap();
    assert_eq!((found.all.tally, found.coders.len(), found.months.len()), (tally, 1, 1));
    assert_eq!((tally.records, tally.records_right), (1, 0));
    assert_eq!(tally.codes, 4, "three coded and one missed");
}
