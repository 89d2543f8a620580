//! The rule `manifestation-first`.

use super::Rule;
use crate::case::{Case, Found};
use crate::facts::Mark;

/// # What it checks
/// The principal or first-listed diagnosis is no manifestation of another disease.
/// # Why
/// *In diseases classified elsewhere*: the disease that causes it comes first, in every setting.
/// # Example
/// F02.80, dementia in other diseases classified elsewhere, first; G30.9 comes before it.
pub(super) const RULE: Rule = Rule { key: "manifestation-first", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    if case.has_mark(0, Mark::Manifestation) {
        let what = format!("{} shows another disease and cannot be the {}.", case.name(0), case.first_word());
        found.add(
            case,
            &[0],
            what,
            "Put the disease that causes it first; if it is not documented, ask the provider.",
        );
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_cause_comes_first() {
        crate::testing::check("manifestation-first", &["F0280 G309"], &["G309 F0280", "E1142"]);
    }
}
