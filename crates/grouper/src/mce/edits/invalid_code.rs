//! The edit INVALID_CODE.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::edit::{Edit, Subject};
use crate::mce::flags::VALID;

/// # What it checks
/// A principal diagnosis, secondary diagnosis or procedure that is no valid code on the discharge date. A blank
/// field, or one of zeros, is no code: an error for the principal diagnosis, passed over elsewhere.
/// # Why
/// Codes begin and end with dates; a claim with an invalid code is returned.
/// # Example
/// E11 (a category) or a code deleted on 1 October before the discharge.
#[derive(Debug)]
pub(super) struct InvalidCode;

impl Rule for InvalidCode {
    fn edit(&self) -> Edit {
        Edit::InvalidCode
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Invalid diagnosis or procedure code'."
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        !claim.all_valid
    }

    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        if claim.principal & VALID == 0 {
            found(Subject::Principal);
        }
        for (place, (flags, secondary)) in claim.secondary.iter().zip(&claim.case.secondary).enumerate() {
            if flags & VALID == 0 && !secondary.code.is_absent() {
                found(Subject::Secondary(place));
            }
        }
        for (place, (flags, procedure)) in claim.procedures.iter().zip(&claim.case.procedures).enumerate() {
            if flags & VALID == 0 && !procedure.code.is_absent() {
                found(Subject::Procedure(place));
            }
        }
    }

    fn because(&self, claim: &Claim<'_>, _subject: Subject) -> String {
        format!("no valid code on {}", claim.case.discharge_date)
    }
}
