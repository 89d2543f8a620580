//! The rule `acute-and-chronic`.

use super::{Rule, pairs};

/// # What it checks
/// The acute and the chronic form of one condition: one code where there is one for both, otherwise the acute form first.
/// # Why
/// Where the index has both as equal subentries, both are coded, the acute one first.
/// # Example
/// I50.22 with I50.21: I50.23. J32.9 before J01.90.
pub(super) const RULE: Rule = Rule { key: "acute-and-chronic", check: pairs };

#[cfg(test)]
mod tests {
    #[test]
    fn acute_comes_first() {
        crate::testing::check(
            "acute-and-chronic",
            &["I5021 I5022", "I5022 I5021", "J329 J0190", "J9601 J9611"],
            &["J0190 J329", "I5023", "J9621", "J189 J449"],
        );
    }
}
