//! Claims that are written are read back the same, are accepted by an independent validator, and what cannot be
//! written is refused in plain words.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use exchange::x12::*;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use rust_decimal::Decimal;
use x12_support::{diagnosis, outpatient_claim, submission, verdict, whole_claim};

mod x12_support;

fn read_back(file: &str) -> Vec<InstitutionalClaim> {
    read(file.as_bytes()).map(|read| read.expect("a file").claim.expect("a claim")).collect()
}

/// What the writer says of `claim` after `change`.
fn refusal(change: impl FnOnce(&mut InstitutionalClaim)) -> String {
    let mut claim = whole_claim();
    change(&mut claim);
    write(&submission(), &[claim]).unwrap_err().to_string()
}

#[test]
fn a_written_file_reads_back_as_the_same_claims() {
    let claims = [whole_claim(), outpatient_claim(), whole_claim()];
    let file = write(&submission(), &claims).unwrap();
    assert_eq!(read_back(&file), claims);
    assert_eq!(
        file.matches("HL*").count(),
        1 + 3 + 1,
        "one hospital, three subscribers, one dependent:\n{file}"
    );
}

#[test]
fn the_independent_validator_accepts_what_is_written() {
    let mut largest = whole_claim();
    largest.other_diagnoses = vec![diagnosis("E1165", "Y"); 24];
    largest.external_causes = vec![diagnosis("W010XXA", "N"); 12];
    largest.procedures = vec![largest.procedures[0].clone(); 25];
    let file = write(&submission(), &[whole_claim(), outpatient_claim(), largest]).unwrap();
    assert!(!matches!(verdict("written.837", &file), Some(Err(_))), "{file}");
}

#[test]
fn the_validator_does_object_to_a_faulty_file() {
    let file = write(&submission(), &[whole_claim()]).unwrap();
    let faulty = file.replace("CL1*1*1*01", "CL1*1*1");
    assert!(!matches!(verdict("faulty.837", &faulty), Some(Ok(()))));
}

#[test]
fn the_file_is_as_this_house_writes_it() {
    let written = write(&submission(), &[whole_claim(), outpatient_claim()]).unwrap();
    let golden = include_str!("golden/claims.837");
    assert_eq!(written, golden, "if the change is meant, put this into tests/golden/claims.837:\n{written}");
}

#[test]
fn a_claim_is_kept_as_json_and_comes_back_the_same() {
    for claim in [whole_claim(), outpatient_claim()] {
        let json = serde_json::to_string(&claim).unwrap();
        assert!(json.contains(r#""total_charges":""#), "money is text in JSON, not a float: {json}");
        assert_eq!(serde_json::from_str::<InstitutionalClaim>(&json).unwrap(), claim);
    }
    assert_eq!(serde_json::from_str::<InstitutionalClaim>("{}").unwrap(), InstitutionalClaim::default());
}

#[test]
fn more_than_a_claim_holds_is_refused() {
    let refused = refusal(|claim| claim.other_diagnoses = vec![diagnosis("I10", "Y"); 25]);
    assert_eq!(
        refused,
        "claim STAY-1: there are 26 diagnoses; a claim holds 25; keep the most important, or split the bill"
    );
    let refused = refusal(|claim| claim.procedures = vec![claim.procedures[0].clone(); 26]);
    assert!(refused.contains("26 procedures; a claim holds 25"), "{refused}");
    let refused = refusal(|claim| claim.external_causes = vec![diagnosis("W010XXA", "Y"); 13]);
    assert!(refused.contains("13 external causes of injury; a claim holds 12"), "{refused}");
    let refused = refusal(|claim| claim.visit_reasons = vec!["R112".into(); 4]);
    assert!(refused.contains("4 reasons for the visit; a claim holds 3"), "{refused}");
    let refused = refusal(|claim| claim.condition_codes = vec!["C1".into(); 25]);
    assert!(refused.contains("25 condition codes; a claim holds 24"), "{refused}");
}

#[test]
fn no_delimiter_and_no_foreign_letter_comes_into_a_file() {
    for character in ['*', ':', '~', '^', '\n', 'é', '\u{0}'] {
        let refused = refusal(|claim| claim.subscriber.person.last = format!("DO{character}E"));
        assert!(refused.contains(&format!("a family name has the character {character:?}")), "{refused}");
    }
    assert_eq!(plain_letters("Wójcik-Șerban, Łucja: «Ångström» 北"), "WOJCIK-SERBAN, LUCJA ANGSTROM");
    assert_eq!(plain_letters("  O'Neill\t*Straße~ Æsop "), "O'NEILL STRASSE AESOP");
}

#[test]
fn what_a_claim_must_have_is_asked_for() {
    let refused = [
        refusal(|claim| claim.statement = None),
        refusal(|claim| claim.lines.clear()),
        refusal(|claim| claim.subscriber.person.born = None),
        refusal(|claim| claim.procedures[1].on = None),
        refusal(|claim| claim.patient_control_number.clear()),
        refusal(|claim| claim.billing_provider.npi.clear()),
    ];
    let missing: Vec<&str> = refused.iter().map(|said| said.rsplit(": ").next().unwrap()).collect();
    assert_eq!(
        missing,
        [
            "the statement period is missing; give it",
            "a service line is missing; give it",
            "the patient's birth day is missing; give it",
            "the day of a procedure is missing; give it",
            "the patient control number is missing; give it",
            "the hospital's national provider identifier is missing; give it",
        ]
    );
}

#[test]
fn values_of_the_wrong_form_are_refused() {
    let refused = refusal(|claim| claim.principal_diagnosis.code = "I50.21".into());
    assert!(
        refused.starts_with("claim STAY-1: a diagnosis is 'I50.21'; expected letters and digits"),
        "{refused}"
    );
    let refused = refusal(|claim| claim.principal_diagnosis.present_on_admission = "1".into());
    assert!(refused.contains("present-on-admission indicator is '1'"), "{refused}");
    let refused = refusal(|claim| claim.type_of_bill = "0111".into());
    assert!(refused.contains("the type of bill is '0111'"), "{refused}");
    let refused = refusal(|claim| claim.total_charges += Decimal::ONE);
    assert!(refused.contains("the total charge is 41251.75, but the lines make 41250.75"), "{refused}");
    let refused = refusal(|claim| {
        claim.lines[0].charge += Decimal::new(1, 3);
        claim.total_charges += Decimal::new(1, 3);
    });
    assert!(refused.contains("expected dollars in whole cents"), "{refused}");
    let mut submission = submission();
    submission.interchange_number = 0;
    let refused = write(&submission, &[whole_claim()]).unwrap_err().to_string();
    assert_eq!(refused, "the file: the interchange's control number is '0'; expected 1 to 999999999");
}

fn any_day() -> impl Strategy<Value = Date> {
    (0i64..20_000).prop_map(|days| date(1990, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap())
}

fn any_period() -> impl Strategy<Value = Period> {
    (any_day(), 0i64..400).prop_map(|(first, days)| Period {
        first,
        last: first.checked_add(jiff::Span::new().days(days)).unwrap(),
    })
}

/// What a person may type: printable, without our delimiters, not blank at its ends.
fn name() -> impl Strategy<Value = String> {
    "[A-Za-z0-9'!&(),./;?=%@{}|<>_$#\"+-]([A-Za-z0-9' ,.-]{0,20}[A-Za-z0-9.])?"
}

fn any_diagnosis() -> impl Strategy<Value = ReportedDiagnosis> {
    ("[A-Z][0-9][0-9A-Z]{1,5}", "[YNUW]?")
        .prop_map(|(code, present_on_admission)| ReportedDiagnosis { code, present_on_admission })
}

fn any_line() -> impl Strategy<Value = ServiceLine> {
    let procedure = prop_oneof![
        Just((String::new(), vec![])),
        ("[A-Z0-9]{5}", proptest::collection::vec("[A-Z0-9]{2}", 0..5)),
    ];
    let non_covered = proptest::option::of(0i64..1_000_000);
    let counts = (0i64..100_000, 0u32..4, any::<bool>());
    ("[0-9]{4}", procedure, 0i64..1_000_000_000, counts, non_covered, proptest::option::of(any_period()))
        .prop_map(|(revenue_code, (hcpcs, modifiers), cents, (units, places, days), non_covered, service)| {
            ServiceLine {
                revenue_code,
                hcpcs,
                modifiers,
                charge: Decimal::new(cents, 2),
                counted: if days { Counted::Days } else { Counted::Units },
                units: Decimal::new(units, places),
                non_covered: non_covered.map(|cents| Decimal::new(cents, 2)),
                service,
            }
        })
}

fn any_codes() -> impl Strategy<Value = InstitutionalClaim> {
    let procedure =
        ("[0-9A-Z]{7}", any_day()).prop_map(|(code, on)| ReportedProcedure { code, on: Some(on) });
    let value = ("[0-9A-Z]{2}", 0i64..1_000_000, 0u32..3)
        .prop_map(|(code, number, places)| ValueCode { code, amount: Decimal::new(number, places) });
    let occurrence = ("[0-9A-Z]{2}", any_day()).prop_map(|(code, on)| Occurrence { code, on });
    let span = ("[0-9A-Z]{2}", any_period()).prop_map(|(code, period)| OccurrenceSpan { code, period });
    let diagnoses = (
        any_diagnosis(),
        proptest::collection::vec(any_diagnosis(), 0..=24),
        proptest::collection::vec(any_diagnosis(), 0..=12),
        proptest::collection::vec("[A-Z][0-9]{2}", 0..=3),
    );
    let others = (
        proptest::collection::vec(procedure, 0..=25),
        proptest::collection::vec(value, 0..=24),
        proptest::collection::vec(occurrence, 0..=24),
        proptest::collection::vec(span, 0..=24),
        proptest::collection::vec("[0-9A-Z]{2}", 0..=24),
    );
    (diagnoses, others).prop_map(
        |((principal, others, causes, reasons), (procedures, values, days, spans, conditions))| {
            InstitutionalClaim {
                principal_diagnosis: principal,
                other_diagnoses: others,
                external_causes: causes,
                visit_reasons: reasons,
                procedures,
                value_codes: values,
                occurrences: days,
                occurrence_spans: spans,
                condition_codes: conditions,
                ..whole_claim()
            }
        },
    )
}

fn any_claim() -> impl Strategy<Value = InstitutionalClaim> {
    let lines = proptest::collection::vec(any_line(), 1..30);
    let texts = (name(), name(), name(), name());
    let bill = ("[1-8][1-8][0-9]", any_period(), any::<bool>());
    (any_codes(), texts, lines, bill, any::<bool>()).prop_map(
        |(codes, (number, last, member, remarks), lines, (bill, period, admitted), is_dependent)| {
            let mut claim = InstitutionalClaim {
                patient_control_number: number,
                remarks,
                total_charges: lines.iter().map(|line| line.charge).sum(),
                lines,
                type_of_bill: bill,
                statement: Some(period),
                admitted: admitted.then_some(period.first),
                admission_time: None,
                dependent: outpatient_claim().dependent.filter(|_| is_dependent),
                ..codes
            };
            claim.subscriber.person.last = last;
            claim.subscriber.member_id = member;
            claim
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_claim_reads_back_the_same(claims in proptest::collection::vec(any_claim(), 1..4)) {
        let file = write(&submission(), &claims).unwrap();
        prop_assert_eq!(read_back(&file), claims);
    }

    #[test]
    fn whatever_was_read_is_refused_or_written_and_read_back(at in 0usize..4_000, byte in 0x20u8..0x7F) {
        let mut bytes = write(&submission(), &[whole_claim(), outpatient_claim()]).unwrap().into_bytes();
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        for claim in read(&bytes).filter_map(|read| read.ok()?.claim.ok()) {
            if let Ok(file) = write(&submission(), std::slice::from_ref(&claim)) {
                prop_assert_eq!(write(&submission(), &read_back(&file)), Ok(file));
            }
        }
    }

    #[test]
    fn plain_letters_can_always_be_written(text in any::<String>()) {
        let mut claim = whole_claim();
        claim.remarks = plain_letters(&text).chars().take(80).collect();
        prop_assert!(write(&submission(), &[claim]).is_ok());
    }
}
