//! Dates that cannot be.

use chart::date::When;
use chart::entry::Entry;
use chart::patient::Death;
use jiff::Timestamp;

use super::Rule;
use crate::finding::{Finding, Passage};
use crate::reading::{Page, Reading};

/// # What it checks
/// Documents and entries dated before birth, after death, or after the moment of the check; bedside documents dated
/// after the patient had left.
/// # Why
/// Every entry is dated and timed; a date that cannot be is a slip of the keyboard or another person's data.
/// # Example
/// A progress note written two days after the discharge.
pub(super) const RULE: Rule = Rule {
    key: "impossible-date",
    title: "Date that cannot be",
    why: "Every entry is dated and timed; this date cannot be right",
    source: "42 CFR 482.24(c)(1), entries are dated, timed and authenticated",
    advice: "Ask the author for the true date, and correct it by a late entry or an amendment",
    check,
};

/// What is written at the bedside, and so not after the patient has gone.
const BEDSIDE: [&str; 6] = [
    "progress-note",
    "nursing-admission-assessment",
    "restraint-record",
    "pre-anesthesia-evaluation",
    "anesthesia-record",
    "triage-note",
];
/// Hours after leaving within which a bedside note may still be finished.
const GRACE_HOURS: i64 = 24;

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let death = match reading.record.patient.demographics.death {
        Some(Death::At(When::Instant(at))) => Some(at),
        _ => None,
    };
    let mut all: Vec<Finding> =
        reading.pages().filter_map(|page| of_page(rule, reading, page, death)).collect();
    all.extend(reading.entries.iter().filter_map(|entry| of_entry(rule, reading, entry, death)));
    all
}

fn of_page(rule: &Rule, reading: &Reading<'_>, page: &Page<'_>, death: Option<Timestamp>) -> Option<Finding> {
    let at = page.at?;
    let written = page.quoting(&format!("Written {}", reading.clock(at)));
    if let Some((what, other)) = impossible(reading, at) {
        return Some(Finding::new(
            rule,
            "document",
            format!("The document is dated {what}"),
            vec![written, other],
        ));
    }
    let is_bedside = BEDSIDE.contains(&page.kind);
    let dead = death.filter(|death| is_bedside && at > *death);
    let gone = reading.visit().and_then(|visit| visit.stay.until());
    let gone = gone.filter(|until| is_bedside && at.duration_since(*until).as_hours() >= GRACE_HOURS);
    let (what, other) = match (dead, gone) {
        (Some(death), _) => {
            ("after the death", reading.registration(format!("Died {}", reading.clock(death))))
        }
        (_, Some(until)) => {
            ("after the patient had left", reading.stay(format!("Discharged {}", reading.clock(until)))?)
        }
        _ => return None,
    };
    Some(Finding::new(rule, "document", format!("A bedside document is dated {what}"), vec![written, other]))
}

/// Entries of the stay: whether they are before birth or in the future; what was given after death.
fn of_entry(rule: &Rule, reading: &Reading<'_>, entry: &Entry, death: Option<Timestamp>) -> Option<Finding> {
    use chart::entry::EntryContent as Content;
    let happened =
        matches!(entry.content, Content::Result(_) | Content::Procedure(_) | Content::Immunization(_));
    let When::Instant(at) = entry.content.at().filter(|_| happened)? else { return None };
    let quote = || reading.entry(entry, format!("{}: {}", entry.content.what().text, reading.clock(at)));
    if let Some((what, other)) = impossible(reading, at) {
        return Some(Finding::new(rule, "entry", format!("The entry is dated {what}"), vec![quote(), other]));
    }
    let is_treatment = matches!(entry.content, Content::Procedure(_) | Content::Immunization(_));
    let death = death.filter(|death| is_treatment && at > *death)?;
    let died = reading.registration(format!("Died {}", reading.clock(death)));
    Some(Finding::new(rule, "entry", "Treatment is dated after the death".into(), vec![quote(), died]))
}

fn impossible(reading: &Reading<'_>, at: Timestamp) -> Option<(&'static str, Passage)> {
    if at > reading.now {
        return Some(("in the future", reading.stay(format!("Checked {}", reading.clock(reading.now)))?));
    }
    let birth = reading.birth().filter(|birth| reading.day(at) < *birth)?;
    Some(("before the birth", reading.registration(format!("Born {birth}"))))
}
