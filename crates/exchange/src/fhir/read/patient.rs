//! `Patient`: who a person is, and which of two records of one person survives.

use chart::coded::{Coded, Coding};
use chart::intake::{Change, Extent, KeyKind, SourceKey};
use chart::patient::{Address, Contact, Death, Demographics, Name, NameUse, Sex};
use serde::Deserialize;

use super::datatype::{Concept, ContactPoint, Extension, FhirAddress, HumanName, List, Reference, Text};
use super::reading::Reading;

const RACE: &str = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race";
const ETHNICITY: &str = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity";
const RELIGION: &str = "http://hl7.org/fhir/StructureDefinition/patient-religion";
const MAIDEN_NAME: &str = "http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct FhirContact {
    relationship: List<Concept>,
    name: HumanName,
    telecom: List<ContactPoint>,
    address: Option<FhirAddress>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Communication {
    language: Concept,
    preferred: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Link {
    other: Reference,
    #[serde(rename = "type")]
    kind: Text,
}

/// The person, and a merge for each link that tells of one.
pub(super) fn changes(reading: &Reading<'_>) -> Vec<Change> {
    let person = Change::Patient {
        key: reading.key.clone(),
        demographics: Box::new(demographics(reading)),
        extent: Extent::Whole,
    };
    let links: Vec<Link> = reading.many("link");
    let replaced = links.iter().any(|link| link.kind.0 == "replaced-by");
    let died = reading.has("deceasedDateTime") || reading.text("deceasedBoolean") == "true";
    if reading.text("active") == "false" && !replaced && !died {
        reading.remark("/active", "the sender no longer uses this record");
    }
    let merges = links.iter().filter_map(|link| merge(reading, link));
    std::iter::once(person).chain(merges).collect()
}

fn merge(reading: &Reading<'_>, link: &Link) -> Option<Change> {
    let own = reading.key.clone();
    let other = reading.key_of(&link.other).map(|key| SourceKey { kind: KeyKind::Patient, ..key })?;
    match link.kind.0.as_str() {
        "replaced-by" => Some(Change::Merge { survivor: other, absorbed: own }),
        "replaces" => Some(Change::Merge { survivor: own, absorbed: other }),
        _ => {
            reading.remark("/link", "another record of this person is named, without a merge");
            None
        }
    }
}

fn demographics(reading: &Reading<'_>) -> Demographics {
    let addresses = reading.many::<FhirAddress>("address");
    Demographics {
        identifiers: reading.identifiers(),
        names: names(reading),
        sex: sex(&reading.text("gender")),
        birth: reading.when("birthDate").map(day_of),
        death: death(reading),
        addresses: homes_first(addresses),
        telecoms: reading.many::<ContactPoint>("telecom").into_iter().map(Into::into).collect(),
        marital: reading.concept("maritalStatus"),
        race: races(&reading.extensions(RACE)),
        ethnicity: races(&reading.extensions(ETHNICITY)).into_iter().next(),
        language: language(reading),
        religion: religion(reading),
        mothers_maiden_name: reading
            .extensions(MAIDEN_NAME)
            .into_iter()
            .next()
            .map(|one| one.value_string.0)
            .unwrap_or_default(),
        birth_order: reading.one::<u8>("multipleBirthInteger"),
        contacts: reading.many::<FhirContact>("contact").into_iter().map(contact).collect(),
    }
}

/// The names, the legal one first and names no longer used last; otherwise as sent.
fn names(reading: &Reading<'_>) -> Vec<Name> {
    let mut names: Vec<Name> = reading.many::<HumanName>("name").into_iter().map(Name::from).collect();
    names.retain(|name| !name.filed().is_empty());
    names.sort_by_key(|name| name.usage != NameUse::Official);
    names
}

fn sex(code: &str) -> Sex {
    match code {
        "female" => Sex::Female,
        "male" => Sex::Male,
        "other" => Sex::Other,
        _ => Sex::Unknown,
    }
}

/// The date of a moment, in UTC: a birth date is a day, whatever was sent.
fn day_of(when: chart::date::When) -> chart::date::PartialDate {
    match when {
        chart::date::When::Date(date) => date,
        chart::date::When::Instant(at) => at.to_zoned(jiff::tz::TimeZone::UTC).date().into(),
    }
}

fn death(reading: &Reading<'_>) -> Option<Death> {
    let dated = reading.when("deceasedDateTime").map(Death::At);
    dated.or_else(|| (reading.text("deceasedBoolean") == "true").then_some(Death::Undated))
}

fn homes_first(mut addresses: Vec<FhirAddress>) -> Vec<Address> {
    addresses.sort_by_key(|address| address.usage.0 != "home");
    addresses.into_iter().map(Address::from).collect()
}

/// The codes of a US Core race or ethnicity extension, or its text where there is no code.
fn races(extensions: &[Extension]) -> Vec<Coded> {
    let parts = || extensions.iter().flat_map(|one| &one.extension.0);
    let codings = parts().filter_map(|part| part.value_coding.clone()).map(Coding::from);
    let coded: Vec<Coded> = codings.map(|one| Coded::new(&one.system, &one.code, &one.display)).collect();
    if !coded.is_empty() {
        return coded;
    }
    let texts = parts().filter(|part| part.url.0 == "text" && !part.value_string.0.is_empty());
    texts.map(|part| Coded::text(part.value_string.0.clone())).collect()
}

fn language(reading: &Reading<'_>) -> Option<Coded> {
    let mut all: Vec<Communication> = reading.many("communication");
    all.sort_by_key(|one| !one.preferred);
    all.into_iter().next().map(|one| one.language.into())
}

fn religion(reading: &Reading<'_>) -> Option<Coded> {
    reading.extensions(RELIGION).into_iter().find_map(|one| one.value_codeable_concept).map(Coded::from)
}

fn contact(sent: FhirContact) -> Contact {
    Contact {
        name: sent.name.into(),
        relationship: sent.relationship.0.into_iter().next().map(Coded::from).unwrap_or_default(),
        telecoms: sent.telecom.0.into_iter().map(Into::into).collect(),
        address: sent.address.map(Address::from),
    }
}
