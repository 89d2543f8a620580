//! The segments of a claim (loop 2300).

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::segment::Segment;
use super::{ClaimFault, InstitutionalClaim, Loop, Period, ReportedDiagnosis, ValueCode};

/// The most codes of one kind a claim may have; the guide allows 24 of each.
pub(super) const MAX_CODES: usize = 200;

/// The component of a health-care code that holds its present-on-admission indicator.
const PRESENT_ON_ADMISSION: usize = 9;

/// Reads CLM into `claim`.
pub(super) fn open(segment: Segment<'_>, mut claim: InstitutionalClaim) -> Result<InstitutionalClaim, ClaimFault> {
    let bill = segment.element(5);
    segment.element(1).clone_into(&mut claim.patient_control_number);
    claim.total_charges = amount(segment, "CLM02", segment.element(2))?;
    claim.type_of_bill = format!("{}{}", segment.component(bill, 1), segment.component(bill, 3));
    Ok(claim)
}

/// Reads any other segment into `claim`.
pub(super) fn take(segment: Segment<'_>, claim: &mut InstitutionalClaim) -> Result<(), ClaimFault> {
    match (segment.name(), segment.element(1)) {
        ("DTP", "434") => claim.statement = Some(period(segment)?),
        ("DTP", "435") => {
            // Either a day or a day with its hour: CCYYMMDD or CCYYMMDDHHMM.
            let text = segment.element(3);
            let text = if segment.element(2) == "DT" { text.get(..8).unwrap_or(text) } else { text };
            claim.admitted = Some(day(segment, Loop::Claim, "DTP03", text)?);
        }
        ("CL1", _) => {
            segment.element(1).clone_into(&mut claim.admission_type);
            segment.element(2).clone_into(&mut claim.admission_source);
            segment.element(3).clone_into(&mut claim.discharge_status);
        }
        ("REF", "EA") => segment.element(2).clone_into(&mut claim.medical_record_number),
        ("HI", _) => {
            for code in segment.elements().filter(|code| !code.trim().is_empty()) {
                take_code(segment, code, claim)?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// Reads one health-care code of HI: `qualifier:code:…`.
fn take_code(segment: Segment<'_>, given: &str, claim: &mut InstitutionalClaim) -> Result<(), ClaimFault> {
    let (qualifier, code) = (segment.component(given, 1), segment.component(given, 2));
    let diagnosis = || ReportedDiagnosis {
        code: code.to_owned(),
        present_on_admission: segment.component(given, PRESENT_ON_ADMISSION).to_owned(),
    };
    match qualifier {
        "ABK" => claim.principal_diagnosis = diagnosis(),
        "ABJ" => code.clone_into(&mut claim.admitting_diagnosis),
        "ABF" => push(segment, &mut claim.other_diagnoses, diagnosis())?,
        "ABN" => push(segment, &mut claim.external_causes, diagnosis())?,
        "BBR" => {
            push(segment, &mut claim.procedures, code.to_owned())?;
            // The principal procedure stands first, wherever its segment does.
            claim.procedures.rotate_right(1);
        }
        "BBQ" => push(segment, &mut claim.procedures, code.to_owned())?,
        "BG" => push(segment, &mut claim.condition_codes, code.to_owned())?,
        "BE" => {
            let amount = amount(segment, "HI (value code amount)", segment.component(given, 5))?;
            push(segment, &mut claim.value_codes, ValueCode { code: code.to_owned(), amount })?;
        }
        "DR" => code.clone_into(&mut claim.reported_drg),
        "BK" | "BF" | "BJ" | "BN" | "PR" | "BR" | "BQ" => {
            return Err(ClaimFault::Icd9 {
                segment: segment.number,
                within: Loop::Claim,
                qualifier: qualifier.to_owned(),
                code: shortened(code),
            });
        }
        _ => {}
    }
    Ok(())
}

fn push<T>(segment: Segment<'_>, list: &mut Vec<T>, entry: T) -> Result<(), ClaimFault> {
    if list.len() >= MAX_CODES {
        return Err(ClaimFault::TooManyCodes { segment: segment.number, within: Loop::Claim });
    }
    list.push(entry);
    Ok(())
}

/// A statement period: `RD8` first-last, or `D8` for a single day.
fn period(segment: Segment<'_>) -> Result<Period, ClaimFault> {
    let text = segment.element(3);
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let period = Period {
        first: day(segment, Loop::Claim, "DTP03", first)?,
        last: day(segment, Loop::Claim, "DTP03", last)?,
    };
    if period.last < period.first {
        return Err(value_fault(segment, Loop::Claim, "DTP03", text, "a period that does not end before it begins"));
    }
    Ok(period)
}

/// A day as CCYYMMDD.
pub(super) fn day(
    segment: Segment<'_>,
    within: Loop,
    element: &'static str,
    text: &str,
) -> Result<Date, ClaimFault> {
    let well_formed = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse::<i32>().ok().filter(|_| well_formed);
    let day = number.and_then(|n| Date::new((n / 1_00_00) as i16, (n / 1_00 % 1_00) as i8, (n % 1_00) as i8).ok());
    day.ok_or_else(|| value_fault(segment, within, element, text, "a day as CCYYMMDD"))
}

/// A number of dollars or a count, not negative.
fn amount(segment: Segment<'_>, element: &'static str, text: &str) -> Result<Decimal, ClaimFault> {
    let amount: Option<Decimal> = text.parse().ok();
    amount
        .filter(|amount| *amount >= Decimal::ZERO)
        .ok_or_else(|| value_fault(segment, Loop::Claim, element, text, "a number, not negative"))
}

/// The fault of a value in `element`.
pub(super) fn value_fault(
    segment: Segment<'_>,
    within: Loop,
    element: &'static str,
    given: &str,
    expected: &'static str,
) -> ClaimFault {
    ClaimFault::Value { segment: segment.number, within, element, given: shortened(given), expected }
}

/// A text cut to a length that fits a message.
pub(super) fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}
