//! Every state and every verb, and what no path may lose.

use proptest::prelude::*;

use super::*;
use crate::clock::{Basis, Span};
use crate::machine::testing::{Case, Verb, expect_table, second, stamp, table, walk};
use crate::machine::{Actor, InvalidTransition};

const UTC: TimeZone = TimeZone::UTC;

fn someone(name: &str) -> Responsible {
    Responsible { name: crate::directory::Named { name: name.into(), key: None }, party: None }
}

/// A discharge summary to be dictated, typed and signed.
fn raised(clock: Clock) -> Raised {
    let first = Step::new(StepKind::Dictate, someone("Mehta"), Span::hours(72));
    let rest = [
        Step::new(StepKind::Transcribe, someone("Transcription"), Span::hours(24)),
        Step::new(StepKind::Sign, someone("Mehta"), Span::days(7)),
    ];
    Raised {
        patient: PatientId::from_bits(1),
        encounter: EncounterId::from_bits(2),
        subject: Subject::Missing("discharge-summary".into()),
        rule: "discharge-summary".into(),
        kind: DeficiencyKind::MissingDocument,
        what: "No discharge summary".into(),
        clock,
        chain: Chain::starting(first, rest),
        why: Why::default(),
    }
}

fn predicted() -> Deficiency {
    let clock = Clock::waiting(Basis::Discharge, Span::days(30));
    Deficiency::predicted(DeficiencyId::from_bits(3), raised(clock), stamp(0, second(0)))
}

fn open() -> Deficiency {
    predicted().fall_due(stamp(0, second(1)), second(1), &UTC).unwrap()
}

/// Two of three steps are done.
fn nearly_done() -> Deficiency {
    let dictated = open().complete(stamp(1, second(2)), "dictation 7", &UTC).unwrap();
    dictated.complete(stamp(2, second(3)), "text of dictation 7", &UTC).unwrap()
}

fn states() -> Vec<Case<Deficiency>> {
    let last = nearly_done();
    let completed = last.clone().complete(stamp(1, second(4)), "signature", &UTC).unwrap();
    vec![
        ("predicted", predicted()),
        ("open", open()),
        ("open, last step", last.clone()),
        ("claimed", open().claim(stamp(1, second(4))).unwrap()),
        ("claimed, last step", last.claim(stamp(1, second(4))).unwrap()),
        ("completed", completed.clone()),
        ("verified", completed.verify(stamp(2, second(5))).unwrap()),
        ("declined", open().decline(stamp(1, second(4)), "not my patient").unwrap()),
        ("waived", open().waive(stamp(2, second(4)), "transferred out").unwrap()),
        ("cleared", open().clear(stamp(0, second(4)), "summary filed").unwrap()),
        ("withdrawn", open().withdraw(stamp(0, second(4)), "visit cancelled").unwrap()),
    ]
}

const VERBS: &[Verb<Deficiency>] = &[
    ("fall due", |one, at| one.fall_due(stamp(0, at), at, &UTC)),
    ("claim", |one, at| one.claim(stamp(1, at))),
    ("release", |one, at| one.release(stamp(1, at))),
    ("complete", |one, at| one.complete(stamp(1, at), "shown", &UTC)),
    ("verify", |one, at| one.verify(stamp(2, at))),
    ("waive", |one, at| one.waive(stamp(2, at), "a reason")),
    ("decline", |one, at| one.decline(stamp(1, at), "a reason")),
    ("accept", |one, at| one.accept_decline(stamp(2, at))),
    ("refuse", |one, at| one.refuse_decline(stamp(2, at), "a reason")),
    ("reassign", |one, at| one.reassign(stamp(2, at), &someone("Okafor"), "covers")),
    ("clear", |one, at| one.clear(stamp(0, at), "shown")),
    ("withdraw", |one, at| one.withdraw(stamp(0, at), "a reason")),
    ("reopen", |one, at| one.reopen(stamp(2, at), "a reason", at, &UTC)),
];

fn shown(one: &Deficiency) -> String {
    let turn = one.chain.armed().map_or_else(|| "all done".into(), |step| step.kind.to_string());
    let started = one.clock.started().map_or_else(|| "?".into(), |at| at.as_second().to_string());
    format!("{}, {turn} by {}, since {started}", one.state.key(), one.responsible().name.name)
}

#[test]
fn every_state_and_verb() {
    expect_table(&table(&states(), VERBS, shown), include_str!("table.txt"));
}

#[test]
fn finishing_a_step_arms_the_next_with_its_own_clock() {
    let one = nearly_done();
    let due: Vec<_> = one.chain.steps().iter().map(|step| step.clock.due()).collect();
    let hours = |hours: i64, from: i64| Some(second(from + hours * 3_600));
    assert_eq!(due, [hours(72, 1), hours(24, 2), Some("1970-01-08T23:59:59Z".parse().unwrap())]);
    assert_eq!(one.due(), due[2], "the week to sign ends before the 30 days");
    assert_eq!(one.history.all().last().unwrap().note, "transcribe: text of dictation 7");
}

#[test]
fn delinquent_is_owed_and_past_due() {
    let due = open().due().unwrap();
    assert!(!open().is_delinquent(due) && open().is_delinquent(second(due.as_second() + 1)));
    let far = second(1_000_000_000);
    let delinquent = states().into_iter().filter(|(_, one)| one.is_delinquent(far)).map(|(name, _)| name);
    let delinquent: Vec<_> = delinquent.collect();
    assert_eq!(delinquent, ["open", "open, last step", "claimed", "claimed, last step"]);
}

#[test]
fn who_declined_does_not_review_and_reasons_are_asked_for() {
    let declined = open().decline(stamp(1, second(4)), "not mine").unwrap();
    let own = declined.accept_decline(stamp(1, second(5))).unwrap_err();
    assert_eq!(own.to_string(), "who declined it cannot review it: ask somebody else");
    for refused in [
        open().waive(stamp(1, second(2)), " "),
        open().decline(stamp(1, second(2)), ""),
        open().withdraw(stamp(1, second(2)), ""),
        open().clear(stamp(1, second(2)), ""),
        open().complete(stamp(1, second(2)), "", &UTC),
        open().reassign(stamp(1, second(2)), &someone("Okafor"), ""),
    ] {
        assert!(matches!(refused, Err(InvalidTransition::Rule(_))), "{refused:?}");
    }
}

#[test]
fn it_is_kept_as_json() {
    for (name, one) in states() {
        let json = serde_json::to_string(&one).unwrap();
        assert_eq!(serde_json::from_str::<Deficiency>(&json).unwrap(), one, "{name}");
    }
    let stamp = Stamp { by: Actor::program("completeness"), at: second(0) };
    assert_eq!(Deficiency::predicted(DeficiencyId::from_bits(1), predicted_raised(), stamp).version, 1);
}

fn predicted_raised() -> Raised {
    raised(Clock::waiting(Basis::Discharge, Span::days(30)))
}

proptest! {
    #[test]
    fn no_path_loses_the_clock_or_the_history(steps in prop::collection::vec((0..VERBS.len(), 0..40_i64), 0..40)) {
        walk(predicted(), VERBS, &steps, |one| &one.history, |before, after| {
            assert_eq!(after.version, before.version + 1);
            assert!(before.clock.started().is_none() || after.clock == before.clock, "the clock was lost");
            for (was, is) in before.chain.steps().iter().zip(after.chain.steps()) {
                assert!(was.clock.started().is_none() || is.clock == was.clock, "a step's clock was lost");
            }
            assert!(!after.is_owed() || after.due().is_some(), "something owed has no clock");
        });
    }
}
