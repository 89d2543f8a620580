//! The rule `chemotherapy-first`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// An encounter for chemotherapy, immunotherapy or radiation does not stand after the malignant neoplasm it treats.
/// # Why
/// If the treatment was what the encounter was chiefly for, its code comes first, the neoplasm after it. If the neoplasm
/// was removed in the same stay, or radioactive elements were implanted, the neoplasm comes first and the code is left out.
/// # Example
/// C18.7 first with Z51.11 after it.
pub(super) const RULE: Rule = Rule { key: "chemotherapy-first", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let treatment = case.place(List::Antineoplastic).filter(|&place| place > 0);
    if let Some(treatment) = treatment.filter(|_| case.is_first(List::Malignant)) {
        let what = format!("{} stands after the neoplasm {}.", case.name(treatment), case.name(0));
        let what_to_do = "If the encounter was chiefly for the treatment, put its code first; if it was for the neoplasm itself, leave it out.";
        found.add(case, &[treatment, 0], what, what_to_do);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_treatment_comes_first() {
        crate::testing::check(
            "chemotherapy-first",
            &["C187 Z5111", "C50911 I10 Z510"],
            &["Z5111 C187", "Z510 Z5111 C187", "C187"],
        );
    }
}
