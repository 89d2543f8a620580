//! The edit DUPLICATE_OF_PDX.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::edit::{Edit, Subject};

/// # What it checks
/// A secondary diagnosis with the same code as the principal diagnosis.
/// # Why
/// It adds nothing, and would count as a complication of itself.
/// # Example
/// I50.21 as principal and again as third secondary diagnosis.
#[derive(Debug)]
pub(super) struct DuplicateOfPrincipal;

impl Rule for DuplicateOfPrincipal {
    fn edit(&self) -> Edit {
        Edit::DuplicateOfPrincipal
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Duplicate of PDX'."
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim.case.secondary.iter().any(|s| s.code == claim.case.principal.code)
    }

    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        let principal = claim.case.principal.code;
        for (place, secondary) in claim.case.secondary.iter().enumerate() {
            if secondary.code == principal && !principal.is_blank() {
                found(Subject::Secondary(place));
            }
        }
    }

    fn because(&self, claim: &Claim<'_>, _subject: Subject) -> String {
        format!("{} is the principal diagnosis", claim.case.principal.code.dotted())
    }
}
