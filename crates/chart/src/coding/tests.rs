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
        ("final", coded().finalize(stamp(1, second(3)), outcome()).unwrap()),
        ("claim", coded().for_claim(CodeSetId::from_bits(4), stamp(1, second(3))).unwrap()),
    ]
}

const VERBS: &[Verb<CodeSet>] = &[
    ("add", |one, at| one.change(stamp(1, at), &add("N179"), "")),
    ("add with a reason", |one, at| one.change(stamp(1, at), &add("N179"), "the payer wants it")),
    ("add the same", |one, at| one.change(stamp(1, at), &add("I50.21"), "twice")),
    ("remove the first", |one, at| one.change(stamp(1, at), &Change::RemoveDiagnosis(0), "wrong")),
    ("remove what is none", |one, at| one.change(stamp(1, at), &Change::RemoveDiagnosis(7), "wrong")),
    ("hold for a query", |one, at| one.hold(stamp(1, at), waits("query", at))),
    ("release the query", |one, at| one.release(stamp(1, at), "query")),
    ("release charges", |one, at| one.release(stamp(1, at), "charges")),
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
