//! The rule `hiv-status`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// HIV disease (B20) does not stand beside asymptomatic infection (Z21) or an inconclusive test (R75).
/// # Why
/// Once an HIV-related illness is documented, B20 is coded ever after and the other two never again.
/// # Example
/// B20 with Z21.
pub(super) const RULE: Rule = Rule { key: "hiv-status", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    if let (Some(disease), Some(status)) = (case.place(List::HivDisease), case.place(List::HivStatus)) {
        let what =
            format!("{} says HIV disease, {} that there is none.", case.name(disease), case.name(status));
        found.add(case, &[status, disease], what, "Keep B20 if the provider documents HIV disease, AIDS or an HIV-related illness, now or earlier; otherwise keep the other.");
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn disease_or_status() {
        crate::testing::check("hiv-status", &["B20 Z21", "R75 B20"], &["B20", "Z21 I10"]);
    }
}
