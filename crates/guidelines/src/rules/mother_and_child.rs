//! The rule `mother-and-child`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// Codes of chapter 15 and codes of birth or of chapter 16 do not stand on one record.
/// # Why
/// Chapter 15 is for the mother's record only, chapter 16 and Z38 never are.
/// # Example
/// O36.5930 with P05.9; O80 with Z38.00.
pub(super) const RULE: Rule = Rule { key: "mother-and-child", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let Some(mother) = case.place(List::Obstetric) else { return };
    if let Some(child) = case.place(List::Birth).or_else(|| case.place(List::Perinatal)) {
        let what = format!(
            "{} is for the mother's record, {} for the child's.",
            case.name(mother),
            case.name(child)
        );
        found.add(case, &[child, mother], what, "Code each on the record of its own patient.");
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn two_patients_have_two_records() {
        crate::testing::check(
            "mother-and-child",
            &["O80 Z370 Z3800", "P599 O80"],
            &["O80 Z370", "Z3800 P599"],
        );
    }
}
