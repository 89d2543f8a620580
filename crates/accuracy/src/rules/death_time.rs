//! When the patient died.

use std::sync::LazyLock;

use chart::date::When;
use chart::patient::Death;
use jiff::civil::Time;
use regex::Regex;

use super::Rule;
use crate::finding::Finding;
use crate::reading::Reading;
use crate::table::words;

/// # What it checks
/// Whether documents and registration give one time of death.
/// # Example
/// Pronounced at 04:51 by the death note, without breath and pulse at 04:15 by the nurse and registration.
pub(super) const RULE: Rule = Rule {
    key: "time-of-death",
    title: "Time of death differs",
    why: "The record gives more than one time of death; the certificate and the law know one",
    source: "State vital records law; US Standard Certificate of Death, items 29 and 30",
    advice: "Ask who pronounced which time is that of death and which that of pronouncement; correct by an addendum",
    check,
};

static DIED: LazyLock<Regex> = LazyLock::new(|| {
    words(r"(?:time of death:?|pronounced(?: dead)?(?: at)?|died(?: at)?|death at) ?(\d{2}):?(\d{2})\b")
});
/// Minutes that two clocks may differ.
const TOLERANCE: i64 = 5;

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let Some(Death::At(When::Instant(death))) = reading.record.patient.demographics.death else {
        return Vec::new();
    };
    let shown = reading.clock(death);
    let registered = minutes(&shown[11..13], &shown[14..16]);
    let mut all = Vec::new();
    for page in reading.pages() {
        let said = page.lines.iter().find_map(|line| {
            let found = DIED.captures(&line.text)?;
            let said = minutes(&found[1], &found[2])?;
            ((said - registered?).abs() > TOLERANCE).then_some(line)
        });
        if let Some(line) = said {
            let what = "The time of death differs from the registered one".into();
            all.push(Finding::new(
                rule,
                "death",
                what,
                vec![page.says(line), reading.registration(format!("Died {shown}"))],
            ));
        }
    }
    all
}

/// Minutes since midnight.
fn minutes(hour: &str, minute: &str) -> Option<i64> {
    let time = Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?;
    Some(i64::from(time.hour()) * 60 + i64::from(time.minute()))
}
