//! The edit INVALID_AGE.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::edit::{Edit, Subject};

/// # What it checks
/// An age that is missing, negative or above the limit in `data/mce/edit.tsv` (124 years).
/// # Why
/// Every age edit depends on it.
/// # Example
/// An age of 130.
/// # Reference
/// CMS Definitions of Medicare Code Edits, "Invalid age".
#[derive(Debug)]
pub(super) struct InvalidAge;

impl Rule for InvalidAge {
    fn edit(&self) -> Edit {
        Edit::InvalidAge
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim
            .case
            .age_years
            .is_none_or(|age| age < 0 || claim.rules.limit(self.edit()).is_some_and(|limit| age > limit))
    }

    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        debug_assert!(self.concerns(claim));
        found(Subject::Claim);
    }
}
