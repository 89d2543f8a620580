//! The rule `severe-sepsis-infection`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// Severe sepsis has a code for the systemic infection before it.
/// # Why
/// Severe sepsis takes at least two codes: the infection, then R65.2-.
/// # Example
/// J18.9 with R65.20 and no code for the sepsis.
pub(super) const RULE: Rule = Rule { key: "severe-sepsis-infection", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let Some(severe) = case.place(List::SevereSepsis) else { return };
    match case.place(List::SystemicInfection) {
        Some(infection) if infection < severe => {}
        Some(infection) => {
            let what = format!("{} stands before the infection {}.", case.name(severe), case.name(infection));
            found.add(case, &[severe, infection], what, "Put the systemic infection before it.");
        }
        None => {
            let what = format!("{} has no code for the systemic infection beside it.", case.name(severe));
            found.add(
                case,
                &[severe],
                what,
                "Add the code of the sepsis, A41.9 if the organism is not documented.",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn infection_then_severity() {
        crate::testing::check(
            "severe-sepsis-infection",
            &["J189 R6520", "J189 R6520 A419"],
            &["A419 R6520", "J189 A419 R6521", "T8144XA R6520", "J189"],
        );
    }
}
