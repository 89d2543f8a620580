//! Left and right of one site.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::another_patient::is_misfiled;
use super::{Rule, negated_before};
use crate::finding::Finding;
use crate::reading::{Line, Page, Reading};
use crate::table::{rows, words};

/// # What it checks
/// Whether a section of a document names the other side of an organ or limb than the rest of the stay does.
/// # Why
/// A wrong side leads to a wrong operation, a wrong code and a wrong lawsuit.
/// # Example
/// A consent to a *left* hip replacement where order, site mark, operation and films say right.
pub(super) const RULE: Rule = Rule {
    key: "laterality",
    title: "Left against right",
    why: "The same site is said to be on the other side elsewhere in the stay",
    source: "Joint Commission Universal Protocol UP.01.01.01; ICD-10-CM guideline I.B.13, laterality",
    advice: "Ask the author which side is meant; correct by an addendum, never by overwriting; a wrong consent goes to risk management",
    check,
};

static SITES: LazyLock<Vec<(&'static str, Regex, Regex)>> = LazyLock::new(|| {
    let site = |[site, named]: [&'static str; 2]| {
        let sided = format!(r"(?:(left|right|L|R)(?:-sided)?\b[ ,]+(?:[a-z-]+ ){{0,2}}?(?:{named})\b)");
        (site, words(&format!(r"(?:{named})\b")), words(&sided))
    };
    rows::<2>(include_str!("../../../../data/accuracy/site.tsv")).into_iter().map(site).collect()
});
/// What is past, healthy or another's says nothing of the side in question.
static ASIDE: LazyLock<Regex> = LazyLock::new(|| {
    words(
        r"(?:19\d\d|20[01]\d|202[0-4]|s/p|old|previous|prior|history|normal|ok|clear|intact|negative|neg|unremarkable|degenerative|good|both|bilateral|other|not|no)\b",
    )
});

/// One statement of a side.
struct Sided<'r> {
    page: &'r Page<'r>,
    line: &'r Line,
    is_left: bool,
}

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let pages: Vec<&Page<'_>> = reading.pages().filter(|page| !is_misfiled(reading, page)).collect();
    let mut all = Vec::new();
    for (site, named, sided) in SITES.iter() {
        let statements: Vec<Sided<'_>> = pages
            .iter()
            .flat_map(|page| page.lines.iter().filter_map(|line| statement(page, line, named, sided)))
            .collect();
        if let Some(odd) = odd_one(&statements) {
            let majority = statements.iter().find(|one| one.is_left != odd.is_left);
            let Some(majority) = majority else { continue };
            let side = |one: &Sided<'_>| if one.is_left { "left" } else { "right" };
            let what = format!("{site}: {} here, {} elsewhere in the stay", side(odd), side(majority));
            all.push(Finding::new(
                rule,
                site,
                what,
                vec![odd.page.says(odd.line), majority.page.says(majority.line)],
            ));
        }
    }
    all
}

fn statement<'r>(page: &'r Page<'r>, line: &'r Line, named: &Regex, sided: &Regex) -> Option<Sided<'r>> {
    if !named.is_match(&line.text) || line.heading.to_lowercase().contains("past") {
        return None;
    }
    let mut sides = BTreeSet::new();
    for found in sided.captures_iter(&line.text) {
        let whole = found.get(0)?;
        // The clause of the statement, not the whole line.
        let clause_end =
            line.text[whole.end()..].find([',', ';', '.']).map_or(line.text.len(), |at| whole.end() + at);
        let clause_start = line.text[..whole.start()].rfind([',', ';', '.', ':']).map_or(0, |at| at + 1);
        let clause = &line.text[clause_start..clause_end];
        if ASIDE.is_match(clause) || negated_before(&line.text, whole.start()) {
            continue;
        }
        sides.insert(found.get(1)?.as_str().to_lowercase().starts_with('l'));
    }
    // A line that names both sides compares them.
    let is_left = sides.first().copied().filter(|_| sides.len() == 1)?;
    Some(Sided { page, line, is_left })
}

/// The first statement of the side that clearly fewer documents name, in a section that never names the other.
fn odd_one<'s, 'r>(all: &'s [Sided<'r>]) -> Option<&'s Sided<'r>> {
    let documents = |left: bool| {
        all.iter()
            .filter(|one| one.is_left == left)
            .map(|one| one.page.document.id)
            .collect::<BTreeSet<_>>()
            .len()
    };
    let (left, right) = (documents(true), documents(false));
    let odd_is_left = left < right;
    let (few, many) = (left.min(right), left.max(right));
    if few == 0 || many < 2 || few * 3 > many * 2 {
        return None;
    }
    all.iter().find(|one| {
        let in_section = |other: &&Sided<'_>| {
            other.page.document.id == one.page.document.id && other.line.heading == one.line.heading
        };
        one.is_left == odd_is_left && all.iter().filter(in_section).all(|other| other.is_left == odd_is_left)
    })
}
