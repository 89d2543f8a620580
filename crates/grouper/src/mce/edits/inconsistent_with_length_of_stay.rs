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
#[derive(Debug)]
pub(super) struct InconsistentWithLengthOfStay;

impl Rule for InconsistentWithLengthOfStay {
    fn edit(&self) -> Edit {
        Edit::InconsistentWithLengthOfStay
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Procedure inconsistent with length of stay'."
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

    fn because(&self, claim: &Claim<'_>, _subject: Subject) -> String {
        let (days, limit) =
            (claim.case.stay_days.unwrap_or_default(), claim.rules.limit(self.edit()).unwrap_or_default());
        format!("ventilation for more than 96 hours, and the stay lasted {days} days, fewer than {limit}")
    }
}
