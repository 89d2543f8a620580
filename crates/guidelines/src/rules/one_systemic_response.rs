//! The rule `one-systemic-response`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// Systemic inflammatory response without infection (R65.1-) does not stand beside severe sepsis (R65.2-).
/// # Why
/// Only one code of R65 is assigned: where an infection has followed, the one for severe sepsis.
/// # Example
/// R65.10 with R65.20.
pub(super) const RULE: Rule = Rule { key: "one-systemic-response", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    if let (Some(sirs), Some(severe)) = (case.place(List::Sirs), case.place(List::SevereSepsis)) {
        let what = format!("{} and {} are both coded.", case.name(sirs), case.name(severe));
        found.add(case, &[sirs, severe], what, format!("Leave {} out.", case.name(sirs)));
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_one() {
        crate::testing::check("one-systemic-response", &["A419 R6520 R6510"], &["A419 R6520", "K8590 R6510"]);
    }
}
