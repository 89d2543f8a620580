//! The rule `poa-missing`.

use super::Rule;
use crate::case::{Case, Found};

/// # What it checks
/// Every diagnosis of an admission to a general acute-care hospital has a present-on-admission indicator, unless its code
/// is exempt. Needs the list of exempt codes that CMS publishes; without it the check is not made, and says so.
/// # Why
/// Medicare returns claims without it.
/// # Example
/// J18.9 without an indicator.
pub(super) const RULE: Rule = Rule { key: "poa-missing", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let Some(exempt) = &case.book.poa_exempt else { return };
    for (place, diagnosis) in case.diagnoses() {
        if case.poa(place).is_some_and(|poa| !poa.is_given()) && !exempt.holds(diagnosis.code) {
            let what = format!("{} has no present-on-admission indicator.", case.name(place));
            found.add(
                case,
                &[place],
                what,
                "Give it: Y, N, W if the provider cannot say, U if the record does not.",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_code_that_is_not_exempt() {
        crate::testing::check(
            "poa-missing",
            &["J189", "J189:Y I10:1"],
            &["J189:Y Z87891", "J189 | | emergency", "J189 | | skilled-nursing"],
        );
    }
}
