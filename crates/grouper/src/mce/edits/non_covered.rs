//! The edit NON_COVERED.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::coverage::{Coverage, QUESTIONED, questioned};
use crate::mce::edit::{Edit, Subject};

/// # What it checks
/// A procedure Medicare does not pay: always, or with the diagnosis, age or other procedures on the claim (a pancreas
/// transplant without kidney transplant or type 1 diabetes; sterilisation for contraception; an artificial heart
/// outside a clinical trial).
/// # Why
/// The stay may not be payable; the patient may have to be told beforehand.
/// # Example
/// 0VT90ZZ with Z30.2 as a diagnosis.
#[derive(Debug)]
pub(super) struct NonCovered;

impl Rule for NonCovered {
    fn edit(&self) -> Edit {
        Edit::NonCovered
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Non-covered procedure'."
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim.has_procedure(QUESTIONED)
    }

    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        let not_covered = questioned(claim).filter(|&(_, coverage)| coverage == Coverage::None);
        not_covered.for_each(|(place, _)| found(Subject::Procedure(place)));
    }
}
