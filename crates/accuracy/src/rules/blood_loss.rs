//! Blood lost at one operation or birth.

use std::sync::LazyLock;

use regex::Regex;

use super::{ACCURATE, Rule};
use crate::finding::Finding;
use crate::reading::{Line, Page, Reading};
use crate::table::words;
use crate::written::thousandths;

/// # What it checks
/// Whether the surgeon's, the anesthetist's and the nurse's figures of blood loss agree within half.
/// # Example
/// 900 mL in the operative report, about 1500 in the anesthesia record.
pub(super) const RULE: Rule = Rule {
    key: "blood-loss",
    title: "Blood loss differs",
    why: "The records of one operation give very different blood losses; a hemorrhage may be hidden in the lower",
    source: ACCURATE,
    advice: "Compare with the measured loss and the transfusions; ask the surgeon for an addendum",
    check,
};

static LOSS: LazyLock<Regex> =
    LazyLock::new(|| words(r"(?:EBL|QBL|blood loss)[a-z ,:]{0,30}?(\d[\d,]{2,})(?: ?mL|\b)"));
/// Below this many milliliters a difference is estimating.
const COUNTS: i64 = 500;

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let said: Vec<(&Page<'_>, &Line, i64)> = reading
        .pages()
        .flat_map(|page| page.lines.iter().filter_map(move |line| Some((page, line, milliliters(line)?))))
        .collect();
    let least = said.iter().min_by_key(|(.., loss)| *loss);
    let differs = least.and_then(|least| {
        let near = |other: &&(&Page<'_>, &Line, i64)| {
            (least.0.day.until(other.0.day)).is_ok_and(|span| span.get_days().abs() <= 1)
        };
        let most = said.iter().filter(near).max_by_key(|(.., loss)| *loss)?;
        (most.2 >= COUNTS && least.2 * 3 <= most.2 * 2).then_some((least, most))
    });
    differs
        .map(|(least, most)| {
            let what = format!("Blood loss is {} mL here and {} mL there", least.2, most.2);
            Finding::new(rule, "blood-loss", what, vec![least.0.says(least.1), most.0.says(most.1)])
        })
        .into_iter()
        .collect()
}

fn milliliters(line: &Line) -> Option<i64> {
    let text = format!("{}: {}", line.heading, line.text);
    let found = LOSS.captures(&text)?;
    thousandths(&found[1]).map(|loss| loss / 1000)
}
