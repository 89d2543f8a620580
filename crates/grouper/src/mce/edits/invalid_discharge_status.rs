//! The edit INVALID_DISCHARGE_STATUS.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::edit::{Edit, Subject};

/// # What it checks
/// A patient discharge status that is not on the list of the discharge date (`data/mce/discharge_status.tsv`).
/// # Why
/// The status decides whether the stay is paid as a transfer, and some DRGs.
/// # Example
/// Status 08.
#[derive(Debug)]
pub(super) struct InvalidDischargeStatus;

impl Rule for InvalidDischargeStatus {
    fn edit(&self) -> Edit {
        Edit::InvalidDischargeStatus
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Invalid discharge status'."
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        !claim.rules.is_status(claim.case.discharge_status)
    }

    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        debug_assert!(self.concerns(claim));
        found(Subject::Claim);
    }

    fn because(&self, claim: &Claim<'_>, _subject: Subject) -> String {
        format!("{:02} is no discharge status on {}", claim.case.discharge_status, claim.case.discharge_date)
    }
}
