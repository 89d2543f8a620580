//! The rule `place-and-activity-initial`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;
use crate::span::seventh;

/// # What it checks
/// Place of occurrence, activity and status stand only where an injury is in its initial encounter.
/// # Why
/// They are told once, when the injury is first treated.
/// # Example
/// S72.001D with Y92.010.
pub(super) const RULE: Rule = Rule { key: "place-and-activity-initial", check };

/// Seventh characters of active treatment.
const INITIAL: [u8; 3] = [b'A', b'B', b'C'];

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let injuries: Vec<u8> = case.places(List::Injury).filter_map(|at| seventh(case.codes[at])).collect();
    if injuries.is_empty() || injuries.iter().any(|character| INITIAL.contains(character)) {
        return;
    }
    for list in [List::PlaceOfOccurrence, List::Activity, List::CauseStatus] {
        if let Some(place) = case.place(list) {
            let what = format!("{} is told at a later encounter.", case.name(place));
            found.add(
                case,
                &[place],
                what,
                "Leave it out: it belongs to the first encounter for the injury.",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_when_first_treated() {
        crate::testing::check(
            "place-and-activity-initial",
            &["S72001D Y92010", "S72001D W010XXD Y9301"],
            &["S72001A Y92010", "S72001D S52501A Y92010", "S72001D W010XXD", "I10 Y92010"],
        );
    }
}
