//! Criteria over numbers.

use chart::sign::Measured;
use jiff::SignedDuration;

use crate::test::{Change, Compare, Span};

/// At most so many values are shown for one criterion: the first, the furthest from its limit and the last.
const SHOWN: usize = 3;

/// The values that compare so, when there are enough of them in the span asked for; `None` otherwise.
pub(crate) fn comparing<'a>(
    all: &[Measured<'a>],
    (compare, limit): (Compare, f64),
    count: usize,
    span: Option<Span>,
) -> Option<Vec<Measured<'a>>> {
    let such: Vec<_> = all.iter().filter(|one| compare.holds(one.number, limit)).copied().collect();
    let enough = such.len() >= count;
    let (first, last) = (such.first()?, such.last()?);
    let holds = enough
        && match span {
            None => true,
            Some(Span::Within(hours)) => {
                such.windows(count.max(1)).any(|some| hours_between(some[0], some[some.len() - 1]) <= hours)
            }
            // What was high or low for long and has recovered since lasts no more.
            Some(Span::Lasting(hours)) => {
                hours_between(*first, *last) >= hours
                    && all.last().is_some_and(|one| one.entry.id == last.entry.id)
            }
        };
    holds.then(|| telling(&such, compare))
}

/// The pair of values that differ most in the way asked for, when they differ enough within the hours given.
pub(crate) fn changing<'a>(
    all: &[Measured<'a>],
    (change, by): (Change, f64),
    span: Option<Span>,
) -> Option<Vec<Measured<'a>>> {
    let near = |one: Measured<'a>, other: Measured<'a>| match span {
        Some(Span::Within(hours)) => hours_between(one, other) <= hours,
        _ => true,
    };
    let pairs =
        all.iter().enumerate().flat_map(|(at, one)| all[at + 1..].iter().map(move |other| (*one, *other)));
    let differing = pairs.filter(|(one, other)| near(*one, *other));
    let rated = differing.map(|(one, other)| (difference(change, one.number, other.number), one, other));
    let (most, one, other) = rated.max_by(|one, other| one.0.total_cmp(&other.0))?;
    // A difference of 0.3 between two decimal numbers comes out a hair below it in binary.
    (most + 1e-9 >= by).then(|| vec![one, other])
}

fn difference(change: Change, earlier: f64, later: f64) -> f64 {
    match change {
        Change::Rise => later - earlier,
        Change::Fall => earlier - later,
        Change::Ratio if earlier.min(later) > 0.0 => earlier.max(later) / earlier.min(later),
        Change::Ratio => 0.0,
    }
}

fn hours_between(one: Measured<'_>, other: Measured<'_>) -> i64 {
    let between: SignedDuration = other.at.duration_since(one.at);
    between.abs().as_hours()
}

/// The first, the most marked and the last of them.
fn telling<'a>(such: &[Measured<'a>], compare: Compare) -> Vec<Measured<'a>> {
    if such.len() <= SHOWN {
        return such.to_vec();
    }
    let low = matches!(compare, Compare::Below | Compare::AtMost);
    let by = |one: &&Measured<'a>, other: &&Measured<'a>| one.number.total_cmp(&other.number);
    let most = if low { such.iter().min_by(by) } else { such.iter().max_by(by) };
    let told = [such.first(), most, such.last()].map(|one| one.map(|one| one.entry.id));
    such.iter().filter(|one| told.contains(&Some(one.entry.id))).copied().collect()
}
