//! The edit SEX_CONFLICT.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::edit::{Edit, Subject};
use crate::mce::flags::{FEMALE, FEMALE_PX, MALE, MALE_PX};

/// # What it checks
/// A diagnosis or procedure that belongs to the other sex. An unknown sex fits neither as long as
/// INVALID_SEX is in force, and has no conflict after. The tables mark no code
/// any more for discharges after 30 September 2024.
/// # Why
/// Either the code or the sex is wrong.
/// # Example
/// O80 on a man discharged in 2023.
#[derive(Debug)]
pub(super) struct SexConflict;

impl Rule for SexConflict {
    fn edit(&self) -> Edit {
        Edit::SexConflict
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Sex conflict'."
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim.has_diagnosis(MALE | FEMALE) || claim.has_procedure(MALE_PX | FEMALE_PX)
    }

    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        let other = claim.of_other_sex(MALE, FEMALE);
        if claim.principal & other != 0 {
            found(Subject::Principal);
        }
        claim.secondary_with(other).for_each(|place| found(Subject::Secondary(place)));
        let other = claim.of_other_sex(MALE_PX, FEMALE_PX);
        claim.procedures_with(other).for_each(|place| found(Subject::Procedure(place)));
    }

    fn because(&self, claim: &Claim<'_>, subject: Subject) -> String {
        let marks = claim.marks(subject).join(", ");
        format!("the code is marked {marks}, the patient's sex is {:?}", claim.case.sex)
    }
}
