//! The segments of a claim (loop 2300) and of its service lines (loop 2400).

use super::codes::take_code;
use super::segment::Segment;
use super::value::{amount, day, period, time};
use super::{ClaimFault, Counted, InstitutionalClaim, Loop, Practitioner, ServiceLine};

/// The most service lines that are read; the guide allows 999.
pub(super) const MAX_LINES: usize = 9_999;

/// The most modifiers of a HCPCS code.
const MAX_MODIFIERS: usize = 4;

/// Reads CLM into `claim`.
pub(super) fn open(
    segment: Segment<'_>,
    mut claim: InstitutionalClaim,
) -> Result<InstitutionalClaim, ClaimFault> {
    let bill = segment.element(5);
    segment.element(1).clone_into(&mut claim.patient_control_number);
    claim.total_charges = amount(segment, Loop::Claim, "CLM02", segment.element(2))?;
    claim.type_of_bill = format!("{}{}", segment.component(bill, 1), segment.component(bill, 3));
    Ok(claim)
}

/// Reads any other segment of loop 2300 into `claim`.
pub(super) fn take(segment: Segment<'_>, claim: &mut InstitutionalClaim) -> Result<(), ClaimFault> {
    match (segment.name(), segment.element(1)) {
        ("DTP", "096") => claim.discharge_time = time(segment.element(3)),
        ("DTP", "434") => {
            claim.statement = Some(period(segment, Loop::Claim, "DTP03", segment.element(3))?);
        }
        ("DTP", "435") => admission(segment, claim)?,
        ("CL1", _) => {
            segment.element(1).clone_into(&mut claim.admission_type);
            segment.element(2).clone_into(&mut claim.admission_source);
            segment.element(3).clone_into(&mut claim.discharge_status);
        }
        ("REF", "EA") => segment.element(2).clone_into(&mut claim.medical_record_number),
        ("REF", "G1") => segment.element(2).clone_into(&mut claim.prior_authorization),
        ("REF", "F8") => segment.element(2).clone_into(&mut claim.replaced_claim),
        ("NTE", "ADD") => segment.element(2).clone_into(&mut claim.remarks),
        ("HI", _) => {
            for code in segment.elements().filter(|code| !code.trim().is_empty()) {
                take_code(segment, code, claim)?;
            }
        }
        ("NM1", "71") => claim.attending = Some(practitioner(segment)),
        ("NM1", "72") => claim.operating = Some(practitioner(segment)),
        ("NM1", "ZZ") => claim.other_operating = Some(practitioner(segment)),
        ("PRV", "AT") => {
            let attending = claim.attending.iter_mut();
            attending.for_each(|attending| segment.element(3).clone_into(&mut attending.taxonomy));
        }
        _ => {}
    }
    Ok(())
}

/// Reads a segment of loop 2400 into `claim`.
pub(super) fn take_line(segment: Segment<'_>, claim: &mut InstitutionalClaim) -> Result<(), ClaimFault> {
    match (segment.name(), segment.element(1)) {
        ("SV2", _) if claim.lines.len() >= MAX_LINES => {
            let (segment, within) = (segment.number, Loop::ServiceLine);
            return Err(ClaimFault::TooManyLines { segment, within });
        }
        ("SV2", _) => claim.lines.push(line(segment)?),
        ("DTP", "472") => {
            let service = period(segment, Loop::ServiceLine, "DTP03", segment.element(3))?;
            claim.lines.last_mut().into_iter().for_each(|line| line.service = Some(service));
        }
        _ => {}
    }
    Ok(())
}

/// Either a day or a day with its hour: CCYYMMDD or CCYYMMDDHHMM.
fn admission(segment: Segment<'_>, claim: &mut InstitutionalClaim) -> Result<(), ClaimFault> {
    let text = segment.element(3);
    let (text, hour) = match segment.element(2) {
        "DT" => text.split_at_checked(8).unwrap_or((text, "")),
        _ => (text, ""),
    };
    claim.admitted = Some(day(segment, Loop::Claim, "DTP03", text)?);
    claim.admission_time = time(hour);
    Ok(())
}

fn practitioner(segment: Segment<'_>) -> Practitioner {
    Practitioner {
        last: segment.element(3).to_owned(),
        first: segment.element(4).to_owned(),
        npi: segment.element(9).to_owned(),
        taxonomy: String::new(),
    }
}

fn line(segment: Segment<'_>) -> Result<ServiceLine, ClaimFault> {
    let number = |element, text| amount(segment, Loop::ServiceLine, element, text);
    let coded = segment.element(2);
    let component = |position| segment.component(coded, position).to_owned();
    let is_hcpcs = segment.component(coded, 1) == "HC";
    let modifiers = (3..3 + MAX_MODIFIERS).map(component).filter(|modifier| is_hcpcs && !modifier.is_empty());
    let non_covered = Some(segment.element(7)).filter(|text| !text.is_empty());
    Ok(ServiceLine {
        revenue_code: segment.element(1).to_owned(),
        hcpcs: if is_hcpcs { component(2) } else { String::new() },
        modifiers: modifiers.collect(),
        charge: number("SV203", segment.element(3))?,
        counted: if segment.element(4) == "DA" { Counted::Days } else { Counted::Units },
        units: number("SV205", segment.element(5))?,
        non_covered: non_covered.map(|text| number("SV207", text)).transpose()?,
        service: None,
    })
}
