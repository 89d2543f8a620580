//! The rule `side-unspecified`.

use super::Rule;
use crate::case::{Case, Found, join};
use crate::facts::Side;

/// # What it checks
/// A code that leaves the side open although there are codes for the right and the left one. That codes are the same
/// condition on another side is read from their titles.
/// # Why
/// The side is nearly always in the record, also in nurses' and imaging notes, which may be used for it. Medicare
/// returns claims with some of these codes.
/// # Example
/// H25.10, age-related nuclear cataract, unspecified eye.
pub(super) const RULE: Rule = Rule { key: "side-unspecified", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for (place, side) in case.sides.iter().enumerate() {
        let Some(row) = side.filter(|row| row.side == Side::Unspecified) else { continue };
        let sided: Vec<_> =
            case.book.facts.other_sides(row, case.day).filter(|row| row.side != Side::Unspecified).collect();
        if sided.is_empty() {
            continue;
        }
        let names = join(sided.iter().map(|row| row.code.dotted()));
        let what = format!("{} leaves the side open; there are {names}.", case.name(place));
        let what_to_do = "Look for the side anywhere in the record, also in other clinicians' notes; ask the provider where they disagree.";
        found.add(case, &[place], what, what_to_do);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_side_that_could_be_told() {
        crate::testing::check(
            "side-unspecified",
            &["H2510", "S72009A", "M1710"],
            &["H2511", "S72001A", "I10", "I509"],
        );
    }
}
