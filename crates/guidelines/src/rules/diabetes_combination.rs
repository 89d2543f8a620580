//! The rule `diabetes-combination`.

use super::{Rule, pairs};

/// # What it checks
/// Diabetes *without complications* does not stand beside a complication of the same diabetes.
/// # Why
/// One code says that there is no complication, the other which.
/// # Example
/// E11.9 with E11.22.
pub(super) const RULE: Rule = Rule { key: "diabetes-combination", check: pairs };

#[cfg(test)]
mod tests {
    #[test]
    fn with_and_without_complication() {
        crate::testing::check(
            "diabetes-combination",
            &["E119 E1122", "E1042 I10 E109"],
            &["E1122 E1142", "E119 I10", "E109 E1122"],
        );
    }
}
