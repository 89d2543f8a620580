//! The edit MEDICARE_IS_SECONDARY_PAYER.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::edit::{Edit, Subject};
use crate::mce::flags::SECONDARY_PAYER;

/// # What it checks
/// A diagnosis that suggests another payer is liable first.
/// # Why
/// Medicare pays second where workers' compensation or liability insurance is to pay; reviewed after payment.
/// # Example
/// A diagnosis of an occupational disease.
#[derive(Debug)]
pub(super) struct MedicareIsSecondaryPayer;

impl Rule for MedicareIsSecondaryPayer {
    fn edit(&self) -> Edit {
        Edit::MedicareIsSecondaryPayer
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Medicare as secondary payer' (no code is on the list now)."
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim.has_diagnosis(SECONDARY_PAYER)
    }

    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        if claim.principal & SECONDARY_PAYER != 0 {
            found(Subject::Principal);
        }
        claim.secondary_with(SECONDARY_PAYER).for_each(|place| found(Subject::Secondary(place)));
    }
}
