//! `Practitioner`, `Organization`, `Location`: entries of the directory.

use chart::coded::Coded;
use chart::directory::{Party, PartyKind};
use chart::intake::Change;
use chart::patient::{Address, Name};
use serde::Deserialize;

use super::datatype::{Concept, ContactPoint, FhirAddress, HumanName};
use super::reading::Reading;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Qualification {
    code: Concept,
}

/// A person who cares; the types are the qualifications.
pub(super) fn practitioner(reading: &Reading<'_>) -> Change {
    let names: Vec<HumanName> = reading.many("name");
    let name = names.into_iter().next().map(|name| Name::from(name).filed()).unwrap_or_default();
    let qualifications: Vec<Qualification> = reading.many("qualification");
    let types = qualifications.into_iter().map(|one| Coded::from(one.code)).collect();
    let active = reading.text("active") != "false";
    change(reading, PartyKind::Practitioner, name, types, active)
}

/// A hospital, department, payer or laboratory.
pub(super) fn organization(reading: &Reading<'_>) -> Change {
    let active = reading.text("active") != "false";
    change(reading, PartyKind::Organization, reading.text("name"), reading.concepts("type"), active)
}

/// A building, ward, room or bed; the types are its own and its physical type.
pub(super) fn location(reading: &Reading<'_>) -> Change {
    let types = reading.concepts("type").into_iter().chain(reading.concept("physicalType")).collect();
    let active = reading.text("status") != "inactive";
    change(reading, PartyKind::Location, reading.text("name"), types, active)
}

fn change(reading: &Reading<'_>, kind: PartyKind, name: String, types: Vec<Coded>, active: bool) -> Change {
    let types = types.into_iter().filter(|one| !one.is_empty()).collect();
    let part_of = reading.named("partOf").or_else(|| reading.named("managingOrganization"));
    let party = Party {
        kind,
        name,
        identifiers: reading.identifiers(),
        types,
        part_of,
        telecoms: reading.many::<ContactPoint>("telecom").into_iter().map(Into::into).collect(),
        address: reading.many::<FhirAddress>("address").into_iter().next().map(Address::from),
        active,
    };
    Change::Party { key: reading.key.clone(), party: Box::new(party) }
}
