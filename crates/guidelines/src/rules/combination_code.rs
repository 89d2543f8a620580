//! The rule `combination-code`.

use super::{Rule, pairs};

/// # What it checks
/// Two diagnoses for which the classification has one code: chest infection with chronic obstructive disease, angina with
/// coronary atherosclerosis, gallstones with cholecystitis, a resistant staphylococcus with its infection.
/// # Why
/// Where one code says all that is documented, that code alone is used.
/// # Example
/// J44.9 with J18.9: J44.0 and J18.9. I25.10 with I20.9: I25.119.
pub(super) const RULE: Rule = Rule { key: "combination-code", check: pairs };

#[cfg(test)]
mod tests {
    #[test]
    fn one_code_for_two() {
        crate::testing::check(
            "combination-code",
            &["J449 J189", "I2510 I209", "K8020 K810", "J15212 B9562", "N200 N1330"],
            &["J440 J189", "I25119", "K8000", "J15212 I10"],
        );
    }
}
