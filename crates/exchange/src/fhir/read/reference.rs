//! What a reference names: relative, absolute, `urn:uuid`, contained, or by an identifier alone.

use chart::intake::{KeyKind, SourceKey};

use super::datatype::{FhirIdentifier, Reference};
use super::known::Known;
use crate::fhir::Source;

/// What kind of thing the record makes of a resource type.
pub(in crate::fhir) fn kind_of(resource_type: &str) -> KeyKind {
    match resource_type {
        "Patient" => KeyKind::Patient,
        "Encounter" => KeyKind::Encounter,
        "DocumentReference" | "Composition" => KeyKind::Document,
        "Practitioner" | "PractitionerRole" | "Organization" | "Location" => KeyKind::Party,
        _ => KeyKind::Entry,
    }
}

/// The key a reference stands for; `None` for a contained resource and for what names nothing.
pub(in crate::fhir) fn key(reference: &Reference, source: &Source, known: &Known) -> Option<SourceKey> {
    let text = reference.reference.0.as_str();
    if text.is_empty() || text.starts_with('#') {
        let identifier = reference.identifier.as_ref()?;
        return by_identifier(identifier, kind_of(&reference.kind.0));
    }
    if let Some(of_bundle) = known.address(text) {
        return Some(of_bundle.clone());
    }
    if let Some((resource_type, query)) = text.split_once("?identifier=") {
        return conditional(resource_type, query);
    }
    Some(of_text(text, &reference.kind.0, source))
}

/// The key of a `Type/id` of this source.
pub(in crate::fhir) fn own_key(type_and_id: &str, source: &Source) -> SourceKey {
    let resource_type = type_and_id.split('/').next().unwrap_or_default();
    SourceKey::new(&source.system, kind_of(resource_type), type_and_id)
}

/// The key of what an identifier names: the same as an HL7 v2 sender's key for it.
pub(in crate::fhir) fn by_identifier(identifier: &FhirIdentifier, kind: KeyKind) -> Option<SourceKey> {
    let value = &identifier.value.0;
    (!value.is_empty()).then(|| SourceKey::new(&identifier.system.0, kind, value))
}

/// `Patient?identifier=system|value`, as transactions write it.
fn conditional(resource_type: &str, query: &str) -> Option<SourceKey> {
    let query = query.replace("%7C", "|").replace("%7c", "|").replace("%3A", ":").replace("%2F", "/");
    let (system, value) = query.split_once('|').unwrap_or(("", &query));
    Some(SourceKey::new(system, kind_of(resource_type), value))
}

/// A reference in words of an address: the part before `Type/id` is whose it is, when it is not the source's own.
fn of_text(text: &str, said_type: &str, source: &Source) -> SourceKey {
    let text = text.split("/_history/").next().unwrap_or(text);
    if text.starts_with("urn:") {
        return SourceKey::new(&source.system, kind_of(said_type), text);
    }
    let mut from_end = text.rmatch_indices('/');
    let before_type = from_end.nth(1).map(|(at, _)| at);
    let Some(at) = before_type else { return own_key(text, source) };
    let (base, type_and_id) = (&text[..at], &text[at + 1..]);
    let own = base == source.system.trim_end_matches('/');
    let system = if own { source.system.as_str() } else { base };
    SourceKey::new(system, kind_of(type_and_id.split('/').next().unwrap_or_default()), type_and_id)
}

#[cfg(test)]
mod tests {
    use super::super::datatype::Text;
    use super::*;

    fn of(text: &str) -> String {
        let source = Source { system: "https://a.example/fhir".into(), zone: jiff::tz::TimeZone::UTC };
        let reference = Reference { reference: Text(text.into()), ..Reference::default() };
        key(&reference, &source, &Known::default()).map_or("-".into(), |key| format!("{:?} {key}", key.kind))
    }

    #[test]
    fn every_way_to_refer_gives_one_key() {
        let own = "Patient https://a.example/fhir|Patient/7";
        assert_eq!(of("Patient/7"), own);
        assert_eq!(of("Patient/7/_history/3"), own);
        assert_eq!(of("https://a.example/fhir/Patient/7"), own);
        assert_eq!(of("https://b.example/r4/Encounter/9"), "Encounter https://b.example/r4|Encounter/9");
        assert_eq!(of("Patient?identifier=urn:mrn|00123"), "Patient urn:mrn|00123");
        assert_eq!(of("#doctor"), "-");
        assert_eq!(of(""), "-");
    }
}
