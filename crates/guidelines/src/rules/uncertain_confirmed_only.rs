//! The rule `uncertain-confirmed-only`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// HIV, COVID-19, Zika and the influenzas of identified viruses are not coded while the record is uncertain of them,
/// inpatients included.
/// # Why
/// An uncertain diagnosis at discharge is coded as if it existed; these are the exceptions.
/// # Example
/// U07.1 for *suspected COVID-19*.
pub(super) const RULE: Rule = Rule { key: "uncertain-confirmed-only", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for (place, diagnosis) in case.diagnoses().filter(|(_, diagnosis)| diagnosis.uncertain) {
        if case.is(diagnosis.code, List::ConfirmedOnly) {
            let what =
                format!("{} is coded only when confirmed, and the record is not certain.", case.name(place));
            found.add(case, &[place], what, "Code the signs and symptoms, exposure or screening; the provider's statement confirms, a positive test is not needed.");
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_when_confirmed() {
        crate::testing::check("uncertain-confirmed-only", &["U071?", "I10 B20?"], &["U071", "J189?"]);
    }
}
