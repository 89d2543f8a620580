//! The edit UNACCEPTABLE_PDX.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::edit::{Edit, Subject};
use crate::mce::flags::{REQUIRES_SECONDARY, UNACCEPTABLE};

/// # What it checks
/// A principal diagnosis that describes a circumstance and not a current illness or injury.
/// # Why
/// It can explain a stay only beside a diagnosis.
/// # Example
/// Z93.0 (tracheostomy status) as principal diagnosis.
#[derive(Debug)]
pub(super) struct UnacceptablePrincipal;

impl Rule for UnacceptablePrincipal {
    fn edit(&self) -> Edit {
        Edit::UnacceptablePrincipal
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Unacceptable principal diagnosis'."
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim.principal & UNACCEPTABLE != 0
    }

    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        if claim.principal & REQUIRES_SECONDARY == 0 {
            found(Subject::Principal);
        }
    }
}
