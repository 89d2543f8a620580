//! The rule `bmi-age`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// Percentiles (Z68.5-) are for patients of 2 to 19 years, figures (Z68.1 to Z68.45) for those of 20 years and more. The
/// ages are rows of `data/guidelines/limit.tsv`.
/// # Why
/// The category says so at its head.
/// # Example
/// Z68.52 on a patient of 40 years.
pub(super) const RULE: Rule = Rule { key: "bmi-age", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let (Some(age), Some(index)) = (case.coding.age, case.place(List::BodyMassIndex)) else { return };
    let Some(adult) = case.limit("bmi-adult-years") else { return };
    let is_child = case.is(case.codes[index], List::BodyMassIndexChild);
    if is_child == (age.years() >= adult.value) {
        let (years, from) = (age.years(), adult.value);
        let what =
            format!("{} does not go with an age of {years} years; adults begin at {from}.", case.name(index));
        let what_to_do =
            if is_child { "Code the figure, Z68.1 to Z68.45." } else { "Code the percentile, Z68.5-." };
        found.add(case, &[index], what, what_to_do).because(adult.citation.clone());
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn percentiles_are_for_the_young() {
        crate::testing::check(
            "bmi-age",
            &["E6601 Z6852 | | 40y", "E6601 Z6841 | | 12y"],
            &["E6601 Z6841 | | 40y", "E6601 Z6852 | | 12y", "E6601 Z6841"],
        );
    }
}
