//! The edit INVALID_ADMIT_DX.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::edit::{Edit, Subject};
use crate::mce::flags::VALID;

/// # What it checks
/// An admitting diagnosis that is no valid code on the discharge date. Neither before nor after payment.
/// # Why
/// The admitting diagnosis does not touch payment, but the claim needs a valid one.
/// # Example
/// E11 (a category, not a code) as admitting diagnosis.
#[derive(Debug)]
pub(super) struct InvalidAdmittingDiagnosis;

impl Rule for InvalidAdmittingDiagnosis {
    fn edit(&self) -> Edit {
        Edit::InvalidAdmittingDiagnosis
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Invalid diagnosis or procedure code'."
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim.admitting.is_some_and(|flags| flags & VALID == 0)
    }

    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        if claim.case.admitting.is_some_and(|a| !a.code.is_blank()) {
            found(Subject::Admitting);
        }
    }

    fn because(&self, claim: &Claim<'_>, _subject: Subject) -> String {
        format!("no valid code on {}", claim.case.discharge_date)
    }
}
