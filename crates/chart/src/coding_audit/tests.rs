//! Every state and every verb, what is drawn, what differs, and what it counts for.

use codeset::Code;
use proptest::prelude::*;

use super::*;
use crate::coding::{Change, CodedDiagnosis, CodedProcedure, Origin, Present, Service};
use crate::machine::testing::{Case, Verb, expect_table, second, stamp, table, walk};

const CODER: u128 = 1;
const AUDITOR: u128 = 2;
const SUPERVISOR: u128 = 3;

fn line(code: &str) -> CodedDiagnosis {
    let (code, present) = code.split_once(' ').unwrap_or((code, "Y"));
    let present = present.parse().unwrap_or(Present::Yes);
    CodedDiagnosis {
        code: Code::parse(code).unwrap(),
        present,
        origin: Origin::Entered,
        evidence: Vec::new(),
    }
}

fn codes(diagnoses: &[&str]) -> Codes {
    Codes { diagnoses: diagnoses.iter().map(|one| line(one)).collect(), ..Codes::default() }
}

fn drawn() -> AuditedCase {
    let coded = Coded {
        code_set: CodeSetId::from_bits(7),
        version: 4,
        coder: stamp(CODER, second(0)).by,
        worked: vec![UserId::from_bits(CODER)],
        closed: second(0),
        codes: codes(&["I5021", "N179", "E1165"]),
        drg: Some(291),
    };
    let of = (PatientId::from_bits(2), EncounterId::from_bits(3));
    AuditedCase::drawn(
        AuditedCaseId::from_bits(1),
        (SampleId::from_bits(1), 1),
        of,
        coded,
        stamp(3, second(0)),
    )
}

fn add(case: AuditedCase, code: &str, at: i64) -> AuditedCase {
    case.change(stamp(AUDITOR, second(at)), &Change::AddDiagnosis(line(code), None)).unwrap()
}

fn coding() -> AuditedCase {
    add(drawn().begin(stamp(AUDITOR, second(1))).unwrap(), "I5021", 2)
}

fn said(is_error: bool, reason: &str) -> Said {
    Said { is_error, reason: reason.into() }
}

fn comparing() -> AuditedCase {
    add(coding(), "N179", 3).finish(stamp(AUDITOR, second(3)), Some(291)).unwrap()
}

fn answering() -> AuditedCase {
    comparing().report(stamp(AUDITOR, second(4)), &[said(true, "not treated")]).unwrap()
}

fn deciding() -> AuditedCase {
    answering().answer(stamp(CODER, second(5)), &[said(false, "insulin was given")]).unwrap()
}

fn states() -> Vec<Case<AuditedCase>> {
    vec![
        ("drawn", drawn()),
        ("coding", coding()),
        ("comparing", comparing()),
        ("answering", answering()),
        ("deciding", deciding()),
        ("settled", deciding().decide(stamp(SUPERVISOR, second(6)), &[said(false, "it was")]).unwrap()),
    ]
}

const VERBS: &[Verb<AuditedCase>] = &[
    ("begin", |one, at| one.begin(stamp(AUDITOR, at))),
    ("begin by the coder", |one, at| one.begin(stamp(CODER, at))),
    ("change", |one, at| one.change(stamp(AUDITOR, at), &Change::AddDiagnosis(line("J9601"), None))),
    ("change by another", |one, at| {
        one.change(stamp(SUPERVISOR, at), &Change::AddDiagnosis(line("J9601"), None))
    }),
    ("give back", |one, at| one.give_back(stamp(SUPERVISOR, at))),
    ("finish", |one, at| one.finish(stamp(AUDITOR, at), Some(291))),
    ("report an error", |one, at| one.report(stamp(AUDITOR, at), &[said(true, "not treated")])),
    ("report none", |one, at| one.report(stamp(AUDITOR, at), &[said(false, "both are right")])),
    ("report without a reason", |one, at| one.report(stamp(AUDITOR, at), &[said(true, " ")])),
    ("report too little", |one, at| one.report(stamp(AUDITOR, at), &[])),
    ("accept", |one, at| one.answer(stamp(CODER, at), &[said(true, "")])),
    ("rebut", |one, at| one.answer(stamp(CODER, at), &[said(false, "insulin was given")])),
    ("rebut without a reason", |one, at| one.answer(stamp(CODER, at), &[said(false, "")])),
    ("answer by another", |one, at| one.answer(stamp(SUPERVISOR, at), &[said(true, "")])),
    ("uphold", |one, at| one.decide(stamp(SUPERVISOR, at), &[said(true, "not by a provider")])),
    ("overturn", |one, at| one.decide(stamp(SUPERVISOR, at), &[said(false, "it was treated")])),
    ("decide by the auditor", |one, at| one.decide(stamp(AUDITOR, at), &[said(true, "mine")])),
    ("settle unanswered", |one, at| one.settle_unanswered(stamp(SUPERVISOR, at), "has left")),
];

fn shown(one: &AuditedCase) -> String {
    let stands = |audited: &Audited| audited.findings.iter().filter(|one| one.stands()).count();
    let errors = one.audited().map_or_else(String::new, |audited| format!(" {} errors", stands(audited)));
    format!("{}{errors}", one.key())
}

#[test]
fn every_state_and_verb() {
    expect_table(&table(&states(), VERBS, shown), include_str!("table.txt"));
}

proptest! {
    #[test]
    fn whatever_is_done_the_coders_codes_stay(steps in prop::collection::vec((0..20_usize, 0..40_i64), 0..30)) {
        let codes = drawn().coded;
        walk(drawn(), VERBS, &steps, |one| &one.history, |_, next| assert_eq!(next.coded, codes));
    }
}

fn members(count: u128) -> Vec<Member> {
    (1..=count).map(|bits| Member { code_set: CodeSetId::from_bits(bits), version: 3 }).collect()
}

#[test]
fn the_same_seed_and_population_draw_the_same() {
    let all = members(200);
    let mut shuffled = all.clone();
    shuffled.reverse();
    let drawn = draw(&all, "2026-Q4", Size::Count(20));
    assert_eq!(drawn.len(), 20);
    assert_eq!(drawn, draw(&shuffled, "2026-Q4", Size::Count(20)));
    assert_ne!(drawn, draw(&all, "2027-Q1", Size::Count(20)));
    assert_eq!(drawn[..5], draw(&all, "2026-Q4", Size::Count(5)), "a smaller sample is the beginning");
    assert_eq!(digest(&all), digest(&shuffled));
    let changed = [&all[..199], &[Member { version: 4, ..all[199] }]].concat();
    assert_ne!(digest(&all), digest(&changed), "a code set that was closed again is another");
}

#[test]
fn a_percentage_is_rounded_up_and_no_sample_is_greater_than_all() {
    let of = |size: Size, population| size.of(population);
    assert_eq!([of(Size::Percent(5), 41), of(Size::Percent(5), 1), of(Size::Percent(5), 0)], [3, 1, 0]);
    assert_eq!([of(Size::Count(30), 12), of(Size::Percent(300), 12)], [12, 12]);
}

fn classes(coder: &Codes, auditor: &Codes) -> Vec<String> {
    let shown = |one: Finding| format!("{}: {} | {}", one.class, one.coded, one.audited);
    compare((coder, None), (auditor, None)).into_iter().map(shown).collect()
}

#[test]
fn what_differs_has_its_class() {
    let coder = codes(&["I5021", "N179 N", "E1165", "J449"]);
    let cases: [(&[&str], &[&str]); 6] = [
        (&["I5021", "N179 N", "E1165", "J449"], &[]),
        (&["I5021", "N179", "E1165", "J449"], &["wrong-poa: N17.9 N | N17.9 Y"]),
        (&["I5023", "N179 N", "E1165", "J449"], &["wrong-principal: I50.21 | I50.23"]),
        (&["N179 N", "I5021", "E1165", "J449"], &["wrong-principal: I50.21 | N17.9"]),
        (
            &["I5021", "N179 N", "E119", "J9601"],
            &["wrong-code: E11.65 | E11.9", "added: J44.9 | ", "missed:  | J96.01"],
        ),
        (&["I5021", "E1165", "N179 N", "J449"], &["sequence: N17.9, E11.65, J44.9 | E11.65, N17.9, J44.9"]),
    ];
    for (auditor, expected) in cases {
        assert_eq!(classes(&coder, &codes(auditor)), expected, "{auditor:?}");
    }
}

#[test]
fn procedures_services_and_the_drg_are_compared_too() {
    let procedure = |code: &str| CodedProcedure {
        code: Code::parse(code).unwrap(),
        day: None,
        performer: None,
        origin: Origin::Entered,
        evidence: Vec::new(),
    };
    let service = |units| Service { units, ..Service::new(Code::parse("J1885").unwrap()) };
    let mut coder = codes(&["I5021"]);
    coder.procedures = vec![procedure("0DTJ4ZZ")];
    coder.services = vec![service(1)];
    let mut auditor = codes(&["I5021"]);
    auditor.procedures = vec![procedure("0DTJ0ZZ"), procedure("5A1935Z")];
    auditor.services = vec![service(2)];
    let found = compare((&coder, Some(343)), (&auditor, Some(342)));
    let found: Vec<String> = found.iter().map(|one| format!("{} {}", one.kind, one.class)).collect();
    let expected =
        ["procedure wrong-principal", "procedure missed", "service wrong-code", "record drg-change"];
    assert_eq!(found, expected);
}

#[test]
fn accuracy_counts_what_stands() {
    let counts = |case: &AuditedCase| case.tally().map(|one| (one.codes_right, one.codes, one.records_right));
    assert_eq!(counts(&deciding()), None, "nothing counts before it is settled");
    let decided = |is_error| {
        let word = [said(is_error, "so it is")];
        deciding().decide(stamp(SUPERVISOR, second(6)), &word).unwrap()
    };
    assert_eq!(counts(&decided(true)), Some((2, 3, 0)));
    assert_eq!(counts(&decided(false)), Some((3, 3, 1)));
    let missed = add(add(add(coding(), "N179", 3), "E1165", 3), "J9601", 3);
    let missed = missed.finish(stamp(AUDITOR, second(4)), Some(280)).unwrap();
    let words = [said(true, "it was treated"), said(true, "it follows")];
    let missed = missed.report(stamp(AUDITOR, second(4)), &words).unwrap();
    let missed = missed.answer(stamp(CODER, second(5)), &[said(true, ""), said(true, "")]).unwrap();
    let tally = missed.tally().unwrap();
    assert_eq!((tally.codes_right, tally.codes, tally.drgs_right, tally.drgs), (3, 4, 0, 1));
}
