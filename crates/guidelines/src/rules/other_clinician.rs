//! The rule `other-clinician`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// A code that rests on the notes of somebody other than the patient's provider is one of those that may: body mass
/// index, depth or stage of an ulcer, coma and stroke scales, social circumstances, blood alcohol, immunization, intent of
/// a firearm injury.
/// # Why
/// A diagnosis is the provider's. The side, too, may be taken from other clinicians; this check cannot see it.
/// # Example
/// E43 from the dietitian's note alone.
pub(super) const RULE: Rule = Rule { key: "other-clinician", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    use crate::coding::Clinician;
    for (place, diagnosis) in
        case.diagnoses().filter(|(_, diagnosis)| diagnosis.documented_by == Clinician::Other)
    {
        if !case.is(diagnosis.code, List::OtherClinician) {
            let what =
                format!("{} rests on the notes of somebody other than the provider.", case.name(place));
            found.add(case, &[place], what, "Find it in the provider's documentation, or ask the provider.");
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_diagnosis_is_the_providers() {
        crate::testing::check(
            "other-clinician",
            &["E43~", "I10 J189~"],
            &["I10 E6601 Z6841~", "I10", "L89154 Z590~"],
        );
    }
}
