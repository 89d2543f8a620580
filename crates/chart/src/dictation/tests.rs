//! Every state and every verb, and what no path may lose.

use proptest::prelude::*;

use super::*;
use crate::id::DocumentId;
use crate::machine::testing::{Case, Verb, expect_table, second, stamp, table, walk};

const UTC: TimeZone = TimeZone::UTC;
const AUTHOR: u128 = 1;
const TYPIST: u128 = 2;
const REVIEWER: u128 = 3;

fn dictated() -> Dictation {
    let received = Received {
        patient: PatientId::from_bits(1),
        encounter: EncounterId::from_bits(2),
        work_type: "operative-report".into(),
        author: Responsible::default(),
        author_account: stamp(AUTHOR, second(0)).by,
        audio: Some(Audio { digest: Digest::of(b"voice"), media_type: "audio/wav".into(), seconds: 95 }),
        priority: Priority::Routine,
        remark: String::new(),
        dictated: second(0),
    };
    Dictation::receive(DictationId::from_bits(3), received, stamp(AUTHOR, second(0)), &UTC).unwrap()
}

fn in_progress() -> Dictation {
    dictated().start(stamp(TYPIST, second(1))).unwrap()
}

fn typed() -> Dictation {
    in_progress().finish(stamp(TYPIST, second(2)), "The ____ was removed.").unwrap()
}

fn with_author() -> Dictation {
    typed().give_to_author(stamp(TYPIST, second(3))).unwrap()
}

fn states() -> Vec<Case<Dictation>> {
    let reviewed =
        typed().review(stamp(REVIEWER, second(3)), "The ____ was removed.", Errors::default()).unwrap();
    vec![
        ("dictated", dictated()),
        ("assigned", dictated().assign(stamp(REVIEWER, second(1)), stamp(TYPIST, second(1)).by).unwrap()),
        ("in progress", in_progress()),
        ("typed", typed()),
        ("reviewed", reviewed),
        ("with author", with_author()),
        ("sent back", with_author().send_back(stamp(AUTHOR, second(4)), "blank in line 1").unwrap()),
        ("signed", with_author().sign(stamp(AUTHOR, second(4)), "Done.", DocumentId::from_bits(5)).unwrap()),
        ("cancelled", dictated().cancel(stamp(AUTHOR, second(1)), "dictated twice").unwrap()),
    ]
}

const VERBS: &[Verb<Dictation>] = &[
    ("assign", |one, at| one.assign(stamp(REVIEWER, at), stamp(TYPIST, at).by)),
    ("start", |one, at| one.start(stamp(TYPIST, at))),
    ("start by another", |one, at| one.start(stamp(REVIEWER, at))),
    ("save", |one, at| one.save(stamp(TYPIST, at), "The ____")),
    ("save by another", |one, at| one.save(stamp(REVIEWER, at), "The ____")),
    ("finish", |one, at| one.finish(stamp(TYPIST, at), "The ____ was removed.")),
    ("review", |one, at| {
        one.review(stamp(REVIEWER, at), "The ____ was removed.", Errors { minor: 1, ..Errors::default() })
    }),
    ("review own", |one, at| one.review(stamp(TYPIST, at), "The ____ was removed.", Errors::default())),
    ("give to author", |one, at| one.give_to_author(stamp(TYPIST, at))),
    ("send back", |one, at| one.send_back(stamp(AUTHOR, at), "a blank")),
    ("sign with blank", |one, at| one.sign(stamp(AUTHOR, at), "The ____.", DocumentId::from_bits(5))),
    ("sign", |one, at| one.sign(stamp(AUTHOR, at), "The drain was removed.", DocumentId::from_bits(5))),
    ("sign by another", |one, at| one.sign(stamp(TYPIST, at), "Removed.", DocumentId::from_bits(5))),
    ("cancel", |one, at| one.cancel(stamp(AUTHOR, at), "a reason")),
    ("prioritise", |one, at| one.prioritise(stamp(REVIEWER, at), Priority::Stat, &UTC)),
];

#[test]
fn every_state_and_verb() {
    let shown = |one: &Dictation| {
        let due = one.clock.due().unwrap().as_second() / 3_600;
        let available = one.available.map_or_else(|| "-".into(), |at| at.as_second().to_string());
        format!("{}, due hour {due}, available {available}, {} blanks", one.state.key(), one.blanks())
    };
    expect_table(&table(&states(), VERBS, shown), include_str!("table.txt"));
}

#[test]
fn the_score_is_of_what_the_typist_gave() {
    let errors = Errors { critical: 1, ..Errors::default() };
    let reviewed =
        typed().review(stamp(REVIEWER, second(5)), "The drain was removed at noon.", errors).unwrap();
    let score = reviewed.score.unwrap();
    assert_eq!(score.lines, LineCount::of("The ____ was removed."));
    assert!(!score.passes());
}

#[test]
fn turnaround_ends_when_the_author_has_it_first() {
    let twelve_hours = 12 * 3_600;
    assert!(!dictated().is_late(second(twelve_hours)) && dictated().is_late(second(twelve_hours + 1)));
    let back = with_author().send_back(stamp(AUTHOR, second(9)), "blank").unwrap();
    assert!(!back.is_late(second(90_000)), "it was available in time");
}

proptest! {
    #[test]
    fn no_path_loses_the_clock_or_the_history(steps in prop::collection::vec((0..VERBS.len(), 0..60_i64), 0..60)) {
        walk(dictated(), VERBS, &steps, |one| &one.history, |before, after| {
            assert_eq!(after.version, before.version + 1);
            assert_eq!(after.clock.started(), before.clock.started());
            assert!(before.available.is_none() || after.available == before.available);
            let is_signed = matches!(after.state, DictationState::Signed { .. });
            assert!(!is_signed || after.blanks() == 0, "a blank was signed");
            let json = serde_json::to_string(after).unwrap();
            assert_eq!(&serde_json::from_str::<Dictation>(&json).unwrap(), after);
        });
    }
}
