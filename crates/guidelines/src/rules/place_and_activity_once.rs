//! The rule `place-and-activity-once`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// At most one place of occurrence (Y92), one activity (Y93) and one status (Y99) is coded.
/// # Why
/// They tell one event. A second place is right only where a new injury happened during the stay.
/// # Example
/// Y93.01 with Y93.02.
pub(super) const RULE: Rule = Rule { key: "place-and-activity-once", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for (list, name) in [
        (List::PlaceOfOccurrence, "place of occurrence"),
        (List::Activity, "activity"),
        (List::CauseStatus, "external cause status"),
    ] {
        let places: Vec<usize> = case.places(list).collect();
        if places.len() > 1 {
            let what = format!("More than one {name}: {}.", case.names(&places));
            found.add(case, &places, what, "Keep one, unless a new injury happened during the stay.");
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_of_each() {
        crate::testing::check(
            "place-and-activity-once",
            &["S72001A W010XXA Y9301 Y9302", "S72001A Y92010 Y92230"],
            &["S72001A W010XXA Y92010 Y9301 Y998"],
        );
    }
}
