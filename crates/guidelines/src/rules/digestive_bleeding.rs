//! The rule `digestive-bleeding`.

use super::{Rule, pairs};

/// # What it checks
/// Bleeding of the digestive tract beside a disease of it that is coded *without bleeding*.
/// # Why
/// Ulcer, gastritis, diverticula and angiodysplasia have codes with bleeding, and the classification presumes that the
/// bleeding comes from them unless the provider says otherwise.
/// # Example
/// K92.2 with K57.30: K57.31. K92.1 with K25.9: K25.4.
pub(super) const RULE: Rule = Rule { key: "digestive-bleeding", check: pairs };

#[cfg(test)]
mod tests {
    #[test]
    fn bleeding_has_a_source() {
        crate::testing::check(
            "digestive-bleeding",
            &["K922 K5730", "K259 K921", "K2970 K920"],
            &["K5731", "K254", "K922 I10", "K5731 K649"],
        );
    }
}
