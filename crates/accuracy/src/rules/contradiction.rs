//! Statements that exclude each other, from a table.

use std::sync::LazyLock;

use regex::Regex;

use super::{ACCURATE, Rule};
use crate::finding::Finding;
use crate::reading::{Line, Page, Reading};
use crate::table::{rows, words};

/// # What it checks
/// Pairs of statements of `data/accuracy/contradiction.tsv`: what one document says, and what speaks against it.
/// # Example
/// `Passed all newborn screens` in the summary; the hearing machine was out of order by the nurses.
pub(super) const RULE: Rule = Rule {
    key: "contradiction",
    title: "Statements that exclude each other",
    why: "Two statements of the record cannot both be true",
    source: ACCURATE,
    advice: "Ask the author of the first which is true, and for an addendum",
    check,
};

/// How near the two statements must stand.
#[derive(PartialEq)]
enum Within {
    Stay,
    Day,
    Hand,
    Line,
}

struct Pair {
    key: &'static str,
    said_in: Vec<&'static str>,
    said: Regex,
    against_in: Vec<&'static str>,
    against: Regex,
    within: Within,
    what: &'static str,
}

static PAIRS: LazyLock<Vec<Pair>> = LazyLock::new(|| {
    let pair = |[key, said_in, said, against_in, against, within, what]: [&'static str; 7]| Pair {
        key,
        said_in: said_in.split(',').collect(),
        said: words(&format!("(?:{said})")),
        against_in: against_in.split(',').collect(),
        against: words(&format!("(?:{against})")),
        within: match within {
            "day" => Within::Day,
            "hand" => Within::Hand,
            "line" => Within::Line,
            _ => Within::Stay,
        },
        what,
    };
    rows::<7>(include_str!("../../../../data/accuracy/contradiction.tsv")).into_iter().map(pair).collect()
});

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    PAIRS.iter().filter_map(|pair| of_pair(rule, reading, pair)).collect()
}

fn of_pair(rule: &Rule, reading: &Reading<'_>, pair: &Pair) -> Option<Finding> {
    for page in reading.pages().filter(|page| stands_in(page, &pair.said_in)) {
        let Some(line) = page.lines.iter().find(|line| says(&pair.said, line)) else { continue };
        if pair.within == Within::Line {
            return Some(Finding::new(
                rule,
                pair.key,
                pair.what.into(),
                vec![page.says(line), page.says(line)],
            ));
        }
        let others = reading
            .pages()
            .filter(|other| stands_in(other, &pair.against_in) && is_near(page, other, &pair.within));
        let against = others.filter_map(|other| {
            let line = other.lines.iter().find(|line| says(&pair.against, line))?;
            Some((other, line))
        });
        if let Some((other, against)) = against.into_iter().next() {
            return Some(Finding::new(
                rule,
                pair.key,
                pair.what.into(),
                vec![page.says(line), other.says(against)],
            ));
        }
    }
    None
}

fn stands_in(page: &Page<'_>, kinds: &[&str]) -> bool {
    kinds.contains(&"*") || kinds.contains(&page.kind)
}

fn says(pattern: &Regex, line: &Line) -> bool {
    pattern.is_match(&line.text) || pattern.is_match(&format!("{}: {}", line.heading, line.text))
}

fn is_near(one: &Page<'_>, other: &Page<'_>, within: &Within) -> bool {
    match within {
        Within::Stay => true,
        Within::Day => one.day == other.day,
        Within::Hand => one.day == other.day && one.author() == other.author(),
        Within::Line => false,
    }
}
