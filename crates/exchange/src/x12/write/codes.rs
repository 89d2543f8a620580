//! The codes of a claim (HI segments), in the guide's order.

use super::super::{InstitutionalClaim, ReportedDiagnosis, ReportedProcedure};
use super::draft::{Checked, Draft, code, composite, count, day, days, form, optional_code};
use super::error::WriteFault;

/// Codes to a segment.
const PER_SEGMENT: usize = 12;

/// Writes every code of the claim.
pub(super) fn put(draft: &mut Draft, claim: &InstitutionalClaim) -> Result<(), WriteFault> {
    hi(draft, [diagnosis("ABK", &claim.principal_diagnosis)])?;
    let admitting = &claim.admitting_diagnosis;
    if !admitting.is_empty() {
        hi(draft, [plain("ABJ", "the admitting diagnosis", admitting, 3..=7)])?;
    }
    let reason = |reason: &String| plain("APR", "a reason for the visit", reason, 3..=7);
    hi(draft, claim.visit_reasons.iter().map(reason))?;
    hi(draft, claim.external_causes.iter().map(|cause| diagnosis("ABN", cause)))?;
    if !claim.reported_drg.is_empty() {
        hi(draft, [plain("DR", "the DRG", &claim.reported_drg, 3..=4)])?;
    }
    hi(draft, claim.other_diagnoses.iter().map(|other| diagnosis("ABF", other)))?;
    hi(draft, claim.procedures.iter().take(1).map(|principal| procedure("BBR", principal)))?;
    hi(draft, claim.procedures.iter().skip(1).map(|other| procedure("BBQ", other)))?;
    billing_codes(draft, claim)
}

/// Occurrence, value and condition codes.
fn billing_codes(draft: &mut Draft, claim: &InstitutionalClaim) -> Result<(), WriteFault> {
    let two = |what, given: &str| code(what, given, 2..=2);
    hi(
        draft,
        claim.occurrence_spans.iter().map(|span| {
            let code = two("an occurrence span code", &span.code)?;
            Ok(composite(&["BI", &code, "RD8", &days(span.period)]))
        }),
    )?;
    hi(
        draft,
        claim.occurrences.iter().map(|occurrence| {
            let code = two("an occurrence code", &occurrence.code)?;
            Ok(composite(&["BH", &code, "D8", &day(occurrence.on)]))
        }),
    )?;
    hi(
        draft,
        claim.value_codes.iter().map(|value| {
            let code = two("a value code", &value.code)?;
            Ok(composite(&["BE", &code, "", "", &count("the amount of a value code", value.amount)?]))
        }),
    )?;
    let condition = |condition: &String| plain("BG", "a condition code", condition, 2..=2);
    hi(draft, claim.condition_codes.iter().map(condition))
}

/// Writes `codes`, twelve to a segment; nothing if there are none.
fn hi(draft: &mut Draft, codes: impl IntoIterator<Item = Checked>) -> Result<(), WriteFault> {
    let codes: Vec<String> = codes.into_iter().collect::<Result<_, _>>()?;
    codes.chunks(PER_SEGMENT).for_each(|some| draft.put("HI", some));
    Ok(())
}

fn plain(
    qualifier: &str,
    what: &'static str,
    given: &str,
    lengths: std::ops::RangeInclusive<usize>,
) -> Checked {
    Ok(composite(&[qualifier, &*code(what, given, lengths)?]))
}

fn diagnosis(qualifier: &str, given: &ReportedDiagnosis) -> Checked {
    let code = code("a diagnosis", &given.code, 3..=7)?;
    let present = optional_code("a present-on-admission indicator", &given.present_on_admission, 1..=1)?;
    if !matches!(&*present, "" | "Y" | "N" | "U" | "W") {
        let expected = "Y, N, U, W, or blank where the code is exempt";
        return Err(form("a present-on-admission indicator", &present, expected));
    }
    Ok(composite(&[qualifier, &*code, "", "", "", "", "", "", &*present]))
}

fn procedure(qualifier: &str, given: &ReportedProcedure) -> Checked {
    let code = code("a procedure", &given.code, 7..=7)?;
    let on = given.on.ok_or(WriteFault::Missing("the day of a procedure"))?;
    Ok(composite(&[qualifier, &code, "D8", &day(on)]))
}
