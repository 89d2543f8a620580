//! A patient as `Patient`.

use chart::coded::Coded;
use chart::patient::{Contact, Death, Demographics, Patient, Sex, Standing};

use super::datatype::{address, coding, concept, extension, identifier, name, reference, telecom, when};
use super::{Refs, resource};
use crate::fhir::json::{Json, Object};

const RACE: &str = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race";
const ETHNICITY: &str = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity";
const RELIGION: &str = "http://hl7.org/fhir/StructureDefinition/patient-religion";
const MAIDEN_NAME: &str = "http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName";
/// CDC race and ethnicity codes that US Core calls OMB categories; all others are details.
const OMB: [&str; 7] = ["1002-5", "2028-9", "2054-5", "2076-8", "2106-3", "2135-2", "2186-5"];

/// The patient; one merged into another is no longer active and says by whom it is replaced.
#[must_use]
pub fn patient(patient: &Patient, _: &dyn Refs) -> Json {
    let person = &patient.demographics;
    let into = match patient.standing {
        Standing::Active => None,
        Standing::Merged { into, .. } => Some(into),
    };
    let link = into.map(|into| {
        let other = reference(format!("Patient/{into}"));
        Object::new().with("other", other).with("type", "replaced-by")
    });
    let resource = resource("Patient", &patient.id.to_string(), patient.version, None)
        .list("extension", extensions(person))
        .list("identifier", person.identifiers.iter().map(identifier))
        .with("active", into.is_none());
    demographics(resource, person).list("link", link).into()
}

fn demographics(resource: Object, person: &Demographics) -> Object {
    let gender = match person.sex {
        Sex::Female => "female",
        Sex::Male => "male",
        Sex::Other => "other",
        Sex::Unknown => "unknown",
    };
    let language = person
        .language
        .as_ref()
        .map(|language| Object::new().with("language", concept(language)).with("preferred", true));
    let resource = resource
        .list("name", person.names.iter().map(name))
        .list("telecom", person.telecoms.iter().map(telecom))
        .with("gender", gender)
        .maybe("birthDate", person.birth.map(|birth| birth.to_string()));
    death(resource, person.death)
        .list("address", person.addresses.iter().map(address))
        .maybe("maritalStatus", person.marital.as_ref().map(concept))
        .maybe("multipleBirthInteger", person.birth_order.map(u32::from))
        .list("contact", person.contacts.iter().map(contact))
        .list("communication", language)
}

fn death(resource: Object, death: Option<Death>) -> Object {
    match death {
        None => resource,
        Some(Death::Undated) => resource.with("deceasedBoolean", true),
        Some(Death::At(at)) => resource.with("deceasedDateTime", when(at)),
    }
}

fn contact(contact: &Contact) -> Object {
    Object::new()
        .list("relationship", [concept(&contact.relationship)])
        .with("name", name(&contact.name))
        .list("telecom", contact.telecoms.iter().map(telecom))
        .maybe("address", contact.address.as_ref().map(address))
}

fn extensions(person: &Demographics) -> Vec<Object> {
    let religion = person.religion.as_ref().map(concept).unwrap_or_default();
    vec![
        race(RACE, &person.race),
        race(ETHNICITY, person.ethnicity.as_slice()),
        extension(RELIGION, "valueCodeableConcept", religion),
        extension(MAIDEN_NAME, "valueString", &person.mothers_maiden_name),
    ]
}

/// US Core's race or ethnicity: the codes, and all the words as one text.
fn race(url: &'static str, said: &[Coded]) -> Object {
    if said.is_empty() {
        return Object::new();
    }
    let codes = said.iter().flat_map(|one| &one.codings).map(|one| {
        let kind = if OMB.contains(&one.code.as_str()) { "ombCategory" } else { "detailed" };
        extension(kind, "valueCoding", coding(one))
    });
    let words: Vec<&str> = said.iter().map(|one| one.text.as_str()).collect();
    let text = extension("text", "valueString", words.join("; "));
    Object::new().with("url", url).list("extension", codes.chain([text]))
}
