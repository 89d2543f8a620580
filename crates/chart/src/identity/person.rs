//! What the record knows of a person, as the comparison takes it.

use super::raw::{Raw, RecordNumber};
use crate::patient::{Address, Demographics, Identifier, Name, NameUse, Sex};

/// Identifier types of HL7 table 0203 that name one person: medical record, patient, enterprise, driver's licence,
/// passport and Medicare numbers. Account and visit numbers name a stay, and a subscriber's number is shared by a family.
const OF_ONE_PERSON: [&str; 7] = ["MR", "PI", "PT", "PE", "DL", "PPN", "MC"];
/// The type of a Social Security number in the same table, and its system in FHIR.
const SOCIAL_SECURITY: &str = "SS";
const SOCIAL_SECURITY_SYSTEM: &str = "http://hl7.org/fhir/sid/us-ssn";

impl From<&Demographics> for Raw {
    fn from(person: &Demographics) -> Self {
        let name = person.names.first().cloned().unwrap_or_default();
        let address = person.addresses.first().cloned().unwrap_or_default();
        let mut given = name.given.into_iter();
        Self {
            surname: name.family,
            given: given.next().unwrap_or_default(),
            middle: given.collect::<Vec<_>>().join(" "),
            suffix: name.suffix,
            previous_surnames: person
                .names
                .iter()
                .filter(|name| is_former(name))
                .map(|n| n.family.clone())
                .collect(),
            birth_date: person.birth.map(|date| date.to_string()).unwrap_or_default(),
            sex: sex(person.sex).to_owned(),
            birth_order: person.birth_order,
            ssn: person
                .identifiers
                .iter()
                .find(|id| is_social_security(id))
                .map(|id| id.value.clone())
                .unwrap_or_default(),
            phones: person.telecoms.iter().filter(|t| t.system == "phone").map(|t| t.value.clone()).collect(),
            house_number: String::new(),
            street: street(&address).to_owned(),
            city: address.city,
            state: address.state,
            zip: address.zip,
            record_numbers: person
                .identifiers
                .iter()
                .filter(|id| is_of_one_person(id))
                .map(record_number)
                .collect(),
        }
    }
}

fn is_former(name: &Name) -> bool {
    matches!(name.usage, NameUse::Maiden | NameUse::Former)
}

fn is_social_security(identifier: &Identifier) -> bool {
    identifier.kind == SOCIAL_SECURITY || identifier.system == SOCIAL_SECURITY_SYSTEM
}

/// An identifier of no stated type is taken for one person's: interfaces that name the type name it for the others.
fn is_of_one_person(identifier: &Identifier) -> bool {
    let kind = identifier.kind.as_str();
    !is_social_security(identifier) && (kind.is_empty() || OF_ONE_PERSON.contains(&kind))
}

fn record_number(identifier: &Identifier) -> RecordNumber {
    RecordNumber { issuer: identifier.system.clone(), value: identifier.value.clone() }
}

fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "F",
        Sex::Male => "M",
        Sex::Other => "O",
        Sex::Unknown => "",
    }
}

/// The line that has the house number; a building or `c/o` may stand before it.
fn street(address: &Address) -> &str {
    let numbered = |line: &&String| line.trim_start().starts_with(|c: char| c.is_ascii_digit());
    address.lines.iter().find(numbered).or(address.lines.first()).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::PartialDate;
    use crate::identity::{Field, Traits, Vocabulary};

    fn identifier(system: &str, kind: &str, value: &str) -> Identifier {
        Identifier { system: system.into(), kind: kind.into(), value: value.into() }
    }

    #[test]
    fn a_patient_of_the_record_is_compared_by_what_is_theirs() {
        let name = |family: &str, usage| Name { family: family.into(), usage, ..Name::default() };
        let person = Demographics {
            identifiers: vec![
                identifier("MERCY", "MR", "00123"),
                identifier("MERCY", "AN", "55501"),
                identifier(SOCIAL_SECURITY_SYSTEM, "", "536-21-9874"),
            ],
            names: vec![
                Name {
                    given: vec!["Mary".into(), "Ann".into(), "Rose".into()],
                    ..name("Jones", NameUse::Official)
                },
                name("Miller", NameUse::Maiden),
            ],
            sex: Sex::Female,
            birth: Some(PartialDate::Month(1956, 4)),
            addresses: vec![Address {
                lines: vec!["Rose Court".into(), "12 Oak St".into()],
                ..Address::default()
            }],
            ..Demographics::default()
        };
        let traits = Traits::normalise(&Raw::from(&person), Vocabulary::shipped());
        let shown: Vec<String> = Field::ALL.into_iter().filter_map(|field| traits.shown(field)).collect();
        assert_eq!(shown, ["JONES", "MARY", "ANNROSE", "1956-04", "F", "536219874", "OAK ST", "12", "123"]);
        assert_eq!(
            traits.former_surnames.iter().map(super::super::Name::whole).collect::<Vec<_>>(),
            ["MILLER"]
        );
    }
}
