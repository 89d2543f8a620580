//! The rule `tobacco-use`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// A disease of heart, vessels or lungs whose category asks for it has a code for the use of tobacco, past or present,
/// beside it. Switched off unless a facility wants it: most patients have no such code to add.
/// # Why
/// The tabular list asks for it, and public health counts it.
/// # Example
/// J44.9 without Z87.891 on a patient who stopped smoking.
pub(super) const RULE: Rule = Rule { key: "tobacco-use", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    if let Some(disease) = case.place(List::TobaccoRelated).filter(|_| !case.has(List::Tobacco)) {
        let what = format!("{} asks for the use of tobacco, and none is coded.", case.name(disease));
        found.add(
            case,
            &[disease],
            what,
            "If the record tells of smoking, past smoking or smoke in the air, add the code.",
        );
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn tobacco_is_asked_for() {
        crate::testing::check("tobacco-use", &["J449", "I10"], &["J449 Z87891", "I10 F17210", "E119"]);
    }
}
