//! The edit OPEN_BIOPSY.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::edit::{Edit, Subject};
use crate::mce::flags::OPEN_BIOPSY;

/// # What it checks
/// A biopsy coded as open.
/// # Why
/// Closed biopsies were often coded as open, which leads to a surgical DRG.
/// # Example
/// An open biopsy of the lung where the report describes a needle.
#[derive(Debug)]
pub(super) struct OpenBiopsy;

impl Rule for OpenBiopsy {
    fn edit(&self) -> Edit {
        Edit::OpenBiopsy
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Open biopsy check' (no code is on the list now)."
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim.has_procedure(OPEN_BIOPSY)
    }

    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        claim.procedures_with(OPEN_BIOPSY).for_each(|place| found(Subject::Procedure(place)));
    }
}
