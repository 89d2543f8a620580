//! The closed codes as a claim reports them.

use chart::coding::{CodeSet, CodedDiagnosis, CodingState, Present};
use chart::encounter::Setting;
use exchange::x12::{ReportedDiagnosis, ReportedProcedure};

use super::Prepared;
use crate::coding::Facts;

/// External causes of morbidity, which a claim reports apart: ICD-10-CM chapter 20, V00 to Y99.
const EXTERNAL: [char; 4] = ['V', 'W', 'X', 'Y'];

/// Puts the codes on the claim. Procedures, admitting diagnosis, DRG and present-on-admission indicators belong to
/// inpatient bills (CMS Internet-Only Manual 100-04, chapter 25, section 75.6).
pub(super) fn put(draft: &mut Prepared, set: &CodeSet, facts: &Facts) {
    let is_stay = facts.setting.has_bed_days();
    let mut diagnoses = set.codes.diagnoses.iter().map(|one| (is_external(one), reported(one, is_stay)));
    draft.claim.principal_diagnosis = diagnoses.next().map(|(_, one)| one).unwrap_or_default();
    let (external, others): (Vec<_>, Vec<_>) = diagnoses.partition(|(is_external, _)| *is_external);
    draft.claim.other_diagnoses = others.into_iter().map(|(_, one)| one).collect();
    draft.claim.external_causes = external.into_iter().map(|(_, one)| one).collect();
    let admitting = set.codes.admitting.map(|code| code.to_string());
    if is_stay {
        draft.claim.admitting_diagnosis = admitting.unwrap_or_default();
        if draft.claim.admitting_diagnosis.is_empty() {
            draft.lacks("The admitting diagnosis: put it with the codes.");
        }
        procedures(draft, set);
    } else {
        draft.claim.visit_reasons = admitting.into_iter().collect();
        reason_for_visit(draft, facts);
    }
    if let CodingState::Final { outcome, .. } = &set.state {
        draft.claim.reported_drg = outcome.drg.map(|drg| format!("{drg:03}")).unwrap_or_default();
    }
    let status = facts.status(&set.codes);
    if status == 0 {
        draft.lacks("The patient's discharge status: put it with the codes.");
    }
    draft.claim.discharge_status = format!("{status:02}");
}

fn is_external(one: &CodedDiagnosis) -> bool {
    one.code.to_string().starts_with(EXTERNAL)
}

fn reported(one: &CodedDiagnosis, is_stay: bool) -> ReportedDiagnosis {
    let present = if is_stay && one.present != Present::Blank { one.present.key() } else { "" };
    ReportedDiagnosis { code: one.code.to_string(), present_on_admission: present.to_owned() }
}

fn procedures(draft: &mut Prepared, set: &CodeSet) {
    for one in &set.codes.procedures {
        if one.day.is_none() {
            draft.lacks(format!("The day of the procedure {}: put it with the codes.", one.code));
        }
        draft.claim.procedures.push(ReportedProcedure { code: one.code.to_string(), on: one.day });
    }
}

/// Of an unscheduled visit the patient's own reason is reported; it is coded as the admitting diagnosis is.
fn reason_for_visit(draft: &mut Prepared, facts: &Facts) {
    let is_unscheduled = matches!(facts.setting, Setting::Emergency | Setting::Observation);
    if is_unscheduled && draft.claim.visit_reasons.is_empty() {
        draft.lacks(
            "The patient's reason for the visit: put its code with the codes, in the place of the admitting diagnosis.",
        );
    }
}
