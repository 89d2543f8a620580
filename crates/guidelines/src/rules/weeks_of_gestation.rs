//! The rule `weeks-of-gestation`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// A pregnancy or delivery has one code for the weeks of gestation (Z3A.-); an abortive outcome, or the time after
/// delivery alone, has none.
/// # Why
/// The weeks say how far the pregnancy was on the day of admission; where there is none any more, they say nothing.
/// # Example
/// O80 without Z3A.39; O03.9 with Z3A.10; two codes of Z3A.
pub(super) const RULE: Rule = Rule { key: "weeks-of-gestation", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let weeks: Vec<usize> = case.places(List::Weeks).collect();
    match (case.place(List::NeedsWeeks), weeks.as_slice()) {
        (Some(pregnancy), []) => {
            let what = format!("{} has no code for the weeks of gestation.", case.name(pregnancy));
            found.add(
                case,
                &[pregnancy],
                what,
                "Add the code of Z3A for the completed weeks on the day of admission.",
            );
        }
        (None, [week, ..]) if case.has(List::Obstetric) => {
            let what = format!("{} tells the weeks of a pregnancy that is over.", case.name(*week));
            found.add(
                case,
                &[*week],
                what,
                "Leave it out: Z3A is not for abortive outcomes nor for the time after delivery.",
            );
        }
        (_, [_, another, ..]) => {
            let what = format!("The weeks of gestation are coded more than once: {}.", case.names(&weeks));
            found.add(case, &[*another, weeks[0]], what, "Keep the weeks on the day of admission.");
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn weeks_of_a_pregnancy_that_lasts() {
        crate::testing::check(
            "weeks-of-gestation",
            &["O80 Z370", "O039 Z3A10", "O80 Z370 Z3A39 Z3A40"],
            &["O80 Z370 Z3A39", "O039", "O85", "I10"],
        );
    }
}
