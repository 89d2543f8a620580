//! A document that must come again and again, and did not.
//!
//! *What it checks*: from the beginning to the end of the stay, or to now, the time between two documents of a row of
//! `interval.tsv` is not longer than the row allows. *Example*: no physician's note for five days.

use jiff::Timestamp;

use crate::case::{Case, Found};
use crate::finding::{Evidence, Finding, Subject};
use crate::need::Seen;
use crate::policy::Interval;

pub(super) fn find(case: &Case<'_>, out: &mut Vec<Finding>) {
    let setting = case.encounter.visit.setting;
    for row in case.policy.tables.intervals.iter().filter(|row| row.settings.contains(&setting)) {
        out.extend(gaps(case, row).into_iter().map(|(from, until)| gap(case, row, from, until)));
    }
}

/// The times without a document that are longer than allowed.
fn gaps(case: &Case<'_>, row: &Interval) -> Vec<(Timestamp, Timestamp)> {
    let Some(admitted) = case.facts.admitted else { return Vec::new() };
    let end = case.facts.discharged.unwrap_or(case.now);
    let mut stops = vec![admitted];
    stops.extend(written(case, row).filter(|at| (admitted..end).contains(at)));
    stops.push(end);
    let too_long = |two: &&[Timestamp]| chart::clock::due(two[0], row.every, case.zone) < two[1];
    stops.windows(2).filter(too_long).map(|two| (two[0], two[1])).collect()
}

fn written<'c>(case: &'c Case<'_>, row: &'c Interval) -> impl Iterator<Item = Timestamp> + 'c {
    let of_row = |one: &&&chart::document::Document| {
        one.content.type_key().is_some_and(|kind| row.documents.iter().any(|known| known == kind))
    };
    case.facts.documents.iter().filter(of_row).map(|one| Seen::written(one))
}

fn gap(case: &Case<'_>, row: &Interval, from: Timestamp, until: Timestamp) -> Finding {
    let (first, last) = (case.local(from), case.local(until));
    let what = format!("{} missing between {first} and {last}", row.title);
    let evidence =
        vec![Evidence::fact(format!("None from {first} to {last}; asked for every {}", row.every))];
    let subject = Subject::Missing { what: row.ground.key.clone(), of: from.to_string() };
    case.finding(Found { subject, evidence, ..Found::missing(&row.ground, what) })
}
