//! Every state and every verb, and what no path may lose.

use proptest::prelude::*;

use super::*;
use crate::machine::testing::{Case, Verb, expect_table, second, stamp, table, walk};

fn line(code: &str) -> CodedDiagnosis {
    CodedDiagnosis {
        code: Code::parse(code).unwrap(),
        present: Present::Yes,
        origin: Origin::Entered,
        evidence: Vec::new(),
    }
}

fn add(code: &str) -> Change {
    Change::AddDiagnosis(line(code), None)
}

fn waits(key: &str, at: jiff::Timestamp) -> Pending {
    Pending { key: key.into(), note: String::new(), since: stamp(1, at) }
}

fn empty() -> CodeSet {
    CodeSet::open(
        CodeSetId::from_bits(1),
        PatientId::from_bits(2),
        EncounterId::from_bits(3),
        stamp(1, second(0)),
    )
}

fn coded() -> CodeSet {
    empty().change(stamp(1, second(1)), &add("I5021"), "").unwrap()
}

fn outcome() -> Outcome {
    Outcome {
        drg: Some(291),
        grouper: "44.0".into(),
        editions: vec!["msdrg/44.0".into()],
        explanation: None,
        overridden: Vec::new(),
    }
}

fn states() -> Vec<Case<CodeSet>> {
    let held = coded().hold(stamp(1, second(2)), waits("query", second(2))).unwrap();
    vec![
        ("empty", empty()),
        ("coded", coded()),
        ("held", held.clone()),
        ("held twice", held.hold(stamp(1, second(3)), waits("pathology", second(3))).unwrap()),
        ("held for a review", coded().hold(stamp(1, second(2)), waits(SECOND_REVIEW, second(2))).unwrap()),
        ("final", coded().finalize(stamp(1, second(3)), outcome()).unwrap()),
        ("claim", coded().for_claim(CodeSetId::from_bits(4), stamp(1, second(3))).unwrap()),
    ]
}

const SECOND: jiff::SignedDuration = jiff::SignedDuration::from_secs(1);
const HOUR: jiff::SignedDuration = jiff::SignedDuration::from_hours(1);

const VERBS: &[Verb<CodeSet>] = &[
    ("add", |one, at| one.change(stamp(1, at), &add("N179"), "")),
    ("add with a reason", |one, at| one.change(stamp(1, at), &add("N179"), "the payer wants it")),
    ("add the same", |one, at| one.change(stamp(1, at), &add("I50.21"), "twice")),
    ("remove the first", |one, at| one.change(stamp(1, at), &Change::RemoveDiagnosis(0), "wrong")),
    ("remove what is none", |one, at| one.change(stamp(1, at), &Change::RemoveDiagnosis(7), "wrong")),
    ("hold for a query", |one, at| one.hold(stamp(1, at), waits("query", at))),
    ("release the query", |one, at| one.release(stamp(1, at), "query")),
    ("release charges", |one, at| one.release(stamp(1, at), "charges")),
    ("release the review", |one, at| one.release(stamp(2, at), SECOND_REVIEW)),
    ("review", |one, at| one.review(stamp(2, at), "as documented", None)),
    ("review without words", |one, at| one.review(stamp(2, at), " ", None)),
    ("review one's own", |one, at| one.review(stamp(1, at), "as documented", None)),
    ("review one's own, alone, early", |one, at| one.review(stamp(1, at), "again", Some(HOUR))),
    ("review one's own, alone, later", |one, at| one.review(stamp(1, at), "again", Some(SECOND))),
    ("finalize", |one, at| one.finalize(stamp(1, at), outcome())),
    ("reopen", |one, at| one.reopen(stamp(1, at), "an audit found a missed complication")),
    ("reopen without a reason", |one, at| one.reopen(stamp(1, at), " ")),
    ("copy for the claim", |one, at| one.for_claim(CodeSetId::from_bits(5), stamp(1, at))),
];

fn shown(one: &CodeSet) -> String {
    let codes: Vec<String> = one.codes.diagnoses.iter().map(|line| line.code.to_string()).collect();
    let pending: Vec<&str> = one.state.pending().iter().map(|pending| pending.key.as_str()).collect();
    format!("{} {} [{}] {}", one.purpose, one.state.key(), codes.join(" "), pending.join(", "))
        .trim_end()
        .to_owned()
}

#[test]
fn every_state_and_verb() {
    expect_table(&table(&states(), VERBS, shown), include_str!("table.txt"));
}

#[test]
fn every_pending_reason_is_read() {
    assert!(pending_reasons().len() > 5);
    assert_eq!(waits("query", second(0)).title(), "A question to the physician is open");
}

#[test]
fn order_is_kept_and_the_first_is_principal() {
    let at = |second_: i64| stamp(1, second(second_));
    let mut set = coded();
    for (n, code) in ["N179", "E1165", "I10"].into_iter().enumerate() {
        set = set.change(at(2 + i64::try_from(n).unwrap()), &add(code), "").unwrap();
    }
    let set = set.change(at(9), &Change::MoveDiagnosis(2, 0), "").unwrap();
    assert_eq!(shown(&set), "record open [E1165 I5021 N179 I10]");
    assert_eq!(set.principal(), Some(Code::parse("E11.65").unwrap()));
    assert_eq!(set.history.all().last().unwrap().note, "E1165 moved to place 1");
    let set = set.change(at(10), &Change::ReplaceDiagnosis(3, Code::parse("I129").unwrap()), "").unwrap();
    let set = set.change(at(11), &Change::SetPresent(3, Present::No), "").unwrap();
    assert_eq!(set.codes.diagnoses[3].present, Present::No);
    assert_eq!(shown(&set), "record open [E1165 I5021 N179 I129]");
}

proptest! {
    #[test]
    fn no_path_loses_the_trail(steps in prop::collection::vec((0usize..99, 0i64..40), 0..40)) {
        // The copy for the claim begins a history of its own.
        walk(coded(), &VERBS[..VERBS.len() - 1], &steps, |one| &one.history, |before, after| {
            if matches!(before.state, CodingState::Final { .. }) {
                assert_eq!(before.codes, after.codes, "final codes were changed");
            }
            if let CodingState::Final { .. } = after.state {
                assert!(!after.codes.diagnoses.is_empty());
            }
        });
    }
}

#[test]
fn every_criterion_of_a_second_review_is_read() {
    let rows = review_criteria();
    let criteria: Vec<Criterion> = rows.iter().map(|row| row.criterion).collect();
    assert_eq!(criteria, Criterion::ALL);
    assert!(rows.iter().all(|row| !row.on && !row.title().is_empty()));
}

#[test]
fn what_a_change_was_is_shown_with_before_and_after() {
    let before = coded().change(stamp(1, second(2)), &add("N179"), "").unwrap().codes;
    let shown = |after: &Codes| {
        let (gone, come) = before_and_after(&before, after);
        format!("{} > {}", gone.join("; "), come.join("; "))
    };
    let mut after = before.clone();
    after.diagnoses[1].present = Present::No;
    assert_eq!(shown(&after), "N17.9 Y > N17.9 N");
    after.diagnoses.remove(1);
    assert_eq!(shown(&after), "N17.9 Y > ");
    let mut after = before.clone();
    after.diagnoses.swap(0, 1);
    after.discharge_status = "03".into();
    assert_eq!(shown(&after), " > discharge status 03");
    after.discharge_status.clear();
    assert_eq!(shown(&after), "I50.21, N17.9 > N17.9, I50.21");
}

#[test]
fn a_change_takes_the_review_away() {
    let held = coded().hold(stamp(1, second(2)), waits(SECOND_REVIEW, second(2))).unwrap();
    let reviewed = held.review(stamp(2, second(3)), "as documented", None).unwrap();
    assert!(reviewed.reviewed.as_ref().is_some_and(|one| !one.is_own));
    let changed = reviewed.change(stamp(1, second(4)), &add("N179"), "").unwrap();
    assert_eq!(changed.reviewed, None);
}

#[test]
fn a_service_that_no_claim_takes_is_refused() {
    let service = |code: &str| Service::new(Code::parse(code).unwrap());
    let wrong = [
        service("99213"),
        service("J18855"),
        Service { units: 0, ..service("J1885") },
        Service { modifiers: vec!["JZX".into()], ..service("J1885") },
        Service { modifiers: vec!["JZ".into(); 5], ..service("J1885") },
    ];
    for one in wrong {
        let text = one.shown();
        assert!(coded().change(stamp(1, second(2)), &Change::AddService(one), "").is_err(), "{text}");
    }
    let right = Service { modifiers: vec!["JZ".into()], units: 2, ..service("J1885") };
    let set = coded().change(stamp(1, second(2)), &Change::AddService(right), "").unwrap();
    assert_eq!(set.codes.services[0].shown(), "J1885 JZ, 2 units");
    let set = set.change(stamp(1, second(3)), &Change::ReplaceService(0, service("J1885")), "").unwrap();
    assert_eq!(set.history.all().last().unwrap().note, "J1885 JZ, 2 units replaced by J1885");
}
