//! The edit BILATERAL.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::edit::{Edit, Subject};
use crate::mce::flags::{BILATERAL, MUSCULOSKELETAL};

/// # What it checks
/// A principal diagnosis of the musculoskeletal system with at least two different procedures on the list of
/// possibly bilateral joint operations. Raised once.
/// # Why
/// Two codes may describe one operation on one joint; the record is reviewed after payment.
/// # Example
/// Two joint replacement codes that do not say which side.
#[derive(Debug)]
pub(super) struct Bilateral;

impl Rule for Bilateral {
    fn edit(&self) -> Edit {
        Edit::Bilateral
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Bilateral procedure' (no code is on the list now)."
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim.principal & MUSCULOSKELETAL != 0 && claim.has_procedure(BILATERAL)
    }

    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        let mut first = None;
        for place in claim.procedures_with(BILATERAL) {
            let code = claim.case.procedures[place].code;
            if *first.get_or_insert(code) != code {
                return found(Subject::Procedure(place));
            }
        }
    }
}
