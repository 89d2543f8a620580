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
#[derive(Debug)]
pub(super) struct RequiresSecondary;

impl Rule for RequiresSecondary {
    fn edit(&self) -> Edit {
        Edit::RequiresSecondary
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Unacceptable principal diagnosis: requires secondary diagnosis'."
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim.principal & REQUIRES_SECONDARY != 0
    }

    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        if claim.case.secondary.is_empty() {
            found(Subject::Principal);
        }
    }

    fn because(&self, claim: &Claim<'_>, _subject: Subject) -> String {
        format!("{} is acceptable only beside a secondary diagnosis", claim.case.principal.code.dotted())
    }
}
