//! The rule `severe-sepsis-first`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// Severe sepsis (R65.2-) and postprocedural septic shock do not stand first.
/// # Why
/// The infection of the whole body comes first, in every setting.
/// # Example
/// R65.21 first; A41.51 comes before it.
pub(super) const RULE: Rule = Rule { key: "severe-sepsis-first", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    if case.is_first(List::SevereSepsis) {
        let what = format!("{} is the {}; severe sepsis never is.", case.name(0), case.first_word());
        found.add(
            case,
            &[0],
            what,
            "Put the systemic infection first (A41.9 if the organism is not documented).",
        );
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_infection_comes_first() {
        crate::testing::check("severe-sepsis-first", &["R6521 A4151", "R6520"], &["A4151 R6521", "A419"]);
    }
}
