//! The rule `sequela-first`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;
use crate::span::seventh;

/// # What it checks
/// A code for what an earlier illness or injury has left (B90 to B94, E64, E68, G09, O94, seventh character S) does not
/// stand first.
/// # Why
/// The patient is treated for the condition that is left: it comes first, the sequela code after it.
/// # Example
/// T23.001S first for a scar of an old burn; L90.5 comes first.
pub(super) const RULE: Rule = Rule { key: "sequela-first", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let Some(&first) = case.codes.first() else { return };
    let is_injury = case.is(first, List::Injury) && seventh(first) == Some(b'S');
    if is_injury || case.is(first, List::Sequela) {
        let what =
            format!("{} says what an earlier illness or injury has left, and stands first.", case.name(0));
        found.add(case, &[0], what, "Put the present condition first and the sequela code after it.");
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_present_condition_comes_first() {
        crate::testing::check(
            "sequela-first",
            &["T23001S L905", "B909"],
            &["L905 T23001S", "T23001A", "I69351"],
        );
    }
}
