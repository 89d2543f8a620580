//! The rule `severe-sepsis-organ`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;
use crate::span::character;

/// # What it checks
/// Severe sepsis without shock (R65.20) has the code of an acute organ dysfunction beside it.
/// # Why
/// Severe sepsis is sepsis with organ dysfunction; the codes for it are required. Shock is one in itself.
/// # Example
/// A41.9 with R65.20 alone.
pub(super) const RULE: Rule = Rule { key: "severe-sepsis-organ", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    /// R65.20 and R65.21 differ in their fifth character.
    const SHOCK: (usize, u8) = (4, b'1');
    let without_shock = |&at: &usize| character(case.codes[at], SHOCK.0) != Some(SHOCK.1);
    let Some(severe) = case.places(List::SevereSepsis).find(without_shock) else { return };
    if !case.has(List::OrganDysfunction) {
        let what = format!("{} says that an organ fails, and none is coded.", case.name(severe));
        found.add(case, &[severe], what, "Add the acute organ dysfunction that is documented; if none is, ask the provider whether the sepsis was severe.");
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_failing_organ_is_coded() {
        crate::testing::check(
            "severe-sepsis-organ",
            &["A419 R6520", "A419 R6520 I10"],
            &["A419 R6520 N179", "A419 R6521", "A419"],
        );
    }
}
