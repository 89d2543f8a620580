//! The patient and the stay: form locators 8 to 17, 29, 38.

use exchange::x12::InstitutionalClaim;
use jiff::civil::Time;

use super::parties::address_lines;
use super::{below, locator, row, short_day};
use crate::sheet::FormRow;

/// Form locators 8 to 17.
pub(super) fn rows(claim: &InstitutionalClaim) -> Vec<FormRow> {
    let patient = claim.patient();
    let home = patient.address.as_ref().map(address_lines).unwrap_or_default();
    let born = patient.born.map_or_else(String::new, |born| born.strftime("%m%d%Y").to_string());
    let patient_id = if claim.dependent.is_some() { "" } else { &*claim.subscriber.member_id };
    vec![
        row([
            locator("8a", "Patient ID", 2.0, patient_id),
            locator("8b", "Patient name", 3.0, patient.filed_name()),
            locator("9", "Patient address", 4.0, below(&[&home[0], &home[1]])),
        ]),
        row([
            locator("10", "Birthdate", 1.5, born),
            locator("11", "Sex", 0.7, patient.sex.code()),
            locator("12", "Admission date", 1.5, short_day(claim.admitted)),
            locator("13", "Adm. hour", 1.0, hour(claim.admission_time)),
            locator("14", "Type", 0.8, &*claim.admission_type),
            locator("15", "Source", 0.8, &*claim.admission_source),
            locator("16", "Disch. hour", 1.0, hour(claim.discharge_time)),
            locator("17", "Status", 0.8, &*claim.discharge_status),
            locator("29", "Acdt. state", 1.0, ""),
            locator("30", "Reserved", 0.9, ""),
        ]),
    ]
}

/// The hour of two digits.
fn hour(time: Option<Time>) -> String {
    time.map_or_else(String::new, |time| time.strftime("%H").to_string())
}
