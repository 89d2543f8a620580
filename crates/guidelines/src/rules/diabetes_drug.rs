//! The rule `diabetes-drug`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// Diabetes other than type 1 has a code for its long-term drugs beside it: insulin (Z79.4), tablets (Z79.84), other
/// injections (Z79.85). Type 1 has no code for insulin.
/// # Why
/// The codes say how the diabetes is controlled; type 1 needs insulin in any case.
/// # Example
/// E11.9 alone, where the medication list shows metformin.
pub(super) const RULE: Rule = Rule { key: "diabetes-drug", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    if let Some(diabetes) = case.place(List::DiabetesByDrug).filter(|_| !case.has(List::DiabetesDrug)) {
        let what = format!("{} stands without a code for the drugs that control it.", case.name(diabetes));
        found.add(case, &[diabetes], what, "If the medication list shows a long-term drug, add Z79.4, Z79.84 or Z79.85; insulin given for a short time is not coded.");
    }
    if let (Some(diabetes), Some(insulin)) = (case.place(List::DiabetesType1), case.place(List::Insulin))
        && !case.has(List::DiabetesByDrug)
    {
        let what = format!("{} says what {} says already.", case.name(insulin), case.name(diabetes));
        found.add(
            case,
            &[insulin, diabetes],
            what,
            "Leave it out: type 1 diabetes needs insulin in any case.",
        );
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn how_it_is_controlled() {
        crate::testing::check(
            "diabetes-drug",
            &["E119", "E109 Z794"],
            &["E119 Z794", "E119 Z7984", "E109", "I10"],
        );
    }
}
