//! Whether Medicare covers a procedure: shared by the edits *non-covered* and *limited coverage*, as the second
//! applies only where the first does not.

use super::claim::Claim;
use super::edit::Edit;
use super::flags::{
    ARTIFICIAL_HEART_A, ARTIFICIAL_HEART_B, CLINICAL_TRIAL, DIABETES_TYPE_1, KIDNEY_TRANSPLANT, LIMITED,
    NOT_COVERED, NOT_COVERED_4_5, NOT_COVERED_6, NOT_COVERED_6_DX, NOT_COVERED_7, NOT_COVERED_7_DX,
    NOT_COVERED_12_BY_AGE, NOT_COVERED_Z302, NOT_COVERED_Z302_DX,
};

/// Flags of procedures whose coverage is in question.
pub(crate) const QUESTIONED: u32 = NOT_COVERED
    | NOT_COVERED_4_5
    | NOT_COVERED_6
    | NOT_COVERED_7
    | NOT_COVERED_Z302
    | NOT_COVERED_12_BY_AGE
    | LIMITED
    | ARTIFICIAL_HEART_A
    | ARTIFICIAL_HEART_B;

/// How far Medicare covers a procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coverage {
    Full,
    Limited,
    None,
}

/// Each procedure whose coverage is in question, by its place.
pub(crate) fn questioned(claim: &Claim<'_>) -> impl Iterator<Item = (usize, Coverage)> {
    claim.procedures_with(QUESTIONED).map(|place| (place, of(claim, claim.procedures[place])))
}

fn of(claim: &Claim<'_>, flags: u32) -> Coverage {
    if is_not_covered(claim, flags) {
        Coverage::None
    } else if flags & LIMITED != 0 || is_artificial_heart(claim, flags) {
        Coverage::Limited
    } else {
        Coverage::Full
    }
}

fn is_not_covered(claim: &Claim<'_>, flags: u32) -> bool {
    let marked = |flag: u32| flags & flag != 0;
    // Pancreas transplant: covered with a kidney transplant or for type 1 diabetes.
    let pancreas_alone = !claim.has_procedure(KIDNEY_TRANSPLANT) && !claim.has_diagnosis(DIABETES_TYPE_1);
    let over_age = || {
        let limit = claim.rules.limit(Edit::NonCovered);
        matches!((claim.case.age_years, limit), (Some(age), Some(limit)) if age > limit)
    };
    marked(NOT_COVERED)
        || marked(NOT_COVERED_4_5) && pancreas_alone
        || marked(NOT_COVERED_6) && claim.has_diagnosis(NOT_COVERED_6_DX)
        || marked(NOT_COVERED_7) && claim.has_diagnosis(NOT_COVERED_7_DX)
        || marked(NOT_COVERED_Z302) && claim.has_diagnosis(NOT_COVERED_Z302_DX)
        || marked(NOT_COVERED_12_BY_AGE) && over_age()
        || is_artificial_heart(claim, flags) && !claim.has_diagnosis(CLINICAL_TRIAL)
}

/// A total artificial heart is two codes together; covered only within a clinical trial.
fn is_artificial_heart(claim: &Claim<'_>, flags: u32) -> bool {
    flags & (ARTIFICIAL_HEART_A | ARTIFICIAL_HEART_B) != 0
        && claim.has_procedure(ARTIFICIAL_HEART_A)
        && claim.has_procedure(ARTIFICIAL_HEART_B)
}
