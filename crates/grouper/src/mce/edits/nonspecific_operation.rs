//! The edit NONSPECIFIC_OR.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::edit::{Edit, Subject};
use crate::mce::flags::{NONSPECIFIC_OPERATION, OPERATING_ROOM};

/// # What it checks
/// Operating-room procedures that are all nonspecific.
/// # Why
/// A nonspecific operation leads to a DRG the record may not support.
/// # Example
/// A single "other operation" code of the older classification.
#[derive(Debug)]
pub(super) struct NonspecificOperation;

impl Rule for NonspecificOperation {
    fn edit(&self) -> Edit {
        Edit::NonspecificOperation
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Nonspecific O.R. procedure' (no code is on the list now)."
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim.has_procedure(NONSPECIFIC_OPERATION)
    }

    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        let specific = |flags: &u32| flags & OPERATING_ROOM != 0 && flags & NONSPECIFIC_OPERATION == 0;
        if !claim.procedures.iter().any(specific) {
            claim.procedures_with(NONSPECIFIC_OPERATION).for_each(|place| found(Subject::Procedure(place)));
        }
    }
}
