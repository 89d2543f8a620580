//! The edit WRONG_PROCEDURE_PERFORMED.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::edit::{Edit, Subject};
use crate::mce::flags::WRONG_PROCEDURE;

/// # What it checks
/// A diagnosis that says a wrong operation was done, or on the wrong patient, or on the wrong side.
/// # Why
/// Medicare does not pay for it (National Coverage Determinations 140.6 to 140.8).
/// # Example
/// Y65.52 (procedure on patient not scheduled for surgery).
#[derive(Debug)]
pub(super) struct WrongProcedurePerformed;

impl Rule for WrongProcedurePerformed {
    fn edit(&self) -> Edit {
        Edit::WrongProcedurePerformed
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Wrong procedure performed'."
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim.has_diagnosis(WRONG_PROCEDURE)
    }

    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        if claim.principal & WRONG_PROCEDURE != 0 {
            found(Subject::Principal);
        }
        claim.secondary_with(WRONG_PROCEDURE).for_each(|place| found(Subject::Secondary(place)));
    }
}
