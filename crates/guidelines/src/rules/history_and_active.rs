//! The rule `history-and-active`.

use super::{Rule, pairs};

/// # What it checks
/// A malignant neoplasm coded as history of the same place where it is coded as present; other histories beside what they
/// say is over.
/// # Why
/// History is for what is no longer there and no longer treated.
/// # Example
/// Z85.3 with C50.911.
pub(super) const RULE: Rule = Rule { key: "history-and-active", check: pairs };

#[cfg(test)]
mod tests {
    #[test]
    fn past_or_present() {
        crate::testing::check(
            "history-and-active",
            &["C50911 Z853", "Z87891 F17210", "I69351 Z8673"],
            &["Z853 I10", "C50911 Z8546", "C787 Z85038"],
        );
    }
}
