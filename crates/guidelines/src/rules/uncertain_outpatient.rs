//! The rule `uncertain-outpatient`.

use super::Rule;
use crate::case::{Case, Found};

/// # What it checks
/// Outside inpatient care, no diagnosis is coded that the record still calls probable, suspected, likely, questionable,
/// possible, to be ruled out, compatible with or consistent with.
/// # Why
/// Outpatients are coded to what is certain: the symptom, sign, result or other reason for the visit.
/// # Example
/// J18.9 in the emergency department for *probable pneumonia*.
pub(super) const RULE: Rule = Rule { key: "uncertain-outpatient", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    if case.coding.setting.is_inpatient() {
        return;
    }
    for (place, _) in case.diagnoses().filter(|(_, diagnosis)| diagnosis.uncertain) {
        let what = format!("{} is coded as if it were certain, and the record is not.", case.name(place));
        found.add(
            case,
            &[place],
            what,
            "Code the symptom, sign or abnormal result that brought the patient.",
        );
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_what_is_certain() {
        crate::testing::check(
            "uncertain-outpatient",
            &["J189? | | emergency", "I10 J189? | | clinic"],
            &["J189?", "J189 | | emergency"],
        );
    }
}
