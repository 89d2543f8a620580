//! The rule `poa-hospital-acquired`.

use super::Rule;
use crate::case::{Case, Found};
use crate::coding::Poa;

/// # What it checks
/// A code on Medicare's lists of hospital-acquired conditions that is marked N or U.
/// # Why
/// It may not count for the DRG, and it is counted against the hospital. Some of the conditions need a procedure
/// too; the grouper decides.
/// # Example
/// L89.154, pressure ulcer of stage 4, with N.
pub(super) const RULE: Rule = Rule { key: "poa-hospital-acquired", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for (place, diagnosis) in case.diagnoses().skip(1) {
        if !matches!(case.poa(place), Some(Poa::No | Poa::Undetermined)) {
            continue;
        }
        if let Some(condition) = case.book.facts.hospital_acquired(diagnosis.code, case.day) {
            let what = format!(
                "{} was not present on admission and is on the list of hospital-acquired conditions.",
                case.name(place)
            );
            let what_to_do = "Read the first notes of the stay again, nurses' notes included; ask the provider where they leave it open.";
            found
                .add(case, &[place], what, what_to_do)
                .because(format!("hospital-acquired condition {condition}"));
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn acquired_in_the_hospital() {
        crate::testing::check(
            "poa-hospital-acquired",
            &["J189:Y L89154:N", "J189:Y L89154:U"],
            &["J189:Y L89154:Y", "J189:Y I10:N", "J189:Y L89154:W"],
        );
    }
}
