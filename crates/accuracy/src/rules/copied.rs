//! Text carried forward that is no longer true.

use std::collections::HashMap;
use std::sync::LazyLock;

use chart::entry::Value;
use regex::Regex;

use super::{ACCURATE, Rule};
use crate::finding::{Finding, Passage};
use crate::reading::{Line, Page, Reading};
use crate::table::{rows, words};
use crate::written::thousandths;

/// # What it checks
/// Sentences that stand word for word (numbers aside) in an earlier document and state what has ended since: a device, a drug, a
/// finding; or a measure that another of the same day contradicts. Text that is repeated and still true is not marked.
/// # Why
/// A copied examination is a statement that was not made; payers disallow it and readers act on it.
/// # Example
/// `On BiPAP overnight` carried from the second day into the fourth, when no mask was in the room.
pub(super) const RULE: Rule = Rule {
    key: "copied-forward",
    title: "Copied text that is no longer true",
    why: "The sentence stands word for word in an earlier document, and had ended when it was written again",
    source: ACCURATE,
    advice: "Ask the author for an addendum with the findings of the day; keep the original visible",
    check,
};

struct State {
    name: &'static str,
    said: Regex,
    ended: Regex,
    shown: &'static str,
}

struct Measure {
    name: &'static str,
    written: Regex,
    result: &'static str,
}

static STATES: LazyLock<Vec<State>> = LazyLock::new(|| {
    let table = rows::<4>(include_str!("../../../../data/accuracy/state.tsv"));
    let state = |[name, said, ended, shown]: [&'static str; 4]| State {
        name,
        said: words(&format!("(?:{said})")),
        ended: words(&format!("(?:{ended})")),
        shown,
    };
    table.into_iter().map(state).collect()
});
static MEASURES: LazyLock<Vec<Measure>> = LazyLock::new(|| {
    let table = rows::<3>(include_str!("../../../../data/accuracy/measure.tsv"));
    table
        .into_iter()
        .map(|[name, written, result]| Measure { name, written: words(written), result })
        .collect()
});
/// A shorter sentence is repeated by chance.
const FEWEST_WORDS: usize = 4;
/// How far in the future of a note another may stand and still tell of the same day.
const SAME_DAY_HOURS: i64 = 12;

/// A sentence of an earlier document by its letters.
type Sources<'r> = HashMap<&'r str, (&'r Page<'r>, &'r Line)>;

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let mut sources: Sources<'_> = HashMap::new();
    let mut all = Vec::new();
    let before = reading.earlier().filter(|page| is_narrative(page));
    add(&mut sources, before);
    for page in reading.pages().filter(|page| is_narrative(page)) {
        all.extend(of_page(rule, reading, page, &sources));
        add(&mut sources, std::iter::once(page));
    }
    all
}

/// Notes that are written anew each time; forms and reports repeat themselves by nature.
fn is_narrative(page: &Page<'_>) -> bool {
    const NARRATIVE: [&str; 6] = [
        "progress-note",
        "history-and-physical",
        "clinic-note",
        "consultation",
        "observation-note",
        "physician-visit-skilled",
    ];
    NARRATIVE.contains(&page.kind)
}

fn add<'r>(sources: &mut Sources<'r>, pages: impl Iterator<Item = &'r Page<'r>>) {
    for page in pages {
        for line in page.lines.iter().filter(|line| line.plain.split(' ').count() >= FEWEST_WORDS) {
            sources.entry(&line.plain).or_insert((page, line));
        }
    }
}

fn of_page(rule: &Rule, reading: &Reading<'_>, page: &Page<'_>, sources: &Sources<'_>) -> Vec<Finding> {
    let copied: Vec<(&Line, &Page<'_>, &Line)> = page
        .lines
        .iter()
        .filter_map(|line| sources.get(line.plain.as_str()).map(|(source, from)| (line, *source, *from)))
        .collect();
    let stale = STATES.iter().filter_map(|state| {
        let (line, source, from) =
            copied.iter().find(|(line, _, from)| says(&state.said, line) && says(&state.said, from))?;
        let ended = ended(reading, page, state)?;
        let what = format!("“{}” is carried forward, and had ended", state.shown);
        Some(Finding::new(rule, state.name, what, vec![page.says(line), ended, source.says(from)]))
    });
    let wrong = MEASURES.iter().filter_map(|measure| {
        let (line, source, from) = copied.iter().find(|(line, _, from)| {
            let value = |line: &Line| measure.written.captures(&line.text).map(|found| found[1].to_owned());
            value(line).is_some() && value(line) == value(from)
        })?;
        let measured = measured(reading, page, line, measure)?;
        let what = format!("The {} is carried forward; another was measured that day", measure.name);
        Some(Finding::new(rule, measure.name, what, vec![page.says(line), measured, source.says(from)]))
    });
    stale.chain(wrong).collect()
}

fn says(pattern: &Regex, line: &Line) -> bool {
    pattern.is_match(&line.text)
}

/// The latest document, not after the copy's day, that says the state had ended.
fn ended(reading: &Reading<'_>, page: &Page<'_>, state: &State) -> Option<Passage> {
    let copied = page.at?;
    let before = reading.pages().rev().filter(|other| {
        other.document.id != page.document.id
            && other.at.is_some_and(|at| at.duration_since(copied).as_hours() < SAME_DAY_HOURS)
    });
    before.into_iter().find_map(|other| {
        let line = other.lines.iter().find(|line| state.ended.is_match(&line.text))?;
        Some(other.says(line))
    })
}

/// A result of the day of the copy that is not the value copied.
fn measured(reading: &Reading<'_>, page: &Page<'_>, line: &Line, measure: &Measure) -> Option<Passage> {
    let copied = thousandths(&measure.written.captures(&line.text)?[1])?;
    let of_day: Vec<_> = reading
        .results()
        .filter(|(entry, one)| {
            one.what.text.to_lowercase().contains(measure.result)
                && entry.content.at().and_then(|when| reading.day_of(when)) == Some(page.day)
        })
        .filter_map(|(entry, one)| match &one.value {
            Value::Quantity { number, .. } => Some((entry, one, thousandths(number)?)),
            _ => None,
        })
        .collect();
    let agrees = of_day.iter().any(|(.., value)| *value == copied);
    let (entry, one, _) = of_day.first().filter(|_| !agrees)?;
    Some(reading.entry(entry, format!("{}: {}", one.what.text, one.value.shown())))
}
