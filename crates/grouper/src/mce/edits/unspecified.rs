//! The edit UNSPECIFIED.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::edit::{Edit, Subject};
use crate::mce::flags::UNSPECIFIED;

/// # What it checks
/// A diagnosis whose title leaves side or site unspecified while the same category has codes that name it.
/// # Why
/// The record nearly always says which side; the claim is returned until it does or the physician was asked.
/// # Example
/// S72.113N: which femur is not known.
#[derive(Debug)]
pub(super) struct Unspecified;

impl Rule for Unspecified {
    fn edit(&self) -> Edit {
        Edit::Unspecified
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Unspecified code'."
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim.has_diagnosis(UNSPECIFIED)
    }

    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        if claim.principal & UNSPECIFIED != 0 {
            found(Subject::Principal);
        }
        claim.secondary_with(UNSPECIFIED).for_each(|place| found(Subject::Secondary(place)));
    }
}
