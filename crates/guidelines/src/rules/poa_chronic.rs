//! The rule `poa-chronic`.

use super::Rule;
use crate::case::{Case, Found};
use crate::coding::Poa;
use crate::list::List;

/// # What it checks
/// A chronic condition is not marked as not present on admission.
/// # Why
/// A chronic condition was there before, also when it was found only during the stay.
/// # Example
/// J44.9 with N.
pub(super) const RULE: Rule = Rule { key: "poa-chronic", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for place in case.places(List::Chronic).filter(|&place| case.poa(place) == Some(Poa::No)) {
        let what = format!("{} is chronic and marked as not present on admission.", case.name(place));
        found.add(case, &[place], what, "Mark it Y, also if it was diagnosed during the stay.");
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn chronic_is_present() {
        crate::testing::check(
            "poa-chronic",
            &["J189:Y J449:N", "E119:N"],
            &["J449:Y", "J189:N", "J449:N | | clinic"],
        );
    }
}
