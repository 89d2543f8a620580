//! The edit E_CODE_AS_PDX.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::edit::{Edit, Subject};
use crate::mce::flags::EXTERNAL_CAUSE;

/// # What it checks
/// A principal diagnosis from the chapter of external causes (V00 to Y99).
/// # Why
/// An external cause says how an injury came about, never what the patient has.
/// # Example
/// W19.XXXA (unspecified fall) as principal diagnosis.
#[derive(Debug)]
pub(super) struct ExternalCauseAsPrincipal;

impl Rule for ExternalCauseAsPrincipal {
    fn edit(&self) -> Edit {
        Edit::ExternalCauseAsPrincipal
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'E-code as principal diagnosis'; Official Guidelines I.C.20."
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim.principal & EXTERNAL_CAUSE != 0
    }

    fn check(&self, _claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        found(Subject::Principal);
    }

    fn because(&self, claim: &Claim<'_>, _subject: Subject) -> String {
        format!("{} is an external cause of morbidity", claim.case.principal.code.dotted())
    }
}
