//! The rule `symptom-with-definitive`.

use super::{Rule, pairs};

/// # What it checks
/// A symptom beside the diagnosis that it is routinely part of; the pairs are our own reading, row by row.
/// # Why
/// Symptoms that belong to a disease are not coded with it. A symptom with another cause may stay.
/// # Example
/// R07.9 with I21.4; R05.1 with J18.9.
pub(super) const RULE: Rule = Rule { key: "symptom-with-definitive", check: pairs };

#[cfg(test)]
mod tests {
    #[test]
    fn a_symptom_belongs_to_its_disease() {
        crate::testing::check(
            "symptom-with-definitive",
            &["I214 R079", "R509 J189", "K3580 R1031", "R0602 I5021"],
            &["R079", "I214 R55", "J189 R7881", "K3580 R319"],
        );
    }
}
