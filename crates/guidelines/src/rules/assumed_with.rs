//! The rule `assumed-with`.

use super::{Rule, pairs};

/// # What it checks
/// Diabetes *without complications* beside a condition that the index lists under *Diabetes, with*: chronic kidney disease,
/// neuropathy, foot ulcer, peripheral angiopathy, gastroparesis, osteomyelitis.
/// # Why
/// *With* presumes the connection, even where nobody writes it down, unless the record says that there is none.
/// # Example
/// E11.9 with N18.30: E11.22 and N18.30.
pub(super) const RULE: Rule = Rule { key: "assumed-with", check: pairs };

#[cfg(test)]
mod tests {
    #[test]
    fn with_presumes_the_connection() {
        crate::testing::check(
            "assumed-with",
            &["E119 N1830", "E109 L97511", "E119 G629"],
            &["E1122 N1830", "E119 I10", "N1830"],
        );
    }
}
