//! The rule `never-first`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// A code that only says more about another does not stand first: status, drug resistance, body mass index, coma scale,
/// social circumstances, organisms.
/// # Why
/// The encounter was for something else.
/// # Example
/// Z68.41 first; B96.20 first.
pub(super) const RULE: Rule = Rule { key: "never-first", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    if case.is_first(List::NeverFirst) {
        let what =
            format!("{} is the {}; it only says more about another code.", case.name(0), case.first_word());
        found.add(case, &[0], what, "Put what the encounter was for first.");
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_says_more_comes_later() {
        crate::testing::check(
            "never-first",
            &["Z6841 E6601", "B9620 N390", "Z590"],
            &["E6601 Z6841", "N390 B9620"],
        );
    }
}
