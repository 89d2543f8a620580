//! The rule `hypertensive-disease`.

use super::{Rule, pairs};

/// # What it checks
/// Hypertension with heart failure, heart disease or chronic kidney disease is coded by I11, I12 or I13, and with the stage
/// that the kidney code says.
/// # Why
/// The classification presumes that they belong together, unless the provider says that they do not.
/// # Example
/// I10 with I50.9: I11.0 and I50.9. I10 with N18.30: I12.9 and N18.30.
pub(super) const RULE: Rule = Rule { key: "hypertensive-disease", check: pairs };

#[cfg(test)]
mod tests {
    #[test]
    fn heart_and_kidney_go_with_hypertension() {
        crate::testing::check(
            "hypertensive-disease",
            &["I10 I509", "I10 N1830", "I119 N184", "I129 I5022", "I129 N186"],
            &["I110 I509", "I129 N1830", "I130 I509 N1830", "I10 E119", "I120 N186"],
        );
    }
}
