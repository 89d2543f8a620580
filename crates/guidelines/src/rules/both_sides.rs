//! The rule `both-sides`.

use super::{Rule, pairs};
use crate::case::{Case, Found};
use crate::facts::Side;

/// # What it checks
/// The right and the left side of one condition where one code says both.
/// # Why
/// A bilateral condition has one code where the classification has one.
/// # Example
/// H25.11 with H25.12: H25.13; M17.11 with M17.12: M17.0.
pub(super) const RULE: Rule = Rule { key: "both-sides", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let sided = |place: usize| case.sides[place];
    for right in (0..case.codes.len()).filter(|&at| sided(at).is_some_and(|row| row.side == Side::Right)) {
        let Some(row) = sided(right) else { continue };
        let is_left =
            |&at: &usize| sided(at).is_some_and(|other| other.group == row.group && other.side == Side::Left);
        let Some(left) = (0..case.codes.len()).find(is_left) else { continue };
        let both = case.book.facts.other_sides(row, case.day).find(|other| other.side == Side::Both);
        if let Some(both) = both {
            let what =
                format!("{} and {} are both sides of one condition.", case.name(right), case.name(left));
            found.add(
                case,
                &[right, left],
                what,
                format!("Code {} once in place of the two.", both.code.dotted()),
            );
        }
    }
    pairs(case, found);
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_code_for_both_sides() {
        crate::testing::check(
            "both-sides",
            &["H2511 H2512", "M1711 I10 M1712"],
            &["H2513", "H2511 H2522", "S72001A S72002A"],
        );
    }
}
