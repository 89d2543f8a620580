//! The rule `aftercare-of-injury`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;
use crate::span::seventh;

/// # What it checks
/// An aftercare Z code does not stand beside an injury whose seventh character says that the encounter is a later one.
/// # Why
/// Aftercare of an injury or poisoning is the injury's own code with the seventh character for subsequent care.
/// # Example
/// Z47.89 with S72.001D.
pub(super) const RULE: Rule = Rule { key: "aftercare-of-injury", check };

/// Seventh characters of active treatment, and of sequelae.
const NOT_LATER: [u8; 4] = [b'A', b'B', b'C', b'S'];

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let Some(aftercare) = case.place(List::Aftercare) else { return };
    let is_later =
        |&at: &usize| seventh(case.codes[at]).is_some_and(|character| !NOT_LATER.contains(&character));
    let Some(injury) = case.places(List::Injury).find(is_later) else { return };
    let what =
        format!("{} codes the aftercare that {} already says.", case.name(aftercare), case.name(injury));
    found.add(
        case,
        &[aftercare, injury],
        what,
        "Leave the aftercare code out unless it is for another condition.",
    );
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_injury_says_its_own_aftercare() {
        crate::testing::check(
            "aftercare-of-injury",
            &["Z4789 S72001D"],
            &["Z471 Z96641", "S72001D", "Z4789 S72001S"],
        );
    }
}
