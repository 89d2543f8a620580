//! What other resources of the same batch say of things that a resource only points to.

use std::collections::HashMap;

use chart::coded::Coded;
use chart::entry::DiagnosisRole;
use chart::intake::SourceKey;
use chart::patient::Name;
use serde::Deserialize;

use super::datatype::{Concept, FhirIdentifier, HumanName, List, Reference, Text};

/// Names, codes and roles learned from the resources of one batch: a bundle, or the folders of an export.
///
/// What is read with the same batch is always read the same. Without a batch, use [`Known::default`].
#[derive(Debug, Default, Clone)]
pub struct Known {
    /// By `Type/id`.
    pointed: HashMap<String, Pointed>,
    /// The role and rank of a condition in its encounter, by `Encounter/id` and `Condition/id`.
    roles: HashMap<(String, String), StatedRole>,
    /// What the addresses mean that a bundle gives its entries.
    addresses: HashMap<String, SourceKey>,
}

/// What a pointer usually leaves out.
#[derive(Debug, Default, Clone)]
pub(in crate::fhir) struct Pointed {
    /// The name of a person, organization or place.
    pub(in crate::fhir) name: String,
    /// The drug, specimen or other thing.
    pub(in crate::fhir) what: Coded,
    /// The physical type of a location: `bd`, `ro`, `wa`, `bu`.
    pub(in crate::fhir) physical: String,
    /// The first identifier.
    pub(in crate::fhir) identifier: Option<FhirIdentifier>,
}

/// What an encounter says a condition is to it.
#[derive(Debug, Default, Clone, Copy)]
pub(in crate::fhir) struct StatedRole {
    pub(in crate::fhir) role: Option<DiagnosisRole>,
    pub(in crate::fhir) rank: Option<u32>,
}

impl Known {
    /// Remembers what this resource says for others: a directory entry, a medication, a specimen, or the diagnoses of
    /// an encounter. Anything else, and what cannot be read, teaches nothing.
    pub fn learn(&mut self, resource: &[u8]) {
        if !may_teach(resource) {
            return;
        }
        let Ok(light) = serde_json::from_slice::<Light>(resource) else { return };
        let key = format!("{}/{}", light.resource_type.0, light.id.0);
        self.learn_as(key, light);
    }

    /// Remembers an entry of a bundle: what its address means, and what it says for others.
    pub(in crate::fhir) fn learn_entry(&mut self, key: &SourceKey, resource: &[u8]) {
        if let Ok(light) = serde_json::from_slice::<Light>(resource) {
            self.learn_as(key.key.clone(), light);
        }
    }

    fn learn_as(&mut self, key: String, light: Light) {
        match light.resource_type.0.as_str() {
            "Encounter" => self.learn_roles(&key, light.diagnosis.0),
            named if TEACHERS.contains(&named) => {
                self.pointed.insert(key, light.pointed());
            }
            _ => {}
        }
    }

    fn learn_roles(&mut self, encounter: &str, diagnoses: Vec<LightDiagnosis>) {
        for one in diagnoses {
            let said = StatedRole { role: role(&one.usage.word()), rank: one.rank };
            let condition = self.own_name(&one.condition.reference.0).to_owned();
            let seen = self.roles.entry((encounter.to_owned(), condition)).or_insert(said);
            // One condition is often named twice, at admission and at discharge: the later stage counts.
            if said.role == Some(DiagnosisRole::Discharge) {
                *seen = said;
            }
        }
    }

    /// Remembers what an address that a bundle gives means.
    pub(in crate::fhir) fn learn_address(&mut self, full_url: String, key: SourceKey) {
        self.addresses.insert(full_url, key);
    }

    pub(in crate::fhir) fn address(&self, text: &str) -> Option<&SourceKey> {
        self.addresses.get(text)
    }

    /// The name by which a reference is remembered: `Type/id`.
    fn own_name<'t>(&'t self, reference: &'t str) -> &'t str {
        self.address(reference).map_or(reference, |key| key.key.as_str())
    }

    pub(in crate::fhir) fn pointed(&self, reference: &str) -> Option<&Pointed> {
        self.pointed.get(self.own_name(reference))
    }

    pub(in crate::fhir) fn role(&self, encounter: &str, condition: &str) -> Option<StatedRole> {
        self.roles.get(&(encounter.to_owned(), condition.to_owned())).copied()
    }
}

/// The types whose names and codes others only point to; encounters teach roles.
const TEACHERS: [&str; 5] = ["Practitioner", "Organization", "Location", "Medication", "Specimen"];

/// Whether a resource names one of those types anywhere: most do not, and need not be parsed twice.
fn may_teach(resource: &[u8]) -> bool {
    let names = |one: &str| memchr::memmem::find(resource, format!("\"{one}\"").as_bytes()).is_some();
    TEACHERS.into_iter().chain(["Encounter"]).any(names)
}

/// The role of a diagnosis by its code of HL7 diagnosis-role; a comorbidity is established by discharge.
pub(in crate::fhir) fn role(code: &str) -> Option<DiagnosisRole> {
    Some(match code {
        "AD" | "CC" => DiagnosisRole::Admitting,
        "DD" | "CM" => DiagnosisRole::Discharge,
        "pre-op" | "post-op" => DiagnosisRole::Working,
        "billing" => DiagnosisRole::Billing,
        _ => return None,
    })
}

/// The elements of a resource that others may want to know; also the shape of a contained resource.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::fhir) struct Light {
    resource_type: Text,
    pub(in crate::fhir) id: Text,
    name: LightName,
    code: Concept,
    #[serde(rename = "type")]
    kind: List<Concept>,
    physical_type: Concept,
    identifier: List<FhirIdentifier>,
    diagnosis: List<LightDiagnosis>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct LightDiagnosis {
    condition: Reference,
    #[serde(rename = "use")]
    usage: Concept,
    rank: Option<u32>,
}

/// The name of a person, a list of parts, or of anything else, a text.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum LightName {
    Text(String),
    People(Vec<HumanName>),
    Other(serde::de::IgnoredAny),
}

impl Default for LightName {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl Light {
    /// What a pointer to it leaves out.
    pub(in crate::fhir) fn pointed(self) -> Pointed {
        let what = match self.resource_type.0.as_str() {
            "Medication" => self.code,
            _ => self.kind.0.into_iter().next().unwrap_or_default(),
        };
        let name = match self.name {
            LightName::Text(name) => name,
            LightName::People(names) => {
                names.into_iter().next().map(|name| Name::from(name).filed()).unwrap_or_default()
            }
            LightName::Other(_) => String::new(),
        };
        let identifier = self.identifier.0.into_iter().next();
        Pointed { name, what: what.into(), physical: self.physical_type.word(), identifier }
    }
}
