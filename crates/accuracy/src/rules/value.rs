//! Values in the summary against the results.

use std::sync::LazyLock;

use chart::entry::{Entry, EntryContent, Value};
use regex::Regex;

use super::{ACCURATE, Rule};
use crate::finding::Finding;
use crate::reading::{Line, Page, Reading};
use crate::table::{rows, words};
use crate::written::thousandths;

/// # What it checks
/// Whether a laboratory value in a summary is among the results of that name, as written or rounded.
/// # Example
/// `Creatinine peaked at 2.1`, where the results have 2.91.
pub(super) const RULE: Rule = Rule {
    key: "value-not-in-results",
    title: "Value that the laboratory did not report",
    why: "The summary gives a value that is not among the results of that test",
    source: ACCURATE,
    advice: "Compare with the laboratory's report and ask the author for an addendum",
    check,
};

/// A laboratory test: as notes write it, and as results are named.
pub(super) struct Lab {
    pub(super) name: &'static str,
    pub(super) written: Regex,
    with_value: Regex,
    result: &'static str,
}

impl Lab {
    /// Whether an entry of this name is of the test.
    pub(super) fn is(&self, name: &str) -> bool {
        name.to_lowercase().contains(self.result)
    }
}

pub(super) static LABS: LazyLock<Vec<Lab>> = LazyLock::new(|| {
    let table = rows::<3>(include_str!("../../../../data/accuracy/lab.tsv"));
    let lab = |[name, written, result]: [&'static str; 3]| Lab {
        name,
        written: words(&format!(r"(?:{written})\b")),
        // The number follows within a few words, and is no date, dose or percentage of something else.
        with_value: words(&format!(
            r"(?:{written})\b(?: (?:[a-z]+)){{0,4}}[ ,:(]{{1,2}}(\d+(?:,\d{{3}})*(?:\.\d+)?)(?:[ ,.;)]|$)"
        )),
        result,
    };
    table.into_iter().map(lab).collect()
});

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let mut all = Vec::new();
    for page in reading.of(&["discharge-summary", "transfer-summary"]) {
        for lab in LABS.iter() {
            let differs = page.lines.iter().find_map(|line| of_line(rule, reading, page, line, lab));
            all.extend(differs);
        }
    }
    all
}

fn of_line(rule: &Rule, reading: &Reading<'_>, page: &Page<'_>, line: &Line, lab: &Lab) -> Option<Finding> {
    let found = lab.with_value.captures(&line.text)?.get(1)?;
    let here: Vec<&Entry> = reading
        .record
        .entries
        .iter()
        .filter(|entry| !entry.in_error && lab.is(&entry.content.what().text) && number(entry).is_some())
        .collect();
    let in_stay = here.iter().any(|entry| entry.encounter == reading.encounter.map(|one| one.id));
    let known = here.iter().any(|entry| number(entry).is_some_and(|known| is_same(found.as_str(), known)));
    let said_elsewhere = reading
        .pages()
        .any(|other| other.document.id != page.document.id && is_said(other, lab, found.as_str()));
    if !in_stay || known || said_elsewhere || is_count(found.as_str(), &line.text[found.end()..]) {
        return None;
    }
    let nearest = here.iter().min_by_key(|entry| distance(found.as_str(), number(entry).unwrap_or("0")))?;
    let what = format!("{} {} is not among the results", lab.name, found.as_str());
    let quote = format!("{}: {}", nearest.content.what().text, number(nearest).unwrap_or_default());
    Some(Finding::new(rule, lab.name, what, vec![page.says(line), reading.entry(nearest, quote)]))
}

/// Whether another document gives the same value of the test: one from another hospital is in no result of ours.
fn is_said(page: &Page<'_>, lab: &Lab, value: &str) -> bool {
    let has = |text: &str| {
        text.split(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
            .any(|one| one.trim_matches(['.', ',']) == value)
    };
    page.lines.iter().any(|line| lab.written.is_match(&line.text) && has(&line.text))
}

/// Whether the number counts days, units or the like.
fn is_count(number: &str, after: &str) -> bool {
    let after = after.trim_start();
    ["day", "week", "h ", "hour", "unit", "mg", "times", "g "].iter().any(|word| after.starts_with(word))
        && !number.contains('.')
}

fn number(entry: &Entry) -> Option<&str> {
    match &entry.content {
        EntryContent::Result(found) => match &found.value {
            Value::Quantity { number, .. } => Some(number),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a value as written is the known one, or that one rounded to as many decimals, or thousands of it.
fn is_same(written: &str, known: &str) -> bool {
    let decimals = written.split_once('.').map_or(0, |(_, part)| part.len());
    let step = match decimals {
        0 => 1000,
        1 => 100,
        2 => 10,
        _ => 1,
    };
    let (Some(written), Some(known)) = (thousandths(written), thousandths(known)) else { return true };
    (written - known).abs() * 2 <= step || written == known * 1000 || written * 1000 == known
}

fn distance(written: &str, known: &str) -> i64 {
    thousandths(written).zip(thousandths(known)).map_or(i64::MAX, |(one, other)| (one - other).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rounded_value_is_the_same() {
        assert!(is_same("1.5", "1.52") && is_same("2.91", "2.91") && is_same("140", "139.6"));
        assert!(!is_same("2.1", "2.91") && !is_same("9.2", "9.8"));
    }
}
