//! A diagnosis as `Condition`, an allergy as `AllergyIntolerance`.

use chart::entry::{Allergy, Diagnosis, DiagnosisRole};

use super::Refs;
use super::datatype::{code, concept, concepts, extension, named, note, when};
use super::entry::About;
use crate::fhir::json::Object;
use crate::fhir::{own, table};

/// The diagnosis. Its category is HL7's and, for its role, our own.
pub(super) fn condition(start: Object, one: &Diagnosis, about: About, refs: &dyn Refs) -> Object {
    let present = one.present_on_admission.as_deref().unwrap_or_default();
    let extensions = [
        one.rank.map(|rank| extension(own::RANK, "valuePositiveInt", rank)),
        Some(extension(own::PRESENT_ON_ADMISSION, "valueCode", present)),
    ];
    let verification = about.verification(&one.verification);
    start
        .list("extension", extensions.into_iter().flatten())
        .with(
            "clinicalStatus",
            code("http://terminology.hl7.org/CodeSystem/condition-clinical", &one.clinical_status),
        )
        .with(
            "verificationStatus",
            code("http://terminology.hl7.org/CodeSystem/condition-ver-status", verification),
        )
        .list("category", categories(one.role))
        .maybe("severity", one.severity.as_ref().map(concept))
        .with("code", concept(&one.what))
        .list("bodySite", concepts(&one.sites))
        .with("subject", about.patient)
        .with("encounter", about.encounter)
        .maybe("onsetDateTime", one.onset.map(when))
        .maybe("abatementDateTime", one.abated.map(when))
        .maybe("recordedDate", one.recorded.map(when))
        .maybe("asserter", one.by.as_ref().map(|by| named(by, refs)))
        .list("note", note(&one.note))
}

fn categories(role: DiagnosisRole) -> [Object; 2] {
    let (category, key) = match role {
        DiagnosisRole::Problem => ("problem-list-item", "problem"),
        DiagnosisRole::Admitting => ("encounter-diagnosis", "admitting"),
        DiagnosisRole::Working => ("encounter-diagnosis", "working"),
        DiagnosisRole::Discharge => ("encounter-diagnosis", "discharge"),
        DiagnosisRole::Billing => ("encounter-diagnosis", "billing"),
    };
    [code("http://terminology.hl7.org/CodeSystem/condition-category", category), code(own::ROLE, key)]
}

/// The allergy.
pub(super) fn allergy(start: Object, one: &Allergy, about: About, refs: &dyn Refs) -> Object {
    let verification = about.verification("");
    let reactions = one.reactions.iter().map(|one| Object::new().list("manifestation", [concept(one)]));
    start
        .with(
            "clinicalStatus",
            code("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", &one.status),
        )
        .with(
            "verificationStatus",
            code("http://terminology.hl7.org/CodeSystem/allergyintolerance-verification", verification),
        )
        .with("type", table::bound("AllergyIntolerance.type", &one.category))
        .with("criticality", table::bound("AllergyIntolerance.criticality", &one.criticality))
        .with("code", concept(&one.what))
        .with("patient", about.patient)
        .with("encounter", about.encounter)
        .maybe("onsetDateTime", one.onset.map(when))
        .maybe("recordedDate", one.recorded.map(when))
        .maybe("asserter", one.by.as_ref().map(|by| named(by, refs)))
        .list("note", note(&one.note))
        .list("reaction", reactions)
}
