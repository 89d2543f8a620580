//! The rule `secondary-without-primary`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// A secondary malignant neoplasm has the primary one beside it: present, past (Z85.-), or unknown (C80.1).
/// # Why
/// Where it came from is part of the diagnosis, also when the primary neoplasm is gone.
/// # Example
/// C78.7 alone.
pub(super) const RULE: Rule = Rule { key: "secondary-without-primary", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let origins = [List::PrimaryNeoplasm, List::NeoplasmHistory, List::UnknownPrimary];
    if origins.into_iter().any(|list| case.has(list)) {
        return;
    }
    if let Some(secondary) = case.place(List::SecondaryNeoplasm) {
        let what = format!("{} came from somewhere, and where from is not coded.", case.name(secondary));
        found.add(
            case,
            &[secondary],
            what,
            "Code the primary neoplasm: present, past (Z85.-), or of unknown site (C80.1).",
        );
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_metastasis_has_an_origin() {
        crate::testing::check(
            "secondary-without-primary",
            &["C787", "C7951 I10"],
            &["C787 C189", "C787 Z85038", "C787 C801", "C189"],
        );
    }
}
