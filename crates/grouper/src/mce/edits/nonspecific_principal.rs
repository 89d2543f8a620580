//! The edit NONSPECIFIC_PDX.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::edit::{Edit, Subject};
use crate::mce::flags::NONSPECIFIC_DX;

/// Discharge status: died.
const DIED: u8 = 20;

/// # What it checks
/// A nonspecific principal diagnosis on a patient who did not die.
/// # Why
/// After study a more exact diagnosis is expected; reviewed after payment.
/// # Example
/// An "unspecified" diagnosis of the older classification.
#[derive(Debug)]
pub(super) struct NonspecificPrincipal;

impl Rule for NonspecificPrincipal {
    fn edit(&self) -> Edit {
        Edit::NonspecificPrincipal
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Nonspecific principal diagnosis' (no code is on the list now)."
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim.principal & NONSPECIFIC_DX != 0
    }

    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        if claim.case.discharge_status != DIED {
            found(Subject::Principal);
        }
    }
}
