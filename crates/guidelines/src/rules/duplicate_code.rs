//! The rule `duplicate-code`.

use super::Rule;
use crate::case::{Case, Found};

/// # What it checks
/// Each diagnosis code stands once.
/// # Why
/// A code is reported once for an encounter, also when both sides have the condition or two conditions share the code.
/// # Example
/// I10 twice.
pub(super) const RULE: Rule = Rule { key: "duplicate-code", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for (place, code) in case.codes.iter().enumerate() {
        let earlier = case.codes[..place].iter().position(|other| other == code);
        if let Some(earlier) = earlier {
            let what = format!("{} stands twice.", case.name(place));
            found.add(case, &[place, earlier], what, "Keep the first.");
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn each_code_once() {
        crate::testing::check("duplicate-code", &["I10 E119 I10"], &["I10 E119"]);
    }
}
