//! The edit INVALID_SEX.

use super::Rule;
use crate::Sex;
use crate::mce::claim::Claim;
use crate::mce::edit::{Edit, Subject};

/// # What it checks
/// A sex that is missing or unknown, for discharges up to the date in `data/mce/edit.tsv`.
/// # Why
/// The sex edits depended on it; CMS ended them on 1 October 2024.
/// # Example
/// Sex U on a discharge of March 2024.
#[derive(Debug)]
pub(super) struct InvalidSex;

impl Rule for InvalidSex {
    fn edit(&self) -> Edit {
        Edit::InvalidSex
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Invalid sex'."
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim.case.sex == Sex::Unknown
    }

    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        debug_assert!(self.concerns(claim));
        found(Subject::Claim);
    }

    fn because(&self, claim: &Claim<'_>, _subject: Subject) -> String {
        format!("the sex is unknown, and the editor asked for one on {}", claim.case.discharge_date)
    }
}
