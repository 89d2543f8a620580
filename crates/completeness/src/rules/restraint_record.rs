//! The restraint record: the evaluation within an hour, and the checks.
//!
//! *What it checks*: for violent behavior somebody qualified saw the patient face to face within one hour of the first
//! order (42 CFR 482.13(e)(12)); the checks have no blank line (482.13(e)(10)).

use chart::document::Document;
use jiff::{SignedDuration, Timestamp};

use super::restraint::{is_violent, orders, records};
use crate::case::{Case, Found};
use crate::clock::{Basis, Clock, Due};
use crate::finding::{Evidence, Finding};
use crate::words::{has_blank, quote};

pub(super) fn find(case: &Case<'_>, out: &mut Vec<Finding>) {
    if is_violent(case) {
        out.extend(records(case).filter_map(|record| evaluation(case, record)));
    }
    out.extend(records(case).filter_map(|record| checks(case, record)));
}

fn evaluation(case: &Case<'_>, record: &Document) -> Option<Finding> {
    let ground = case.policy.rule("restraint-evaluation")?;
    let first = *orders(case).first()?;
    let line = face_to_face(record);
    let seen = line.as_deref().filter(|line| !has_blank(line)).and_then(clock_time);
    let Some(minutes) = seen.map(|minute| minutes_after(case, first, minute)) else {
        let shown = line.map_or_else(|| "Nothing about it in the record".into(), |line| quote(&line, 120));
        let evidence = vec![Evidence::document(record.id, shown)];
        let what = "No face-to-face evaluation within one hour of restraint".to_owned();
        return Some(case.finding(Found { evidence, ..Found::in_document(ground, record, what) }));
    };
    if minutes <= 60 {
        return None;
    }
    let due = Due { basis: Basis::Order, span: chart::clock::Span::hours(1) };
    let clock = Clock { at: Some(due.at(first, case.zone)), from: Some(first), due };
    let evidence = vec![Evidence::document(record.id, format!("Ordered {}; {}", case.local(first), line?))];
    let what = format!("Face-to-face evaluation {minutes} minutes after restraint began");
    Some(case.late(Found { evidence, ..Found::in_document(ground, record, what) }, clock))
}

/// What the record says of the evaluation: its line, or its section.
fn face_to_face(record: &Document) -> Option<String> {
    let is_it = |text: &str| text.to_lowercase().replace('-', " ").contains("face to face");
    for section in &record.content.sections {
        if is_it(&section.title) {
            return Some(section.text.clone());
        }
        if let Some(line) = section.text.lines().find(|line| is_it(line)) {
            return Some(line.to_owned());
        }
    }
    None
}

/// The first time of day in a text, `0315` or `03:15`, in minutes after midnight.
fn clock_time(text: &str) -> Option<i64> {
    let words = text.split(|c: char| !c.is_ascii_digit() && c != ':');
    let digits = words
        .map(|word| word.replace(':', ""))
        .find(|word| word.len() == 4 && word.parse::<i64>().is_ok())?;
    let number: i64 = digits.parse().ok()?;
    let (hour, minute) = (number / 100, number % 100);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// How long after an instant the next such time of day is.
fn minutes_after(case: &Case<'_>, from: Timestamp, minute_of_day: i64) -> i64 {
    let from = from.to_zoned(case.zone.clone());
    let now = i64::from(from.hour()) * 60 + i64::from(from.minute());
    SignedDuration::from_mins(minute_of_day - now).as_mins().rem_euclid(24 * 60)
}

fn checks(case: &Case<'_>, record: &Document) -> Option<Finding> {
    let ground = case.policy.rule("restraint-checks")?;
    let sections = record.content.sections.iter().filter(|one| one.title.to_lowercase().contains("check"));
    let lines =
        sections.flat_map(|one| one.text.lines()).filter(|line| has_blank(line) || is_empty_row(line));
    let evidence: Vec<Evidence> = lines.map(|line| Evidence::document(record.id, quote(line, 120))).collect();
    let what = "Restraint checks not recorded".to_owned();
    (!evidence.is_empty())
        .then(|| case.finding(Found { evidence, ..Found::in_document(ground, record, what) }))
}

/// A row of a table with its time and nothing else.
fn is_empty_row(line: &str) -> bool {
    let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
    line.contains('|')
        && cells.len() > 2
        && clock_time(cells[0]).is_some()
        && cells[1..].iter().all(|cell| cell.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_and_empty_rows_are_told() {
        assert_eq!(clock_time("Dr Okafor at bedside 0315."), Some(195));
        assert_eq!(clock_time("by: ________  time ____"), None);
        assert!(is_empty_row("| 0215 | | | | |"));
        assert!(!is_empty_row("| 0145 | dozing | warm | | KN |"));
        assert!(!is_empty_row("|---|---|---|"));
    }
}
