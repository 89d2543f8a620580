//! Every state and every verb of letters and suspensions, and what no path may lose.

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::machine::testing::{Case, Verb, expect_table, second, stamp, table, walk};

fn drafted() -> Letter {
    let work = vec![DeficiencyId::from_bits(1)];
    Letter::draft(
        LetterId::from_bits(2),
        Responsible::default(),
        1,
        work,
        "Two records.",
        stamp(1, second(0)),
    )
    .unwrap()
}

fn letters() -> Vec<Case<Letter>> {
    let issued = drafted().issue(stamp(1, second(1)), Delivery::Paper).unwrap();
    vec![
        ("drafted", drafted()),
        ("issued", issued.clone()),
        ("acknowledged", issued.clone().acknowledge(stamp(2, second(2))).unwrap()),
        ("superseded", issued.clone().supersede(stamp(1, second(2)), LetterId::from_bits(3)).unwrap()),
        ("withdrawn", issued.withdraw(stamp(1, second(2)), "wrong doctor").unwrap()),
    ]
}

const LETTER_VERBS: &[Verb<Letter>] = &[
    ("edit", |one, at| one.edit(stamp(1, at), "Three records.")),
    ("issue", |one, at| one.issue(stamp(1, at), Delivery::Inbox)),
    ("acknowledge", |one, at| one.acknowledge(stamp(2, at))),
    ("supersede", |one, at| one.supersede(stamp(1, at), LetterId::from_bits(3))),
    ("supersede by itself", |one, at| one.supersede(stamp(1, at), LetterId::from_bits(2))),
    ("withdraw", |one, at| one.withdraw(stamp(1, at), "a reason")),
];

fn listed() -> Suspension {
    Suspension::list(Responsible::default(), None, "three records past day 31", stamp(1, second(0))).unwrap()
}

fn suspensions() -> Vec<Case<Suspension>> {
    vec![
        ("listed", listed()),
        ("restored", listed().restore(stamp(1, second(5)), "all signed").unwrap()),
        ("annulled", listed().annul(stamp(1, second(1)), "wrong doctor").unwrap()),
    ]
}

const SUSPENSION_VERBS: &[Verb<Suspension>] = &[
    ("restore", |one, at| one.restore(stamp(1, at), "all signed")),
    ("annul", |one, at| one.annul(stamp(1, at), "a reason")),
];

#[test]
fn every_state_and_verb() {
    let letters = table(&letters(), LETTER_VERBS, |one| format!("{}, {}", one.state.key(), one.text));
    let suspensions = table(&suspensions(), SUSPENSION_VERBS, |one| {
        format!("{}, {} days", one.state.key(), one.days(second(90_000), &TimeZone::UTC))
    });
    expect_table(&format!("{letters}\n{suspensions}"), include_str!("table.txt"));
}

#[test]
fn suspension_days_are_days_of_the_calendar() {
    let zone = TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap();
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let listed =
        Suspension::list(Responsible::default(), None, "x", stamp(1, at("2026-10-31T23:00-04:00"))).unwrap();
    assert_eq!(listed.days(at("2026-10-31T23:30-04:00"), &zone), 1);
    // 25 hours have the first of November.
    assert_eq!(listed.days(at("2026-11-02T00:00-05:00"), &zone), 3);
    let restored = listed.restore(stamp(1, at("2026-11-01T12:00-05:00")), "all signed").unwrap();
    assert_eq!(restored.days(at("2027-01-01T00:00-05:00"), &zone), 2);
}

proptest! {
    #[test]
    fn no_path_of_a_letter_loses_its_history(
        steps in prop::collection::vec((0..LETTER_VERBS.len(), 0..30_i64), 0..20),
    ) {
        walk(drafted(), LETTER_VERBS, &steps, |one| &one.history, |before, after| {
            assert_eq!(after.version, before.version + 1);
            assert!(before.issued_at().is_none() || after.issued_at() == before.issued_at());
            assert!(before.issued_at().is_none() || after.text == before.text, "an issued letter was changed");
            let json = serde_json::to_string(after).unwrap();
            assert_eq!(&serde_json::from_str::<Letter>(&json).unwrap(), after);
        });
    }

    #[test]
    fn no_path_of_a_suspension_loses_its_history(
        steps in prop::collection::vec((0..SUSPENSION_VERBS.len(), 0..30_i64), 0..10),
    ) {
        walk(listed(), SUSPENSION_VERBS, &steps, |one| &one.history, |before, after| {
            assert_eq!(after.version, before.version + 1);
            let json = serde_json::to_string(after).unwrap();
            assert_eq!(&serde_json::from_str::<Suspension>(&json).unwrap(), after);
        });
    }
}
