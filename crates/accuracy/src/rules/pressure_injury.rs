//! The stage of a pressure injury.

use std::sync::LazyLock;

use regex::Regex;

use super::Rule;
use crate::finding::Finding;
use crate::reading::{Line, Page, Reading};
use crate::table::words;

/// # What it checks
/// Whether documents within three days of each other stage one pressure injury alike. Over weeks a stage may change.
/// # Example
/// Stage 3, full thickness, by the wound nurse; stage 2 by the physician two days later.
pub(super) const RULE: Rule = Rule {
    key: "pressure-injury-stage",
    title: "Stage of a pressure injury differs",
    why: "Documents of the same days stage one pressure injury differently",
    source: "ICD-10-CM guideline I.B.14, the stage may be coded from clinicians other than the provider; NPIAP staging system",
    advice: "Ask the wound nurse and the physician to look together and to agree; correct by an addendum",
    check,
};

static STAGED: LazyLock<Regex> = LazyLock::new(|| words(r"stage (?:(\d)|(I{1,3}|IV))\b"));
static SACRUM: LazyLock<Regex> = LazyLock::new(|| words(r"(?:sacr\w+|decub\w*|coccyx)\b"));
const DAYS: i32 = 3;

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let staged: Vec<(&Page<'_>, &Line, u8)> = reading
        .pages()
        .filter(|page| page.kind != "minimum-data-set")
        .filter_map(|page| page.lines.iter().find_map(|line| Some((page, line, stage(line)?))))
        .collect();
    let differs = staged.iter().enumerate().find_map(|(at, one)| {
        let near = |other: &&(&Page<'_>, &Line, u8)| {
            other.2 != one.2 && other.0.day.until(one.0.day).is_ok_and(|span| span.get_days().abs() <= DAYS)
        };
        staged[..at].iter().find(near).map(|other| (one, other))
    });
    differs
        .map(|(one, other)| {
            let what = format!("Stage {} here, stage {} there", one.2, other.2);
            Finding::new(rule, "sacrum", what, vec![one.0.says(one.1), other.0.says(other.1)])
        })
        .into_iter()
        .collect()
}

fn stage(line: &Line) -> Option<u8> {
    let about = SACRUM.is_match(&line.text) || SACRUM.is_match(&line.heading);
    let found = STAGED.captures(&line.text).filter(|_| about)?;
    match (found.get(1), found.get(2)) {
        (Some(digit), _) => digit.as_str().parse().ok(),
        (_, Some(roman)) => Some(match roman.as_str().to_uppercase().as_str() {
            "I" => 1,
            "II" => 2,
            "III" => 3,
            _ => 4,
        }),
        _ => None,
    }
}
