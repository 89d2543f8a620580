//! The edit INCONSISTENT_WITH_LENGTH_OF_STAY.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::edit::{Edit, Subject};
use crate::mce::flags::LONG_VENTILATION;

/// # What it checks
/// A procedure that lasts longer than the stay: ventilation for more than 96 consecutive hours on a stay of fewer
/// days than the limit in `data/mce/edit.tsv`.
/// # Why
/// Ventilation over 96 hours leads to a much higher DRG and cannot fit in four days.
/// # Example
/// 5A1955Z on a stay of 3 days.
/// # Reference
/// CMS Definitions of Medicare Code Edits, "Procedure inconsistent with length of stay".
#[derive(Debug)]
pub(super) struct InconsistentWithLengthOfStay;

impl Rule for InconsistentWithLengthOfStay {
    fn edit(&self) -> Edit {
        Edit::InconsistentWithLengthOfStay
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim.has_procedure(LONG_VENTILATION)
    }

    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        let limit = claim.rules.limit(self.edit());
        let stay = claim.case.stay_days.and_then(|days| i16::try_from(days).ok());
        if matches!((stay, limit), (Some(days), Some(limit)) if days < limit) {
            claim.procedures_with(LONG_VENTILATION).for_each(|place| found(Subject::Procedure(place)));
        }
    }
}
