//! The edit AGE_CONFLICT.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::edit::{Edit, Subject};
use crate::mce::flags::{ADULT, MATERNITY, NEWBORN, PEDIATRIC};

/// # What it checks
/// A diagnosis that belongs to newborns, children, mothers or adults on a patient of another age. The ages of each
/// category are dated rows of `data/mce/age_range.tsv`.
/// # Why
/// Either the code or the age is wrong, and both reach the payer.
/// # Example
/// O80 (maternity, 9 to 64 years) on a patient of 70 years.
/// # Reference
/// CMS Definitions of Medicare Code Edits, "Age conflict".
#[derive(Debug)]
pub(super) struct AgeConflict;

impl Rule for AgeConflict {
    fn edit(&self) -> Edit {
        Edit::AgeConflict
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim.has_diagnosis(NEWBORN | PEDIATRIC | MATERNITY | ADULT)
    }

    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        let Some(age) = claim.case.age_years.filter(|&age| age >= 0) else {
            return;
        };
        let ranges = &claim.rules.age_ranges;
        let outside = ranges.iter().filter(|(_, from, to)| !(from..=to).contains(&&age));
        let conflicting = outside.fold(0, |flags, (flag, ..)| flags | flag);
        if claim.principal & conflicting != 0 {
            found(Subject::Principal);
        }
        claim.secondary_with(conflicting).for_each(|place| found(Subject::Secondary(place)));
    }
}
