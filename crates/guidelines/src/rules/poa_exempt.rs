//! The rule `poa-exempt`.

use super::Rule;
use crate::case::{Case, Found};
use crate::coding::Poa;

/// # What it checks
/// A code that is exempt from present-on-admission reporting has no indicator.
/// # Why
/// The field stays blank for these codes.
/// # Example
/// Z87.891 with Y.
pub(super) const RULE: Rule = Rule { key: "poa-exempt", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let Some(exempt) = &case.book.poa_exempt else { return };
    for (place, diagnosis) in case.diagnoses() {
        if case.poa(place).is_some_and(Poa::is_given) && exempt.holds(diagnosis.code) {
            let what = format!("{} is exempt and has an indicator.", case.name(place));
            found.add(case, &[place], what, "Leave the indicator blank.");
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn exempt_codes_have_none() {
        crate::testing::check(
            "poa-exempt",
            &["J189:Y Z87891:Y"],
            &["J189:Y Z87891", "J189:Y Z87891:1", "Z87891:Y | | clinic"],
        );
    }
}
