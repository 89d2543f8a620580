//! The edit LIMITED_COVERAGE.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::coverage::{Coverage, QUESTIONED, questioned};
use crate::mce::edit::{Edit, Subject};

/// # What it checks
/// A procedure that Medicare pays only under conditions the claim cannot show, such as an approved facility. Not
/// raised where the procedure is not covered at all.
/// # Why
/// The hospital must be able to show that the conditions are met.
/// # Example
/// 02YA0Z0 (heart transplant).
#[derive(Debug)]
pub(super) struct LimitedCoverage;

impl Rule for LimitedCoverage {
    fn edit(&self) -> Edit {
        Edit::LimitedCoverage
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Limited coverage'."
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim.has_procedure(QUESTIONED)
    }

    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        let limited = questioned(claim).filter(|&(_, coverage)| coverage == Coverage::Limited);
        limited.for_each(|(place, _)| found(Subject::Procedure(place)));
    }
}
