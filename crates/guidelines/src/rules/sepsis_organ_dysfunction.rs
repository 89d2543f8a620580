//! The rule `sepsis-organ-dysfunction`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// Sepsis beside an acute organ dysfunction without a code for severe sepsis.
/// # Why
/// If the sepsis causes the dysfunction, R65.2- belongs to it; if something else does, it does not. Only the provider
/// can say.
/// # Example
/// A41.9 with N17.9.
pub(super) const RULE: Rule = Rule { key: "sepsis-organ-dysfunction", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let (Some(sepsis), Some(organ)) =
        (case.place(List::SystemicInfection), case.place(List::OrganDysfunction))
    else {
        return;
    };
    if !case.has(List::SevereSepsis) {
        let what =
            format!("{} and {} stand together without severe sepsis.", case.name(sepsis), case.name(organ));
        found.add(
            case,
            &[sepsis, organ],
            what,
            "If the record links the two, add R65.2-; if it does not say, ask the provider.",
        );
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_link_is_asked_for() {
        crate::testing::check(
            "sepsis-organ-dysfunction",
            &["A419 N179"],
            &["A419 R6520 N179", "N179 I10", "A419"],
        );
    }
}
