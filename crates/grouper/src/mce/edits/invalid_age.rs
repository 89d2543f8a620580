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
#[derive(Debug)]
pub(super) struct InvalidAge;

impl Rule for InvalidAge {
    fn edit(&self) -> Edit {
        Edit::InvalidAge
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Invalid age'."
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

    fn because(&self, claim: &Claim<'_>, _subject: Subject) -> String {
        let limit = claim.rules.limit(self.edit()).unwrap_or_default();
        match claim.case.age_years {
            Some(age) => format!("the age is {age}, allowed are 0 to {limit}"),
            None => "no age is given".to_owned(),
        }
    }
}
