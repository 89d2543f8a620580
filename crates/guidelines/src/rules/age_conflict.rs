//! The rule `age-conflict`.

use super::Rule;
use crate::case::{Case, Found};

/// # What it checks
/// A diagnosis for newborns, children, mothers or adults fits the patient's age. Codes and ages are those of the Medicare
/// Code Editor, and the check runs in every setting.
/// # Why
/// Either the code or the age is wrong.
/// # Example
/// O80 on a patient of 70 years.
pub(super) const RULE: Rule = Rule { key: "age-conflict", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let Some(age) = case.coding.age else { return };
    for range in case.book.facts.ages.iter().filter(|range| range.days.hold(case.day)) {
        if (range.from..=range.to).contains(&age.years()) {
            continue;
        }
        for place in (0..case.codes.len()).filter(|&place| case.has_mark(place, range.mark)) {
            let (from, to, years) = (range.from, range.to, age.years());
            let what = format!("{} is for ages {from} to {to}, the patient is {years}.", case.name(place));
            found.add(case, &[place], what, "Check the date of birth, then the code.");
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn of_another_age() {
        crate::testing::check(
            "age-conflict",
            &["O80 | | 70y", "N470 | | 3y"],
            &["O80 Z370 | | 30y", "N470 | | 3d", "O80"],
        );
    }
}
