//! The rule `sex-conflict`.

use super::Rule;
use crate::case::{Case, Found};
use crate::coding::Sex;
use crate::list::List;

/// # What it checks
/// A diagnosis of organs that one sex has, on a claim of the other. The Medicare Code Editor has no such edit any more;
/// this is the department's own advice.
/// # Why
/// Most often a wrong code or a wrong patient; sometimes right, as on the claim of a transgender patient.
/// # Example
/// N40.0 on a claim that says female.
pub(super) const RULE: Rule = Rule { key: "sex-conflict", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let (list, sex) = match case.coding.sex {
        Sex::Male => (List::Female, "male"),
        Sex::Female => (List::Male, "female"),
        Sex::Unknown => return,
    };
    for place in case.places(list) {
        let what = format!("{} on a claim that says {sex}.", case.name(place));
        found.add(case, &[place], what, "Check patient and code; if both are right, let it stand.");
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn of_the_other_sex() {
        crate::testing::check(
            "sex-conflict",
            &["N400 | | F", "O80 | | M"],
            &["N400 | | M", "O80 | | F", "N400"],
        );
    }
}
