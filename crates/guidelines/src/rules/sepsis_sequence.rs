//! The rule `sepsis-sequence`.

use super::Rule;
use crate::case::{Case, Found};
use crate::coding::Poa;
use crate::list::List;

/// # What it checks
/// Sepsis that was present on admission stands before the localized infection it comes from.
/// # Why
/// The systemic infection is the principal diagnosis when both were the reason for admission. If the sepsis began
/// after admission, the localized infection stays first.
/// # Example
/// J18.9 (Y) first, A41.9 (Y) after it.
pub(super) const RULE: Rule = Rule { key: "sepsis-sequence", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    if !case.is_first(List::LocalizedInfection) {
        return;
    }
    let was_present = |&at: &usize| case.poa(at) == Some(Poa::Yes);
    if let Some(sepsis) = case.places(List::SystemicInfection).find(was_present) {
        let what = format!(
            "{} was present on admission and stands after the localized infection {}.",
            case.name(sepsis),
            case.name(0)
        );
        found.add(
            case,
            &[sepsis, 0],
            what,
            "Put the systemic infection first, unless the record says that it began after admission.",
        );
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn sepsis_on_admission_is_principal() {
        crate::testing::check(
            "sepsis-sequence",
            &["J189:Y A419:Y", "N390:Y I10:Y A4151:Y R6520:Y"],
            &["A419:Y J189:Y", "J189:Y A419:N", "S72001A:Y A419:Y", "J189 A419 | | emergency"],
        );
    }
}
