//! An entry of the directory as `Practitioner`, `Organization` or `Location`.

use chart::directory::{Party, PartyKind};
use chart::id::PartyId;

use super::Refs;
use super::datatype::{address, concept, concepts, identifier, named, telecom};
use crate::fhir::json::{Json, Object};

/// The entry. R4 has no element for what a practitioner is part of; that is a PractitionerRole.
#[must_use]
pub fn party(id: PartyId, party: &Party, refs: &dyn Refs) -> Json {
    let written = match party.kind {
        PartyKind::Practitioner => practitioner(id, party),
        PartyKind::Organization => organization(id, party, refs),
        PartyKind::Location => location(id, party, refs),
    };
    written.into()
}

fn start(resource_type: &str, id: PartyId, party: &Party) -> Object {
    Object::resource(resource_type)
        .with("id", id.to_string())
        .list("identifier", party.identifiers.iter().map(identifier))
}

fn practitioner(id: PartyId, party: &Party) -> Object {
    let (family, given) = party.name.split_once(", ").unwrap_or((&party.name, ""));
    let name = Object::new().with("family", family).list("given", given.split(' '));
    start("Practitioner", id, party)
        .with("active", party.active)
        .list("name", [name])
        .list("telecom", party.telecoms.iter().map(telecom))
        .list("address", party.address.iter().map(address))
        .list("qualification", party.types.iter().map(|one| Object::new().with("code", concept(one))))
}

fn organization(id: PartyId, party: &Party, refs: &dyn Refs) -> Object {
    start("Organization", id, party)
        .with("active", party.active)
        .list("type", concepts(&party.types))
        .with("name", &party.name)
        .list("telecom", party.telecoms.iter().map(telecom))
        .list("address", party.address.iter().map(address))
        .maybe("partOf", party.part_of.as_ref().map(|whole| named(whole, refs)))
}

fn location(id: PartyId, party: &Party, refs: &dyn Refs) -> Object {
    start("Location", id, party)
        .with("status", if party.active { "active" } else { "inactive" })
        .with("name", &party.name)
        .list("type", concepts(&party.types))
        .list("telecom", party.telecoms.iter().map(telecom))
        .maybe("address", party.address.as_ref().map(address))
        .maybe("partOf", party.part_of.as_ref().map(|whole| named(whole, refs)))
}
