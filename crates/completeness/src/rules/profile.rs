//! What the profile of the record type asks for: missing, or come after its time.
//!
//! *What it checks*: every row of `profile.tsv` whose setting and conditions fit, once for the encounter or once for each
//! event. *Why*: the row's authority. *Late* is told apart from *missing*: what has come late is recorded, not owed.

use chart::document::Document;

use crate::case::{Case, Found};
use crate::condition::Asked;
use crate::event::Event;
use crate::finding::{Evidence, Finding, Subject};
use crate::need::{Filled, Seen};
use crate::profile::{Per, Row};

pub(super) fn find(case: &Case<'_>, out: &mut Vec<Finding>) {
    let setting = case.encounter.visit.setting;
    for row in case.policy.rows.iter().filter(|row| row.settings.contains(&setting)) {
        match row.per {
            Per::Encounter => out.extend(check(case, row, None)),
            Per::Event(class) => {
                out.extend(case.facts.of_class(class).filter_map(|event| check(case, row, Some(event))));
            }
        }
    }
}

fn check(case: &Case<'_>, row: &Row, event: Option<&Event>) -> Option<Finding> {
    let asked = Asked { facts: case.facts, event, seen: case.seen, facility: case.policy.facility };
    if !row.when.hold(&asked) {
        return None;
    }
    let fillings = case.seen.fillings(&row.filled_by, row.within, event);
    if fillings.is_empty() { Some(missing(case, row, event)) } else { late(case, row, event, &fillings) }
}

fn missing(case: &Case<'_>, row: &Row, event: Option<&Event>) -> Finding {
    let of = event.map_or_else(String::new, |event| event.entry.to_string());
    let what = match event {
        Some(event) => format!("{} missing for {}", row.title, named(case, event)),
        None => format!("{} missing", row.title),
    };
    let mut evidence: Vec<Evidence> = event.iter().map(|event| shown(case, event)).collect();
    evidence.extend(stay(case));
    evidence.extend(too_far(case, row, event));
    let subject = Subject::Missing { what: row.ground.key.clone(), of };
    let found = Found { ground: &row.ground, subject, what, event, at: None, who: None, evidence };
    case.finding(found)
}

/// Documents of the right type that do not serve: of another time, or without the words that are asked for.
fn too_far(case: &Case<'_>, row: &Row, event: Option<&Event>) -> Vec<Evidence> {
    let kinds: Vec<&str> = row.filled_by.kinds().collect();
    let of_kind = |one: &&&Document| one.content.type_key().is_some_and(|kind| kinds.contains(&kind));
    let near = case.facts.documents.iter().filter(of_kind);
    let why = if event.is_some() { "is not of this event" } else { "does not serve" };
    near.map(|one| {
        let written = case.local(Seen::written(one));
        Evidence::document(one.id, format!("{} of {written} {why}", one.content.title))
    })
    .take(3)
    .collect()
}

fn stay(case: &Case<'_>) -> Option<Evidence> {
    let (admitted, discharged) = (case.facts.admitted?, case.facts.discharged);
    let until = discharged.map_or_else(|| "still here".into(), |at| format!("discharged {}", case.local(at)));
    Some(Evidence::fact(format!("Admitted {}, {until}", case.local(admitted))))
}

fn named(case: &Case<'_>, event: &Event) -> String {
    format!("{} of {}", crate::words::quote(&event.what, 60), case.local(event.start))
}

fn shown(case: &Case<'_>, event: &Event) -> Evidence {
    Evidence::entry(event.entry, named(case, event))
}

/// The earliest that fills the place, when it is later than the clock allows.
fn late(case: &Case<'_>, row: &Row, event: Option<&Event>, fillings: &[Filled<'_>]) -> Option<Finding> {
    let due = row.ground.due.as_ref()?;
    let documents = fillings.iter().map(|filled| match filled {
        Filled::Document(document) => Some(*document),
        Filled::Entry | Filled::Registration => None,
    });
    let documents: Vec<&Document> = documents.collect::<Option<_>>()?;
    let first = documents.into_iter().min_by_key(|one| Seen::written(one))?;
    let clock = case.clock(due, event, None);
    let written = Seen::written(first);
    let at = clock.at.filter(|at| *at < written)?;
    let what = format!("{} late: due {}, written {}", row.title, case.local(at), case.local(written));
    let mut evidence = vec![Evidence::document(first.id, format!("Written {}", case.local(written)))];
    evidence.extend(event.map(|event| shown(case, event)));
    let found = Found { evidence, event, ..Found::in_document(&row.ground, first, what) };
    Some(case.late(found, clock))
}
