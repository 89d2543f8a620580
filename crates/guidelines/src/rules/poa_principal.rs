//! The rule `poa-principal`.

use super::Rule;
use crate::case::{Case, Found};
use crate::coding::Poa;
use crate::list::List;

/// # What it checks
/// The principal diagnosis is not marked as not present on admission, except on records of birth and delivery.
/// # Why
/// It is what the patient was admitted for.
/// # Example
/// I63.9 as principal diagnosis with N.
pub(super) const RULE: Rule = Rule { key: "poa-principal", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    if case.poa(0) == Some(Poa::No) && !case.is_first(List::PrincipalAfterAdmission) {
        let what =
            format!("{} is the principal diagnosis and marked as not present on admission.", case.name(0));
        found.add(
            case,
            &[0],
            what,
            "Check the indicator, then whether another diagnosis was the reason for admission.",
        );
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_reason_for_admission_was_there() {
        crate::testing::check("poa-principal", &["I639:N"], &["I639:Y", "O721:N", "I10:Y I639:N"]);
    }
}
