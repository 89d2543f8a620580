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
#[derive(Debug)]
pub(super) struct AgeConflict;

impl Rule for AgeConflict {
    fn edit(&self) -> Edit {
        Edit::AgeConflict
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Age conflict'."
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

    fn because(&self, claim: &Claim<'_>, subject: Subject) -> String {
        let age = claim.case.age_years.unwrap_or_default();
        let marks = claim.marks(subject);
        let flags = claim.flags(subject);
        let (_, from, to) =
            claim.rules.age_ranges.iter().find(|(flag, ..)| flags & flag != 0).copied().unwrap_or_default();
        format!("the code is for ages {from} to {to} ({}), the patient is {age}", marks.join(", "))
    }
}
