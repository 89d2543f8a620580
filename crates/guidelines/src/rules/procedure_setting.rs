//! The rule `procedure-setting`.

use super::Rule;
use crate::case::{Case, Found};
use crate::coding::ClaimKind;
use crate::finding::{Coded, Place};

/// # What it checks
/// ICD-10-PCS codes stand on claims of inpatient stays only.
/// # Why
/// Outpatient procedures are claimed with HCPCS. A hospital may keep PCS codes in its own record of any setting.
/// # Example
/// 0DTJ4ZZ on the claim of an ambulatory operation.
pub(super) const RULE: Rule = Rule { key: "procedure-setting", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let is_inpatient = case.coding.setting.is_inpatient();
    if case.coding.procedures.is_empty() || is_inpatient || case.coding.claim == ClaimKind::Record {
        return;
    }
    let codes = case.coding.procedures.iter().enumerate();
    let codes =
        codes.map(|(at, procedure)| Coded { place: Place::Procedure(at), code: procedure.code }).collect();
    let what = "ICD-10-PCS codes on a claim of outpatient care.".to_owned();
    found.put(
        codes,
        what,
        "Claim the procedures with HCPCS codes; keep these in the record if the hospital wants them."
            .to_owned(),
    );
}

#[cfg(test)]
mod tests {
    #[test]
    fn of_inpatients_only() {
        crate::testing::check(
            "procedure-setting",
            &["K3580 | 0DTJ4ZZ | ambulatory-surgery"],
            &["K3580 | 0DTJ4ZZ", "K3580 | 0DTJ4ZZ | clinic record", "K3580 | | clinic"],
        );
    }
}
