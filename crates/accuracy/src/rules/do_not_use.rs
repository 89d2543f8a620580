//! Abbreviations that must not be used.

use std::sync::LazyLock;

use regex::Regex;

use super::Rule;
use crate::finding::Finding;
use crate::reading::{Line, Page, Reading};
use crate::table::{exact, rows};

/// # What it checks
/// The abbreviations of the official list, wherever they stand in a provider's or nurse's own text. A document is marked
/// once for each.
/// # Why
/// `U` is read as 0, `QD` as `QID`, a naked decimal point is missed: tenfold doses followed.
pub(super) const RULE: Rule = Rule {
    key: "do-not-use",
    title: "Abbreviation on the do-not-use list",
    why: "The abbreviation has been misread with harm; it must not be used in orders and notes on medication",
    source: "Joint Commission IM.02.02.01, Official “Do Not Use” List",
    advice: "Tell the author; the document stays as it is, an order is clarified",
    check,
};

struct Abbreviation {
    key: &'static str,
    pattern: Regex,
    stands_for: &'static str,
    instead: &'static str,
}

static LIST: LazyLock<Vec<Abbreviation>> = LazyLock::new(|| {
    let table = rows::<4>(include_str!("../../../../data/accuracy/do_not_use.tsv"));
    table
        .into_iter()
        .map(|[key, pattern, stands_for, instead]| Abbreviation {
            key,
            pattern: exact(pattern),
            stands_for,
            instead,
        })
        .collect()
});
/// Reports of machines and laboratories are free of the rule: trailing zeros there are measured digits.
const EXEMPT: [&str; 3] = ["laboratory-report", "vital-signs-flowsheet", "ecg-report"];

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let pages = reading.pages().filter(|page| !EXEMPT.contains(&page.kind));
    pages.flat_map(|page| LIST.iter().filter_map(move |one| of_page(rule, page, one))).collect()
}

fn of_page(rule: &Rule, page: &Page<'_>, one: &Abbreviation) -> Option<Finding> {
    let (line, found) = page.lines.iter().find_map(|line| Some((line, find(line, one)?)))?;
    let what = format!("“{}”: {}; write “{}”", found.trim(), one.stands_for, one.instead);
    Some(Finding::new(rule, one.key, what, vec![page.says(line)]))
}

fn find<'l>(line: &'l Line, one: &Abbreviation) -> Option<&'l str> {
    one.pattern.find(&line.text).map(|found| found.as_str())
}
