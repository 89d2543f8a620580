//! Every state and every verb, and what no path may lose.

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::deficiency::Responsible;
use crate::directory::Named;
use crate::machine::testing::{Case, Verb, expect_table, second, stamp, table, walk};
use crate::machine::{Actor, InvalidTransition};
use crate::signature::Meaning;

const UTC: TimeZone = TimeZone::UTC;

fn someone(name: &str) -> Responsible {
    Responsible { name: Named { name: name.into(), key: None }, party: None }
}

fn choice(key: &str, kind: ChoiceKind) -> Choice {
    Choice { key: key.into(), text: key.into(), kind, supported_by: Vec::new() }
}

fn ask() -> Ask {
    let indicator = Indicator {
        key: "creatinine".into(),
        group: Group::Laboratory,
        quote: "Creatinine 2.4 mg/dL".into(),
        title: "Laboratory".into(),
        date: None,
        document: None,
        entry: Some(crate::id::EntryId::from_bits(4)),
        encounter: None,
    };
    Ask {
        template: "renal-injury".into(),
        title: "Clarification of renal findings".into(),
        addressed: someone("Mehta"),
        author: Author {
            by: Actor::person(crate::id::UserId::from_bits(1), "Person 1"),
            credentials: "CCS".into(),
            contact: "ext. 4410".into(),
        },
        indicators: vec![indicator],
        question: "What do these findings represent?".into(),
        form: Form::MultipleChoice,
        choices: vec![
            choice("acute", ChoiceKind::Clinical),
            choice("other", ChoiceKind::Other),
            choice("undetermined", ChoiceKind::Undetermined),
        ],
        about: String::new(),
        prior_reason: String::new(),
        timing: Timing::Concurrent,
        retention: Retention::Business,
    }
}

fn draft() -> Query {
    let of = (PatientId::from_bits(1), EncounterId::from_bits(2));
    let span = query_ladder().span(Timing::Concurrent);
    Query::draft(QueryId::from_bits(3), of, ask(), span, stamp(1, second(0)))
}

fn issued() -> Query {
    draft().issue(stamp(1, second(1)), &UTC).unwrap()
}

fn rung(level: usize) -> &'static Rung {
    query_ladder().rungs(Timing::Concurrent).nth(level).expect("the ladder has it")
}

fn answer(person: u128, at: Timestamp, choice: Option<&str>, text: &str) -> Answer {
    let choice = choice.map(str::to_owned);
    let credentials = "MD".into();
    Answer { choice, text: text.into(), by: stamp(person, at), credentials, meaning: Meaning::Author }
}

fn answered(choice: Option<&str>, text: &str) -> Query {
    issued().answer(answer(2, second(5), choice, text)).unwrap()
}

fn states() -> Vec<Case<Query>> {
    let closed = answered(Some("acute"), "").close(stamp(1, second(6)), Outcome::Agreed).unwrap();
    vec![
        ("draft", draft()),
        ("issued", issued()),
        ("reminded", issued().remind(stamp(0, second(2)), rung(1)).unwrap()),
        ("escalated", issued().escalate(stamp(0, second(3)), rung(3), "Okafor").unwrap()),
        ("answered", answered(Some("acute"), "")),
        ("answered in words", answered(None, "contrast")),
        ("closed", closed),
        ("closed, no response", issued().close(stamp(1, second(6)), Outcome::NoResponse).unwrap()),
        ("withdrawn", issued().withdraw(stamp(1, second(6)), "answered in the note").unwrap()),
    ]
}

const VERBS: &[Verb<Query>] = &[
    ("revise", |one, at| one.revise(stamp(1, at), ask())),
    ("issue", |one, at| one.issue(stamp(1, at), &UTC)),
    ("remind", |one, at| one.remind(stamp(0, at), rung(2))),
    ("escalate", |one, at| one.escalate(stamp(0, at), rung(4), "Okafor")),
    ("redirect", |one, at| one.redirect(stamp(1, at), &someone("Keller"), "covers")),
    ("answer", |one, at| one.answer(answer(2, at, Some("acute"), ""))),
    ("answer, undetermined", |one, at| one.answer(answer(2, at, Some("undetermined"), ""))),
    ("close agreed", |one, at| one.close(stamp(1, at), Outcome::Agreed)),
    ("close disagreed", |one, at| one.close(stamp(1, at), Outcome::Disagreed)),
    ("close no response", |one, at| one.close(stamp(1, at), Outcome::NoResponse)),
    ("withdraw", |one, at| one.withdraw(stamp(1, at), "a reason")),
    ("reopen", |one, at| one.reopen(stamp(1, at), "a reason")),
];

fn shown(one: &Query) -> String {
    let outcome = match &one.state {
        State::Closed { outcome, .. } => format!(" {outcome}"),
        _ => String::new(),
    };
    let issued = one.issued_at().map_or_else(|| "?".into(), |at| at.as_second().to_string());
    let (to, level, answers) = (&one.ask.addressed.name.name, one.level, one.answers.len());
    format!("{}{outcome}, to {to}, issued at {issued}, level {level}, {answers} answer(s)", one.state.key())
}

#[test]
fn every_state_and_verb() {
    expect_table(&table(&states(), VERBS, shown), include_str!("table.txt"));
}

#[test]
fn the_ladder_is_climbed_one_reminder_after_the_other() {
    let hour = |hour: i64| second(1 + hour * 3_600);
    let reached = |query: &Query, at| query_ladder().reached(query, at, &UTC).map(|rung| rung.key.clone());
    let query = issued();
    assert_eq!(query.due(), Some(hour(24)));
    assert!(!query.is_overdue(hour(24)) && query.is_overdue(hour(25)));
    assert_eq!(reached(&query, hour(24)), None);
    assert_eq!(reached(&query, hour(25)).as_deref(), Some("first-reminder"));
    let reminded = query.remind(stamp(0, hour(25)), rung(1)).unwrap();
    assert_eq!(reached(&reminded, hour(26)), None, "a reminder is given once");
    assert_eq!(reached(&reminded, hour(200)).as_deref(), Some("department-chair"));
    let chair = reminded.escalate(stamp(0, hour(200)), rung(4), "Okafor").unwrap();
    assert_eq!(reached(&chair, hour(999)), None);
    assert_eq!(reached(&draft(), hour(999)), None, "a draft is owed by nobody");
    let again = chair.escalate(stamp(0, hour(201)), rung(3), "Okafor").unwrap_err();
    assert_eq!(again.to_string(), "this rung was taken before: wait for the next");
}

#[test]
fn an_answer_fits_the_question_and_the_outcome_the_answer() {
    let refused = |answer: Answer| issued().answer(answer).unwrap_err().to_string();
    let at = second(5);
    let own = "who asked cannot answer: only the practitioner can";
    assert_eq!(refused(answer(1, at, Some("acute"), "")), own);
    let words = "say in words what it is, if it is another";
    assert_eq!(refused(answer(2, at, Some("other"), " ")), words);
    assert!(refused(answer(2, at, Some("chronic"), "")).contains("no such choice"));
    assert!(refused(answer(2, at, None, "")).contains("answer in words"));
    let outcome = |choice, text| answered(choice, text).answers[0].outcome(&ask());
    assert_eq!(outcome(Some("acute"), ""), Outcome::Agreed);
    assert_eq!(outcome(Some("undetermined"), ""), Outcome::Undetermined);
    assert_eq!(outcome(Some("other"), "prerenal"), Outcome::Other);
    let wrong = answered(Some("undetermined"), "").close(stamp(1, second(6)), Outcome::Agreed);
    assert_eq!(wrong.unwrap_err().to_string(), "the choice in the answer says another outcome");
    let read = answered(Some("other"), "none of this").close(stamp(1, second(6)), Outcome::Disagreed);
    assert_eq!(read.unwrap().turnaround_hours(), Some(0));
}

#[test]
fn nothing_is_asked_without_grounds_and_reasons_are_asked_for() {
    let mut bare = draft();
    bare.ask.indicators.clear();
    let mut to_nobody = draft();
    to_nobody.ask.addressed = Responsible::default();
    for refused in [
        bare.issue(stamp(1, second(1)), &UTC),
        to_nobody.issue(stamp(1, second(1)), &UTC),
        issued().withdraw(stamp(1, second(2)), " "),
        issued().redirect(stamp(1, second(2)), &someone("Keller"), ""),
        issued().escalate(stamp(0, second(2)), rung(3), ""),
        issued().escalate(stamp(0, second(2)), rung(1), "Okafor"),
        answered(None, "x").reopen(stamp(1, second(6)), ""),
    ] {
        assert!(matches!(refused, Err(InvalidTransition::Rule(_))), "{refused:?}");
    }
}

#[test]
fn a_wrong_ladder_is_refused() {
    let said = |rows: &str| QueryLadder::read(&format!("# Source: x\nhead\n{rows}")).unwrap_err().to_string();
    assert!(said("concurrent\t1\t1 day\tremind\tk\tt\tw\n").contains("count from 0"));
    assert!(said("concurrent\t0\t1 day\tremind\tk\tt\tw\n").contains("and no other"));
    assert!(said("concurrent\t0\t1 day\tdue\tk\tt\tw\n").contains("no rung for retrospective"));
}

#[test]
fn it_is_kept_as_json() {
    for (name, one) in states() {
        let json = serde_json::to_string(&one).unwrap();
        assert_eq!(serde_json::from_str::<Query>(&json).unwrap(), one, "{name}");
    }
}

proptest! {
    #[test]
    fn no_path_loses_the_clock_or_the_trail(steps in prop::collection::vec((0..VERBS.len(), 0..40_i64), 0..40)) {
        walk(draft(), VERBS, &steps, |one| &one.history, |before, after| {
            assert_eq!(after.version, before.version + 1);
            assert!(before.issued_at().is_none() || after.clock == before.clock, "the clock was lost");
            assert_eq!(before.answers, after.answers[..before.answers.len()], "an answer was lost");
            assert!(after.level >= before.level, "a rung was forgotten");
            assert!(!after.is_owed() || after.due().is_some(), "something owed has no clock");
        });
    }
}
