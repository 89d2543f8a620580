//! The edit QUESTIONABLE_ADMISSION.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::edit::{Edit, Subject};
use crate::mce::flags::QUESTIONABLE;

/// # What it checks
/// A principal diagnosis that alone seldom needs admission to an acute hospital.
/// # Why
/// Medical necessity of the stay is in doubt.
/// # Example
/// E11.9 (type 2 diabetes without complications) as principal diagnosis.
#[derive(Debug)]
pub(super) struct QuestionableAdmission;

impl Rule for QuestionableAdmission {
    fn edit(&self) -> Edit {
        Edit::QuestionableAdmission
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Questionable admission'."
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim.principal & QUESTIONABLE != 0
    }

    fn check(&self, _claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        found(Subject::Principal);
    }
}
