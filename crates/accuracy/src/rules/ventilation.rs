//! How long the patient was ventilated.

use std::sync::LazyLock;

use chart::date::When;
use regex::Regex;

use super::Rule;
use crate::finding::Finding;
use crate::reading::Reading;
use crate::table::words;
use crate::written::count;

/// # What it checks
/// Whether the days of ventilation that documents state are those between its start and its end.
/// # Why
/// The hours decide the procedure code and the group: under 24, 24 to 96, more than 96 consecutive hours.
pub(super) const RULE: Rule = Rule {
    key: "ventilation-time",
    title: "Duration of ventilation differs",
    why: "The stated days of ventilation are not those between its start and its end",
    source: "ICD-10-PCS 5A1935Z, 5A1945Z, 5A1955Z; Coding Clinic on counting hours of mechanical ventilation",
    advice: "Count the hours from the ventilator record; ask the author for an addendum if the summary is wrong",
    check,
};

static DAYS: LazyLock<Regex> = LazyLock::new(|| {
    words(
        r"(?:(?:intubated|ventilated|on (?:the )?vent(?:ilator)?)(?: for)? (\w+) days|vent(?:ilator)? day (\d+))\b",
    )
});
const HOURS_OF_A_DAY: i64 = 24;

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let ventilation = reading.procedures().find_map(|(entry, one)| {
        let (Some(When::Instant(start)), Some(When::Instant(end))) = (one.start, one.end) else {
            return None;
        };
        one.what
            .text
            .to_lowercase()
            .contains("ventilation")
            .then(|| (entry, end.duration_since(start).as_hours()))
    });
    let Some((entry, hours)) = ventilation else { return Vec::new() };
    // Begun days count, and one more for counting the first day as day one.
    let most = hours / HOURS_OF_A_DAY + 1;
    let mut said: Vec<_> = reading
        .pages()
        .filter_map(|page| {
            let (line, days) = page.lines.iter().find_map(|line| {
                let found = DAYS.captures(&line.text)?;
                Some((line, count(found.get(1).or(found.get(2))?.as_str())?))
            })?;
            (days > most).then_some((page, line, days))
        })
        .collect();
    said.sort_by_key(|(page, ..)| page.kind != "discharge-summary");
    let Some((page, line, days)) = said.first() else { return Vec::new() };
    let what = format!("{days} days of ventilation are stated; start and end are {hours} hours apart");
    let mut passages =
        vec![page.says(line), reading.entry(entry, format!("{}: {hours} hours", entry.content.what().text))];
    passages.extend(said.iter().skip(1).map(|(page, line, _)| page.says(line)));
    vec![Finding::new(rule, "ventilation", what, passages)]
}
