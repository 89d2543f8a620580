//! The rules of each kind, and every state and verb of a patient's request.

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::id::PatientRequestId;
use crate::machine::testing::{Case, Verb, expect_table, second, stamp, table, walk};

const UTC: TimeZone = TimeZone::UTC;
const TEXT: &str = "Left knee was injected.";
const SIGNED: Target<'_> = Target { text: TEXT, is_signed: true, is_own: true };
const UNSIGNED: Target<'_> = Target { text: TEXT, is_signed: false, is_own: true };

fn draft() -> Draft {
    Draft {
        text: "Right knee was injected.".into(),
        passage: "Left knee".into(),
        reason: "Side was wrong".into(),
        about: Some(second(5).into()),
    }
}

#[test]
fn each_kind_has_its_rules() {
    use AmendmentKind::{Addendum, Attestation, Correction, LateEntry};
    let check = |kind, target, draft: Draft| draft.check(kind, target, second(9));
    for (kind, target) in [
        (LateEntry, None),
        (Addendum, Some(SIGNED)),
        (Correction, Some(SIGNED)),
        (Attestation, Some(UNSIGNED)),
    ] {
        assert_eq!(check(kind, target, draft()), Ok(()));
        assert_eq!(
            check(kind, target, Draft { text: " ".into(), ..draft() }),
            Err(AmendmentError::NoText(kind))
        );
        assert_eq!(
            check(kind, target, Draft { reason: " ".into(), ..draft() }),
            Err(AmendmentError::NoReason)
        );
    }
    assert_eq!(check(Addendum, None, draft()), Err(AmendmentError::NoOriginal));
    assert_eq!(check(Addendum, Some(UNSIGNED), draft()), Err(AmendmentError::Unsigned));
    assert_eq!(check(Correction, Some(UNSIGNED), draft()), Err(AmendmentError::Unsigned));
    let other = Draft { passage: "left elbow".into(), ..draft() };
    assert_eq!(check(Correction, Some(SIGNED), other), Err(AmendmentError::NoPassage));
    assert_eq!(check(Attestation, Some(SIGNED), draft()), Err(AmendmentError::Signed));
    let not_own = Target { is_own: false, ..UNSIGNED };
    assert_eq!(check(Attestation, Some(not_own), draft()), Err(AmendmentError::NotTheAuthor));
}

#[test]
fn a_late_entry_says_when_it_was_and_lies_in_the_past() {
    let check = |about| Draft { about, ..draft() }.check(AmendmentKind::LateEntry, None, second(9));
    assert_eq!(check(None), Err(AmendmentError::NoAbout));
    assert_eq!(check(Some(second(10).into())), Err(AmendmentError::AboutTheFuture));
    assert_eq!(check(Some(second(9).into())), Ok(()));
}

#[test]
fn writing_after_the_bill_or_an_audit_request_is_flagged() {
    let billing = Billing { billed: Some(second(10)), audit_requested: Some(second(20)) };
    assert_eq!(billing.flags(second(10)), []);
    assert_eq!(billing.flags(second(11)), [Flag::AfterBill(second(10))]);
    let both = [Flag::AfterBill(second(10)), Flag::AfterAuditRequest(second(20))];
    assert_eq!(billing.flags(second(21)), both);
    assert_eq!(Billing::default().flags(second(21)), []);
}

fn received() -> PatientRequest {
    let asked = Asked {
        patient: PatientId::from_bits(1),
        document: None,
        asked: "I never smoked".into(),
        reason: "It says that I smoke".into(),
        received: second(0),
    };
    PatientRequest::receive(PatientRequestId::from_bits(2), asked, stamp(1, second(1)), &UTC).unwrap()
}

fn states() -> Vec<Case<PatientRequest>> {
    let denied = received().deny(stamp(2, second(2)), DenialBasis::Accurate, "you told the nurse").unwrap();
    let disagreed = denied.clone().disagree(stamp(1, second(3)), "I did not").unwrap();
    vec![
        ("received", received()),
        ("received, extended", received().extend(stamp(1, second(2)), "author is away", &UTC).unwrap()),
        ("accepted", received().accept(stamp(2, second(2)), "addendum, family doctor told").unwrap()),
        ("denied", denied),
        ("disagreed", disagreed.clone()),
        ("rebutted", disagreed.rebut(stamp(2, second(4)), "the note stands").unwrap()),
        ("withdrawn", received().withdraw(stamp(1, second(2)), "by telephone").unwrap()),
    ]
}

const VERBS: &[Verb<PatientRequest>] = &[
    ("extend", |one, at| one.extend(stamp(1, at), "a reason", &UTC)),
    ("accept", |one, at| one.accept(stamp(2, at), "done")),
    ("deny", |one, at| one.deny(stamp(2, at), DenialBasis::NotOurs, "not ours")),
    ("disagree", |one, at| one.disagree(stamp(1, at), "a statement")),
    ("rebut", |one, at| one.rebut(stamp(2, at), "an answer")),
    ("withdraw", |one, at| one.withdraw(stamp(1, at), "a letter")),
];

#[test]
fn every_state_and_verb() {
    let shown = |one: &PatientRequest| {
        let due = one.clock.due().unwrap().to_zoned(UTC).date();
        format!("{}, due {due}", one.state.key())
    };
    expect_table(&table(&states(), VERBS, shown), include_str!("table.txt"));
}

#[test]
fn sixty_days_and_thirty_more_asked_for_in_time() {
    let last = received().clock.due().unwrap();
    assert!(received().extend(stamp(1, last), "author is away", &UTC).is_ok());
    let late = second(last.as_second() + 1);
    assert!(received().is_overdue(late));
    assert!(received().extend(stamp(1, late), "author is away", &UTC).is_err());
    let (_, accepted) = states().swap_remove(2);
    assert!(!accepted.is_overdue(late));
}

proptest! {
    #[test]
    fn no_path_loses_the_clock_or_the_history(steps in prop::collection::vec((0..VERBS.len(), 0..40_i64), 0..20)) {
        walk(received(), VERBS, &steps, |one| &one.history, |before, after| {
            assert_eq!(after.version, before.version + 1);
            assert_eq!(after.clock.started(), before.clock.started());
            assert!(after.clock.due() >= before.clock.due());
            let json = serde_json::to_string(after).unwrap();
            assert_eq!(&serde_json::from_str::<PatientRequest>(&json).unwrap(), after);
        });
    }
}
