//! The rule `external-cause-first`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// An external cause (V00 to Y99) does not stand first.
/// # Why
/// It says how something happened; what happened comes first.
/// # Example
/// W01.0XXA first.
pub(super) const RULE: Rule = Rule { key: "external-cause-first", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    if case.is_first(List::ExternalCause) {
        let what = format!("{} is an external cause and the {}.", case.name(0), case.first_word());
        found.add(case, &[0], what, "Put the injury or condition first.");
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_happened_comes_first() {
        crate::testing::check("external-cause-first", &["W010XXA S72001A"], &["S72001A W010XXA", "I10"]);
    }
}
