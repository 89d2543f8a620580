//! The edit MANIFESTATION_AS_PDX.

use super::Rule;
use crate::mce::claim::Claim;
use crate::mce::edit::{Edit, Subject};
use crate::mce::flags::MANIFESTATION;

/// # What it checks
/// A principal diagnosis that is a manifestation, "in diseases classified elsewhere".
/// # Why
/// The disease that causes it is sequenced first.
/// # Example
/// D63.1 (anemia in chronic kidney disease) as principal diagnosis.
#[derive(Debug)]
pub(super) struct ManifestationAsPrincipal;

impl Rule for ManifestationAsPrincipal {
    fn edit(&self) -> Edit {
        Edit::ManifestationAsPrincipal
    }

    fn reference(&self) -> &'static str {
        "CMS Definitions of Medicare Code Edits, 'Manifestation code as principal diagnosis'; Official Guidelines I.A.13."
    }

    fn concerns(&self, claim: &Claim<'_>) -> bool {
        claim.principal & MANIFESTATION != 0
    }

    fn check(&self, _claim: &Claim<'_>, found: &mut dyn FnMut(Subject)) {
        found(Subject::Principal);
    }
}
