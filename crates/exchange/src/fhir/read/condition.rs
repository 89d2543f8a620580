//! `Condition`: a diagnosis or problem.

use chart::coded::Coded;
use chart::entry::{Diagnosis, DiagnosisRole};

use super::known::{self, StatedRole};
use super::reading::Reading;
use crate::fhir::own;

/// What the condition says. Its role is the encounter's word where the batch has it, else its own category's.
pub(super) fn diagnosis(reading: &Reading<'_>) -> Diagnosis {
    let stated = stated_role(reading);
    let verification = reading.word("verificationStatus");
    Diagnosis {
        what: reading.coded("code"),
        role: stated.role.unwrap_or_else(|| own_role(reading, &verification)),
        rank: rank(reading).or(stated.rank),
        clinical_status: reading.word("clinicalStatus"),
        verification,
        severity: reading.concept("severity"),
        sites: reading.concepts("bodySite"),
        present_on_admission: reading
            .extensions(own::PRESENT_ON_ADMISSION)
            .into_iter()
            .next()
            .map(|one| one.value_code.0),
        onset: reading.span("onset").0,
        abated: reading.span("abatement").0,
        recorded: reading.when("recordedDate"),
        by: reading.named("asserter").or_else(|| reading.named("recorder")),
        note: reading.note(),
    }
}

/// What the encounter of this condition says of it, when it came in the same batch.
fn stated_role(reading: &Reading<'_>) -> StatedRole {
    let stated =
        reading.encounter().and_then(|encounter| reading.known.role(&encounter.key, &reading.key.key));
    stated.unwrap_or_default()
}

fn rank(reading: &Reading<'_>) -> Option<u32> {
    reading.extensions(own::RANK).first().and_then(|one| one.value_positive_int)
}

/// The role by its category: our own code, HL7 diagnosis-role, or condition-category.
fn own_role(reading: &Reading<'_>, verification: &str) -> DiagnosisRole {
    let categories = reading.concepts("category");
    categories.iter().find_map(role_of).unwrap_or_else(|| {
        let of_encounter = categories.iter().any(|one| has(one, "encounter-diagnosis"));
        let settled = matches!(verification, "" | "confirmed");
        match (of_encounter, settled) {
            (false, _) => DiagnosisRole::Problem,
            (true, true) => DiagnosisRole::Discharge,
            (true, false) => DiagnosisRole::Working,
        }
    })
}

fn role_of(category: &Coded) -> Option<DiagnosisRole> {
    let own = category.code(own::ROLE).and_then(|key| match key {
        "problem" => Some(DiagnosisRole::Problem),
        "admitting" => Some(DiagnosisRole::Admitting),
        "working" => Some(DiagnosisRole::Working),
        "discharge" => Some(DiagnosisRole::Discharge),
        "billing" => Some(DiagnosisRole::Billing),
        _ => None,
    });
    own.or_else(|| category.codings.iter().find_map(|coding| known::role(&coding.code)))
}

fn has(category: &Coded, code: &str) -> bool {
    category.codings.iter().any(|coding| coding.code == code)
}
