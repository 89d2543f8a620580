//! The codes of a claim (HI segments).

use super::segment::Segment;
use super::value::{amount, day, period, shortened};
use super::{
    ClaimFault, InstitutionalClaim, Loop, Occurrence, OccurrenceSpan, ReportedDiagnosis, ReportedProcedure,
    ValueCode,
};

/// The most entries of one kind that are read; the guide allows 24 codes of each kind.
pub(super) const MAX_CODES: usize = 200;

/// The component of a health-care code that holds its present-on-admission indicator.
const PRESENT_ON_ADMISSION: usize = 9;
/// The component that holds a code's day or period.
const DAY: usize = 4;
/// The component that holds a value code's amount.
const AMOUNT: usize = 5;

/// Reads one health-care code of HI: `qualifier:code:…`.
pub(super) fn take_code(
    segment: Segment<'_>,
    given: &str,
    claim: &mut InstitutionalClaim,
) -> Result<(), ClaimFault> {
    let (qualifier, code) = (segment.component(given, 1), segment.component(given, 2).to_owned());
    let diagnosis = |code: String| {
        let present_on_admission = segment.component(given, PRESENT_ON_ADMISSION).to_owned();
        ReportedDiagnosis { code, present_on_admission }
    };
    match qualifier {
        "ABK" => claim.principal_diagnosis = diagnosis(code),
        "ABJ" => claim.admitting_diagnosis = code,
        "APR" => push(segment, &mut claim.visit_reasons, code)?,
        "ABF" => push(segment, &mut claim.other_diagnoses, diagnosis(code))?,
        "ABN" => push(segment, &mut claim.external_causes, diagnosis(code))?,
        "BBR" => {
            push(segment, &mut claim.procedures, procedure(segment, given, code)?)?;
            // The principal procedure stands first, wherever its segment does.
            claim.procedures.rotate_right(1);
        }
        "BBQ" => push(segment, &mut claim.procedures, procedure(segment, given, code)?)?,
        "BG" => push(segment, &mut claim.condition_codes, code)?,
        "BH" => {
            let on = day(segment, Loop::Claim, "HI (day of an occurrence)", segment.component(given, DAY))?;
            push(segment, &mut claim.occurrences, Occurrence { code, on })?;
        }
        "BI" => {
            let days = segment.component(given, DAY);
            let period = period(segment, Loop::Claim, "HI (occurrence span)", days)?;
            push(segment, &mut claim.occurrence_spans, OccurrenceSpan { code, period })?;
        }
        "BE" => {
            let given = segment.component(given, AMOUNT);
            let amount = amount(segment, Loop::Claim, "HI (value code amount)", given)?;
            push(segment, &mut claim.value_codes, ValueCode { code, amount })?;
        }
        "DR" => claim.reported_drg = code,
        "BK" | "BF" | "BJ" | "BN" | "PR" | "BR" | "BQ" => {
            return Err(ClaimFault::Icd9 {
                segment: segment.number,
                within: Loop::Claim,
                qualifier: qualifier.to_owned(),
                code: shortened(&code),
            });
        }
        _ => {}
    }
    Ok(())
}

fn procedure(segment: Segment<'_>, given: &str, code: String) -> Result<ReportedProcedure, ClaimFault> {
    let on = match segment.component(given, DAY) {
        "" => None,
        text => Some(day(segment, Loop::Claim, "HI (day of a procedure)", text)?),
    };
    Ok(ReportedProcedure { code, on })
}

/// Adds `entry` to `list`, unless it is as long as no claim's.
pub(super) fn push<T>(segment: Segment<'_>, list: &mut Vec<T>, entry: T) -> Result<(), ClaimFault> {
    if list.len() >= MAX_CODES {
        return Err(ClaimFault::TooManyCodes { segment: segment.number, within: Loop::Claim });
    }
    list.push(entry);
    Ok(())
}
