//! A claim and its service lines (loops 2300 to 2400).

use super::super::{Counted, InstitutionalClaim, Practitioner, ServiceLine};
use super::codes;
use super::draft::{
    Checked, Draft, code, composite, count, day, days, dollars, form, hour, optional_code, required, text,
};
use super::error::WriteFault;

/// Writes the claim.
pub(super) fn put(draft: &mut Draft, claim: &InstitutionalClaim) -> Result<(), WriteFault> {
    let number = required("the patient control number", &claim.patient_control_number, 38)?;
    let total = dollars("the total charge", claim.total_charges)?;
    // Assignment accepted, benefits assigned to the hospital, release of information signed.
    let bill = type_of_bill(&claim.type_of_bill)?;
    draft.put("CLM", &[&*number, &total, "", "", &bill, "", "A", "Y", "Y"]);
    dates(draft, claim)?;
    let admission = [
        code("the type of admission", &claim.admission_type, 1..=1)?,
        optional_code("the point of origin", &claim.admission_source, 1..=1)?,
        code("the discharge status", &claim.discharge_status, 2..=2)?,
    ];
    draft.put("CL1", &admission);
    references(draft, claim)?;
    codes::put(draft, claim)?;
    practitioner(draft, "71", claim.attending.as_ref())?;
    practitioner(draft, "72", claim.operating.as_ref())?;
    practitioner(draft, "ZZ", claim.other_operating.as_ref())?;
    claim.lines.iter().enumerate().try_for_each(|(at, given)| line(draft, at + 1, given))
}

/// `11:A:1` of `111`: facility type, its qualifier, frequency.
fn type_of_bill(given: &str) -> Checked {
    match given.split_at_checked(2) {
        Some((facility, frequency))
            if given.len() == 3 && given.bytes().all(|b| b.is_ascii_alphanumeric()) =>
        {
            Ok(composite(&[facility, "A", frequency]))
        }
        _ => Err(form("the type of bill", given, "three digits without the leading zero, such as 111")),
    }
}

fn dates(draft: &mut Draft, claim: &InstitutionalClaim) -> Result<(), WriteFault> {
    if let Some(time) = claim.discharge_time {
        draft.put("DTP", &["096", "TM", &hour(time)]);
    }
    let statement = claim.statement.ok_or(WriteFault::Missing("the statement period"))?;
    draft.put("DTP", &["434", "RD8", &days(statement)]);
    match (claim.admitted, claim.admission_time) {
        (Some(on), Some(time)) => draft.put("DTP", &["435", "DT", &format!("{}{}", day(on), hour(time))]),
        (Some(on), None) => draft.put("DTP", &["435", "D8", &day(on)]),
        (None, _) => {}
    }
    Ok(())
}

fn references(draft: &mut Draft, claim: &InstitutionalClaim) -> Result<(), WriteFault> {
    let references = [
        ("G1", text("the prior authorization", &claim.prior_authorization, 50)?),
        ("F8", text("the number of the claim that is replaced", &claim.replaced_claim, 50)?),
        ("EA", text("the medical record number", &claim.medical_record_number, 50)?),
    ];
    for (kind, number) in references.iter().filter(|(_, number)| !number.is_empty()) {
        draft.put("REF", &[kind, &**number]);
    }
    let remarks = text("the remarks", &claim.remarks, 80)?;
    if !remarks.is_empty() {
        draft.put("NTE", &["ADD", &remarks]);
    }
    Ok(())
}

fn practitioner(draft: &mut Draft, role: &str, given: Option<&Practitioner>) -> Result<(), WriteFault> {
    let Some(given) = given else { return Ok(()) };
    let last = required("a practitioner's family name", &given.last, 60)?;
    let first = text("a practitioner's given name", &given.first, 35)?;
    let npi = optional_code("a practitioner's national provider identifier", &given.npi, 10..=10)?;
    let qualifier = if npi.is_empty() { "" } else { "XX" };
    draft.put("NM1", &[role, "1", &last, &first, "", "", "", qualifier, &npi]);
    let taxonomy = optional_code("a practitioner's taxonomy code", &given.taxonomy, 10..=10)?;
    match (taxonomy.is_empty(), role) {
        (true, _) => Ok(()),
        (false, "71") => {
            draft.put("PRV", &["AT", "PXC", &taxonomy]);
            Ok(())
        }
        (false, _) => {
            let expected = "none: the guide has a place for the attending provider's only";
            Err(form("the taxonomy code of an operating physician", &taxonomy, expected))
        }
    }
}

fn line(draft: &mut Draft, number: usize, line: &ServiceLine) -> Result<(), WriteFault> {
    draft.put("LX", &[number.to_string()]);
    let counted = match line.counted {
        Counted::Days => "DA",
        Counted::Units => "UN",
    };
    let non_covered = line.non_covered.map(|amount| dollars("a charge that is not covered", amount));
    let elements = [
        code("a revenue code", &line.revenue_code, 4..=4)?,
        procedure(line)?,
        dollars("the charge of a line", line.charge)?,
        counted.to_owned(),
        count("the units of a line", line.units)?,
        String::new(),
        non_covered.transpose()?.unwrap_or_default(),
    ];
    draft.put("SV2", &elements);
    if let Some(service) = line.service {
        let one_day = service.first == service.last;
        let (form, text) = if one_day { ("D8", day(service.first)) } else { ("RD8", days(service)) };
        draft.put("DTP", &["472", form, &text]);
    }
    Ok(())
}

/// `HC:code:modifier…`, or blank.
fn procedure(line: &ServiceLine) -> Checked {
    let hcpcs = optional_code("a HCPCS code", &line.hcpcs, 5..=5)?;
    if hcpcs.is_empty() {
        return if line.modifiers.is_empty() {
            Ok(hcpcs)
        } else {
            Err(WriteFault::Missing("the HCPCS code of a line with modifiers"))
        };
    }
    let mut components = vec!["HC".to_owned(), hcpcs];
    for modifier in &line.modifiers {
        components.push(code("a HCPCS modifier", modifier, 2..=2)?);
    }
    Ok(composite(&components))
}
