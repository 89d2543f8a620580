//! The edit QUESTIONABLE_OBSTETRIC_ADMISSION.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::edit::{Edit, Subject};
use crate::mce::flags::{CAESAREAN, DELIVERY_OUTCOME, VAGINAL_DELIVERY};

/// # What it checks
/// A caesarean or vaginal delivery procedure without a secondary diagnosis of the outcome of delivery (Z37).
/// # Why
/// Every delivery carries an outcome code; without it the delivery DRGs are not reached.
/// # Example
/// 10D00Z1 without Z37.0.
#[derive(Debug)]
pub(super) struct QuestionableObstetricAdmission;

impl Rule for QuestionableObstetricAdmission {
    fn edit(&self) -> Edit {
        Edit::QuestionableObstetricAdmission
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Questionable obstetric admission'; Official Guidelines I.C.15.b.5."
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim.has_procedure(CAESAREAN | VAGINAL_DELIVERY)
    }

    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        if claim.secondary_with(DELIVERY_OUTCOME).next().is_none() {
            let deliveries = claim.procedures_with(CAESAREAN | VAGINAL_DELIVERY);
            deliveries.for_each(|place| found(Subject::Procedure(place)));
        }
    }

    fn because(&self, claim: &Claim<'_>, subject: Subject) -> String {
        let marks = claim.marks(subject).join(", ");
        format!("a delivery procedure ({marks}) without a secondary diagnosis of the outcome of delivery")
    }
}
