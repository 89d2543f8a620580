//! The rule `adverse-effect-first`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;
use crate::span::character;

/// # What it checks
/// A code for the adverse effect of a drug, or for taking too little of it, does not stand first.
/// # Why
/// What the drug did, or what came of too little of it, comes first; the drug after it.
/// # Example
/// T45.515A first with R04.0 after it.
pub(super) const RULE: Rule = Rule { key: "adverse-effect-first", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let Some(&first) = case.codes.first() else { return };
    // The sixth character tells how the drug acted; where it is X, the fifth.
    let acted = match character(first, 5) {
        Some(b'X') => character(first, 4),
        other => other,
    };
    let kind = match acted {
        Some(b'5') => "the adverse effect of a drug",
        Some(b'6') => "too little of a drug",
        _ => return,
    };
    if case.is(first, List::Drug) {
        let what = format!("{} is {kind} and the {}.", case.name(0), case.first_word());
        found.add(case, &[0], what, "Put what came of it first, the drug after it.");
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_effect_comes_first() {
        crate::testing::check(
            "adverse-effect-first",
            &["T45515A R040", "T3695XA L270", "T383X6A E1165"],
            &["R040 T45515A", "T45511A", "I10"],
        );
    }
}
