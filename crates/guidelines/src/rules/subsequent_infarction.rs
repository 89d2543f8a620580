//! The rule `subsequent-infarction`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// A subsequent myocardial infarction (I22.-) has the first one (I21.-) beside it.
/// # Why
/// I22 is for an infarction within four weeks of another, and is never coded alone.
/// # Example
/// I22.0 alone.
pub(super) const RULE: Rule = Rule { key: "subsequent-infarction", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    if let Some(subsequent) = case.place(List::SubsequentInfarction).filter(|_| !case.has(List::Infarction)) {
        let what = format!("{} stands without the first infarction.", case.name(subsequent));
        found.add(case, &[subsequent], what, "Add the code of I21 for the first; if it is more than four weeks old, code the new one with I21 and the old one with I25.2.");
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn never_alone() {
        crate::testing::check("subsequent-infarction", &["I220"], &["I214 I220", "I220 I214", "I214"]);
    }
}
