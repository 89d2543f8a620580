//! The edit REQUIRES_SDX.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::edit::{Edit, Subject};
use crate::mce::flags::REQUIRES_SECONDARY;

/// # What it checks
/// A principal diagnosis acceptable only beside a secondary diagnosis, on a claim without any.
/// # Why
/// The code alone does not say why the patient was admitted.
/// # Example
/// Z51.89 alone.
/// # Reference
/// CMS Definitions of Medicare Code Edits, "Unacceptable principal diagnosis: requires secondary diagnosis".
#[derive(Debug)]
pub(super) struct RequiresSecondary;

impl Rule for RequiresSecondary {
    fn edit(&self) -> Edit {
        Edit::RequiresSecondary
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim.principal & REQUIRES_SECONDARY != 0
    }

    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        if claim.case.secondary.is_empty() {
            found(Subject::Principal);
        }
    }
}
