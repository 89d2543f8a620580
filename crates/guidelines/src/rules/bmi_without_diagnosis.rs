//! The rule `bmi-without-diagnosis`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// A body mass index (Z68.-) has a diagnosis beside it that the provider made, such as obesity or malnutrition.
/// # Why
/// The figure may come from nurse or dietitian; the diagnosis must be the provider's.
/// # Example
/// I10 with Z68.41.
pub(super) const RULE: Rule = Rule { key: "bmi-without-diagnosis", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    if let Some(index) = case.place(List::BodyMassIndex).filter(|_| !case.has(List::WeightDiagnosis)) {
        let what = format!("{} stands without a diagnosis it belongs to.", case.name(index));
        found.add(case, &[index], what, "Code the weight diagnosis if the provider has documented one; ask if the index matters clinically; otherwise leave it out.");
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_figure_needs_a_diagnosis() {
        crate::testing::check("bmi-without-diagnosis", &["I10 Z6841"], &["E6601 Z6841", "E43 Z681", "I10"]);
    }
}
