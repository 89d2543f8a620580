//! The register of edits: one file each, one line here.

use std::fmt::Debug;

use super::claim::Claim;
use super::edit::{Edit, Subject};

mod age_conflict;
mod bilateral;
mod duplicate_of_principal;
mod external_cause_as_principal;
mod inconsistent_with_length_of_stay;
mod invalid_admitting_diagnosis;
mod invalid_age;
mod invalid_code;
mod invalid_discharge_status;
mod invalid_sex;
mod limited_coverage;
mod manifestation_as_principal;
mod medicare_is_secondary_payer;
mod non_covered;
mod nonspecific_operation;
mod nonspecific_principal;
mod open_biopsy;
mod questionable_admission;
mod questionable_obstetric_admission;
mod requires_secondary;
mod sex_conflict;
mod unacceptable_principal;
mod unspecified;
mod wrong_procedure_performed;

/// Every edit the editor runs.
pub(crate) const RULES: &[&dyn Rule] = &[
    &age_conflict::AgeConflict,
    &bilateral::Bilateral,
    &duplicate_of_principal::DuplicateOfPrincipal,
    &external_cause_as_principal::ExternalCauseAsPrincipal,
    &inconsistent_with_length_of_stay::InconsistentWithLengthOfStay,
    &invalid_admitting_diagnosis::InvalidAdmittingDiagnosis,
    &invalid_age::InvalidAge,
    &invalid_code::InvalidCode,
    &invalid_discharge_status::InvalidDischargeStatus,
    &invalid_sex::InvalidSex,
    &limited_coverage::LimitedCoverage,
    &manifestation_as_principal::ManifestationAsPrincipal,
    &medicare_is_secondary_payer::MedicareIsSecondaryPayer,
    &non_covered::NonCovered,
    &nonspecific_operation::NonspecificOperation,
    &nonspecific_principal::NonspecificPrincipal,
    &open_biopsy::OpenBiopsy,
    &questionable_admission::QuestionableAdmission,
    &questionable_obstetric_admission::QuestionableObstetricAdmission,
    &requires_secondary::RequiresSecondary,
    &sex_conflict::SexConflict,
    &unacceptable_principal::UnacceptablePrincipal,
    &unspecified::Unspecified,
    &wrong_procedure_performed::WrongProcedurePerformed,
];

/// One edit.
pub(crate) trait Rule: Debug + Sync {
    /// The edit it raises.
    fn edit(&self) -> Edit;

    /// Where it is written.
    fn reference(&self) -> &'static str;

    /// Whether the claim can have this edit at all; the cheap question that spares most claims the check.
    fn concerns(&self, claim: &Claim<'_>) -> bool;

    /// Calls `found` for every part of the claim that has the edit.
    fn check(&self, claim: &Claim<'_>, found: &mut dyn FnMut(Subject));

    /// Why it raised the edit on `subject`, with what stands on the claim.
    fn because(&self, claim: &Claim<'_>, subject: Subject) -> String {
        let marks = claim.marks(subject).join(", ");
        format!("the editor's tables mark the code: {marks}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_edit_has_one_rule() {
        let edits: Vec<_> = RULES.iter().map(|rule| rule.edit()).collect();
        assert_eq!(edits, Edit::ALL);
    }
}
