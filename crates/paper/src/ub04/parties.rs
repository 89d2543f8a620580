//! Who bills, who pays, who is insured, who answered for the care: form locators 1 to 5, 50 to 65, 76 to 81.

use exchange::x12::{Address, InstitutionalClaim, Practitioner};

use super::{below, days, locator, row};
use crate::sheet::FormRow;

/// Form locators 1 to 7.
pub(super) fn of_hospital(claim: &InstitutionalClaim) -> Vec<FormRow> {
    let hospital = &claim.billing_provider;
    let [street, city] = address_lines(&hospital.address);
    let bill = match &*claim.type_of_bill {
        "" => String::new(),
        bill => format!("0{bill}"),
    };
    vec![
        row([
            locator(
                "1",
                "Billing provider",
                4.0,
                below(&[&hospital.name, &street, &city, &hospital.telephone]),
            ),
            locator("2", "Pay-to name and address", 3.0, ""),
            locator("3a", "Patient control no.", 2.0, &*claim.patient_control_number),
            locator("4", "Type of bill", 1.0, bill),
        ]),
        row([
            locator("3b", "Medical record no.", 2.0, &*claim.medical_record_number),
            locator("5", "Federal tax no.", 2.0, &*hospital.tax_number),
            locator("6", "Statement covers period", 2.0, days(claim.statement)),
            locator("7", "Reserved", 1.0, ""),
        ]),
    ]
}

/// Form locators 50 to 65, line A.
pub(super) fn of_payment(claim: &InstitutionalClaim) -> Vec<FormRow> {
    let (payer, subscriber) = (&claim.payer, &claim.subscriber);
    let relation = claim.dependent.as_ref().map_or("18", |dependent| &dependent.relation);
    vec![
        row([
            locator("50A", "Payer name", 3.0, &*payer.name),
            locator("51A", "Health plan ID", 2.0, &*payer.id),
            locator("52A", "Rel. info", 0.8, "Y"),
            locator("53A", "Asg. ben.", 0.8, "Y"),
            locator("54A", "Prior payments", 1.2, ""),
            locator("55A", "Est. amount due", 1.2, ""),
            locator("56", "NPI", 1.6, &*claim.billing_provider.npi),
            locator("57A", "Other prov. ID", 1.2, ""),
        ]),
        row([
            locator("58A", "Insured's name", 3.0, subscriber.person.filed_name()),
            locator("59A", "P. rel.", 0.8, relation),
            locator("60A", "Insured's unique ID", 2.4, &*subscriber.member_id),
            locator("61A", "Group name", 2.0, &*subscriber.group_name),
            locator("62A", "Insurance group no.", 2.0, &*subscriber.group_number),
        ]),
        row([
            locator("63A", "Treatment authorization code", 3.0, &*claim.prior_authorization),
            locator("64A", "Document control number", 3.0, &*claim.replaced_claim),
            locator("65A", "Employer name", 3.0, ""),
        ]),
    ]
}

/// Form locators 76 to 81.
pub(super) fn of_practitioners(claim: &InstitutionalClaim) -> Vec<FormRow> {
    let taxonomy = match &*claim.billing_provider.taxonomy {
        "" => String::new(),
        // B3: the code list of provider taxonomy.
        taxonomy => format!("B3 {taxonomy}"),
    };
    vec![
        row([
            locator("76", "Attending", 1.0, practitioner(claim.attending.as_ref())),
            locator("77", "Operating", 1.0, practitioner(claim.operating.as_ref())),
            locator("78", "Other", 1.0, practitioner(claim.other_operating.as_ref())),
            locator("79", "Other", 1.0, ""),
        ]),
        row([locator("80", "Remarks", 3.0, &*claim.remarks), locator("81a", "Code-code", 1.5, taxonomy)]),
    ]
}

fn practitioner(given: Option<&Practitioner>) -> String {
    let Some(Practitioner { last, first, npi, .. }) = given else { return String::new() };
    let number = if npi.is_empty() { String::new() } else { format!("NPI {npi}") };
    below(&[
        &number,
        &format!("Last {last}"),
        &if first.is_empty() { String::new() } else { format!("First {first}") },
    ])
}

/// Street, and the line of the city.
pub(super) fn address_lines(at: &Address) -> [String; 2] {
    let join = |parts: [&str; 4]| {
        let filled: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        filled.join(" ")
    };
    [join([&at.line, &at.second_line, "", ""]), join([&at.city, &at.state, &at.postal_code, &at.country])]
}
