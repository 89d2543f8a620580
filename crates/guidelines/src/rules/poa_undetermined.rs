//! The rule `poa-undetermined`.

use super::Rule;
use crate::case::{Case, Found};
use crate::coding::Poa;

/// # What it checks
/// A diagnosis with U, *the documentation does not say*.
/// # Why
/// U is for the exception; it counts as N for payment. The provider can be asked.
/// # Example
/// N39.0 with U.
pub(super) const RULE: Rule = Rule { key: "poa-undetermined", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for place in (0..case.codes.len()).filter(|&place| case.poa(place) == Some(Poa::Undetermined)) {
        let what = format!("The record does not say whether {} was present on admission.", case.name(place));
        found.add(case, &[place], what, "Ask the provider.");
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_provider_is_asked() {
        crate::testing::check(
            "poa-undetermined",
            &["J189:Y N390:U"],
            &["J189:Y N390:W", "N390:U | | clinic"],
        );
    }
}
