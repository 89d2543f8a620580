//! The rule `normal-delivery`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// O80, normal delivery, stands first, alone of its chapter, and with Z37.0 as outcome.
/// # Why
/// It says that nothing complicated pregnancy, delivery or puerperium, and that one healthy child was born.
/// # Example
/// O80 with O70.1, a perineal tear of second degree.
pub(super) const RULE: Rule = Rule { key: "normal-delivery", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let Some(normal) = case.place(List::NormalDelivery) else { return };
    if let Some(other) =
        case.places(List::Obstetric).find(|&at| at != normal && case.codes[at] != case.codes[normal])
    {
        let what = format!(
            "{} says that nothing complicated the delivery, {} says what did.",
            case.name(normal),
            case.name(other)
        );
        found.add(
            case,
            &[normal, other],
            what,
            format!("Leave {} out and put the complication first.", case.name(normal)),
        );
    }
    if normal > 0 {
        let what = format!(
            "{} stands after {}; it is always the principal diagnosis.",
            case.name(normal),
            case.name(0)
        );
        found.add(case, &[normal, 0], what, "Put it first, or code what complicated the delivery.");
    }
    if let Some(outcome) =
        case.places(List::Outcome).find(|&at| !case.is(case.codes[at], List::SingleLiveborn))
    {
        let what = format!("{} does not go with {}.", case.name(outcome), case.name(normal));
        found.add(
            case,
            &[outcome, normal],
            what,
            "Z37.0 is the only outcome of a normal delivery; otherwise code what made it another.",
        );
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_complicates_a_normal_delivery() {
        crate::testing::check(
            "normal-delivery",
            &["O80 O701 Z370", "I10 O80 Z370", "O80 Z372"],
            &["O80 Z370 Z3A39", "O701 Z370", "O80 Z370 J309"],
        );
    }
}
