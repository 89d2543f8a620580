//! The rule `first-listed-only`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// A Z code that may only be principal or first-listed does not stand after another code.
/// # Why
/// It says what the whole encounter was for. Where several encounters of one day are put into one record, or two of
/// these were the reason together, one of them comes second.
/// # Example
/// I10 first and Z00.00 after it.
pub(super) const RULE: Rule = Rule { key: "first-listed-only", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    if case.is_first(List::FirstListedOnly) {
        return;
    }
    for place in case.places(List::FirstListedOnly) {
        let what = format!(
            "{} may only be the {}, and stands after {}.",
            case.name(place),
            case.first_word(),
            case.name(0)
        );
        found.add(
            case,
            &[place, 0],
            what,
            "Put it first if it was the reason for the encounter; otherwise leave it out.",
        );
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_reason_comes_first() {
        crate::testing::check(
            "first-listed-only",
            &["I10 Z0000 | | clinic", "C187 Z5111"],
            &["Z0000 I10 | | clinic", "C187 Z006", "Z510 Z5111 C187"],
        );
    }
}
