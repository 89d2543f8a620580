//! The header: patient, document, and the encounter it is about.

use chart::coded::{Coded, system};
use chart::date::When;
use chart::directory::Named;
use chart::document::{Attestation, DocumentContent, DocumentStatus, Relation, RelationKind};
use chart::encounter::{Attendance, Attends, Move, Place, Setting, Stay, Visit};
use chart::intake::{KeyKind, Refusal, SourceKey};
use chart::patient::{Contact, Death, Demographics, Identifier, Name, Sex};
use jiff::Timestamp;
use roxmltree::Node;

use super::desk::Desk;
use super::types;
use super::xml::{at, attribute, child, children, place, words};
use crate::hl7::time;

/// The patient's role in the document.
pub(super) fn patient_role<'a, 'i>(root: Node<'a, 'i>, desk: &Desk<'_, '_>) -> Result<Node<'a, 'i>, Refusal> {
    let mut targets = children(root, "recordTarget");
    let role = targets.next().and_then(|target| child(target, "patientRole"));
    if targets.next().is_some() {
        desk.note("recordTarget: more than one patient; the document is filed with the first".into());
    }
    let what = "the document names no patient; it cannot be filed by itself, index it by hand";
    role.ok_or_else(|| Refusal { place: "/ClinicalDocument/recordTarget".into(), what: what.into() })
}

/// The key of the patient: the first number that is not the social security number.
pub(super) fn patient_key(role: Node<'_, '_>) -> Result<SourceKey, Refusal> {
    let numbers: Vec<(String, String)> = children(role, "id").filter_map(types::instance).collect();
    let chosen = numbers.iter().find(|(issuer, _)| issuer != system::SSN).or(numbers.first());
    let what = "no patient number (id with root and extension); index the document by hand";
    let (issuer, number) =
        chosen.cloned().ok_or_else(|| Refusal { place: place(role), what: what.into() })?;
    Ok(SourceKey::new(issuer, KeyKind::Patient, number))
}

/// Who the patient is.
pub(super) fn demographics(role: Node<'_, '_>, desk: &Desk<'_, '_>) -> Demographics {
    let mut known = Demographics {
        identifiers: numbers(role),
        addresses: children(role, "addr").filter_map(types::address).collect(),
        telecoms: children(role, "telecom").filter_map(types::telecom).collect(),
        ..Demographics::default()
    };
    let Some(patient) = child(role, "patient") else {
        desk.remark(role, "nothing but numbers is said of the patient");
        return known;
    };
    let code = |name| child(patient, name).and_then(|node| types::coded(node, desk));
    known.names = children(patient, "name").filter_map(types::name).collect();
    known.sex = sex(patient);
    known.birth = child(patient, "birthTime").and_then(|birth| time::date(attribute(birth, "value")?));
    known.death = death(patient, desk);
    known.marital = code("maritalStatusCode");
    known.religion = code("religiousAffiliationCode");
    known.race = children(patient, "raceCode").filter_map(|race| types::coded(race, desk)).collect();
    known.ethnicity = code("ethnicGroupCode");
    known.language = language(patient, desk);
    known.birth_order =
        child(patient, "multipleBirthOrderNumber").and_then(|order| attribute(order, "value")?.parse().ok());
    known.contacts = children(patient, "guardian").filter_map(|guardian| contact(guardian, desk)).collect();
    known
}

fn numbers(role: Node<'_, '_>) -> Vec<Identifier> {
    let mut numbers = types::identifiers(role, "id", "");
    for number in numbers.iter_mut().filter(|number| number.system == system::SSN) {
        number.kind = "SS".into();
    }
    numbers
}

fn sex(patient: Node<'_, '_>) -> Sex {
    match child(patient, "administrativeGenderCode").and_then(|code| attribute(code, "code")) {
        Some("F") => Sex::Female,
        Some("M") => Sex::Male,
        Some("UN") => Sex::Other,
        _ => Sex::Unknown,
    }
}

fn death(patient: Node<'_, '_>, desk: &Desk<'_, '_>) -> Option<Death> {
    let when = child(patient, "deceasedTime").and_then(|time| types::when(time, desk));
    let died = child(patient, "deceasedInd").and_then(|told| attribute(told, "value")) == Some("true");
    when.map(Death::At).or(died.then_some(Death::Undated))
}

/// The preferred language, else the first.
fn language(patient: Node<'_, '_>, desk: &Desk<'_, '_>) -> Option<Coded> {
    let all: Vec<_> = children(patient, "languageCommunication").collect();
    let preferred = |one: &&Node<'_, '_>| {
        child(**one, "preferenceInd").and_then(|told| attribute(told, "value")) == Some("true")
    };
    let chosen = all.iter().find(preferred).or(all.first())?;
    types::coded(child(*chosen, "languageCode")?, desk)
}

fn contact(guardian: Node<'_, '_>, desk: &Desk<'_, '_>) -> Option<Contact> {
    let person =
        at(guardian, &["guardianPerson"]).and_then(|person| children(person, "name").find_map(types::name));
    let organization =
        || Some(Name { family: words(at(guardian, &["guardianOrganization", "name"])?), ..Name::default() });
    let relationship = child(guardian, "code").and_then(|code| types::coded(code, desk));
    Some(Contact {
        name: person.or_else(organization)?,
        relationship: relationship.unwrap_or_else(|| Coded::text("guardian")),
        telecoms: children(guardian, "telecom").filter_map(types::telecom).collect(),
        address: children(guardian, "addr").find_map(types::address),
    })
}

/// Contacts among the participants: next of kin, emergency contacts, caregivers (typeCode IND).
pub(super) fn contacts(root: Node<'_, '_>, desk: &Desk<'_, '_>) -> Vec<Contact> {
    let entities = children(root, "participant").filter(|one| attribute(*one, "typeCode") == Some("IND"));
    let entities = entities.filter_map(|one| child(one, "associatedEntity"));
    let read = |entity: Node<'_, '_>| {
        let words = match attribute(entity, "classCode") {
            Some("ECON") => "emergency contact",
            Some("NOK") => "next of kin",
            Some("CAREGIVER") => "care giver",
            Some("PRS") => "relative",
            _ => return None,
        };
        let relationship = child(entity, "code").and_then(|code| types::coded(code, desk));
        Some(Contact {
            name: children(at(entity, &["associatedPerson"])?, "name").find_map(types::name)?,
            relationship: relationship.unwrap_or_else(|| Coded::text(words)),
            telecoms: children(entity, "telecom").filter_map(types::telecom).collect(),
            address: children(entity, "addr").find_map(types::address),
        })
    };
    entities.filter_map(read).collect()
}

/// The key of the document; one without an identifier is known by the digest of its bytes.
pub(super) fn document_key(root: Node<'_, '_>, bytes: &[u8], source: &str, desk: &Desk<'_, '_>) -> SourceKey {
    if let Some((issuer, number)) = types::first_id(root) {
        return SourceKey::new(issuer, KeyKind::Document, number);
    }
    desk.note("/ClinicalDocument/id: no identifier; the document is known by its bytes, and a new version is a new document".into());
    SourceKey::new(source, KeyKind::Document, chart::id::Digest::of(bytes).to_string())
}

/// What the header says of the document.
pub(super) fn document(root: Node<'_, '_>, desk: &Desk<'_, '_>) -> DocumentContent {
    let kind = child(root, "code").and_then(|code| types::coded(code, desk));
    let kind = kind.unwrap_or_else(|| Coded::text("Clinical document"));
    let title = child(root, "title").map(words).filter(|title| !title.is_empty());
    let signatures = signatures(root, desk);
    let mut identifiers = types::identifiers(root, "id", "");
    identifiers.extend(types::identifiers(root, "setId", "SET"));
    DocumentContent {
        title: title.unwrap_or_else(|| kind.text.clone()),
        status: if signatures.is_empty() { DocumentStatus::Preliminary } else { DocumentStatus::Final },
        written: child(root, "effectiveTime").and_then(|time| types::when(time, desk)),
        authors: authors(root, desk),
        signatures,
        relation: relation(root, desk),
        identifiers,
        kind,
        ..DocumentContent::default()
    }
}

/// Those who wrote, people before devices.
fn authors(root: Node<'_, '_>, desk: &Desk<'_, '_>) -> Vec<Named> {
    let mut roles: Vec<_> =
        children(root, "author").filter_map(|author| child(author, "assignedAuthor")).collect();
    roles.sort_by_key(|role| child(*role, "assignedPerson").is_none());
    roles.into_iter().filter_map(|role| types::named(role, desk)).collect()
}

/// The legal authenticator, then the others; only those who have signed (signatureCode S) or of whom it is not said.
fn signatures(root: Node<'_, '_>, desk: &Desk<'_, '_>) -> Vec<Attestation> {
    let kinds = [("legalAuthenticator", "legal authenticator"), ("authenticator", "authenticator")];
    let all =
        kinds.into_iter().flat_map(|(name, meaning)| children(root, name).map(move |node| (node, meaning)));
    all.filter_map(|(node, meaning)| {
        let code = child(node, "signatureCode").and_then(|code| attribute(code, "code")).unwrap_or("S");
        if code != "S" {
            desk.remark(node, "named as one who has yet to sign; no signature was taken");
            return None;
        }
        let by = types::named(child(node, "assignedEntity")?, desk)?;
        let at = child(node, "time").and_then(|time| types::when(time, desk));
        Some(Attestation { by, meaning: meaning.into(), at })
    })
    .collect()
}

/// How the document stands to an earlier one. A transformation (XFRM) is of another form, not another content.
fn relation(root: Node<'_, '_>, desk: &Desk<'_, '_>) -> Option<Relation> {
    children(root, "relatedDocument").find_map(|related| {
        let kind = match attribute(related, "typeCode") {
            Some("RPLC") => RelationKind::Replaces,
            Some("APND") => RelationKind::Appends,
            _ => {
                desk.remark(related, "made from another form of the same document; no relation was taken");
                return None;
            }
        };
        let (issuer, number) = types::first_id(child(related, "parentDocument")?)?;
        Some(Relation { kind, target: SourceKey::new(issuer, KeyKind::Document, number) })
    })
}

/// The encounter the document is about, with its key.
pub(super) fn encounter(root: Node<'_, '_>, desk: &Desk<'_, '_>) -> Option<(SourceKey, Visit)> {
    let node = at(root, &["componentOf", "encompassingEncounter"])?;
    let Some((issuer, number)) = types::first_id(node) else {
        desk.remark(node, "the encounter has no number; the document is filed with the patient only");
        return None;
    };
    let visit = Visit {
        identifiers: types::identifiers(node, "id", "VN"),
        setting: setting(node, desk),
        stay: stay(node, desk),
        disposition: child(node, "dischargeDispositionCode").and_then(|code| types::coded(code, desk)),
        moves: location(node).map(|place| Move { place, from: None }).into_iter().collect(),
        attendance: attendance(node, desk),
        ..Visit::default()
    };
    Some((SourceKey::new(issuer, KeyKind::Encounter, number), visit))
}

/// By the code of the encounter or its translations (class of act; other systems say nothing of the setting), else by
/// the type of the document where it is written in one setting only.
fn setting(node: Node<'_, '_>, desk: &Desk<'_, '_>) -> Setting {
    let codes = child(node, "code").and_then(|code| types::coded(code, desk)).unwrap_or_default().codings;
    let document = node.document().root_element();
    let kind = child(document, "code").and_then(|code| attribute(code, "code")).unwrap_or_default();
    let key = codes
        .iter()
        .find_map(|coding| types::word("setting", &coding.code))
        .or_else(|| types::word("setting-of-document", kind));
    let known = key.and_then(|key| Setting::ALL.into_iter().find(|setting| setting.key() == key));
    known.unwrap_or_else(|| {
        desk.remark(node, "the encounter's code says no setting; taken as clinic");
        Setting::default()
    })
}

fn stay(node: Node<'_, '_>, desk: &Desk<'_, '_>) -> Stay {
    let Some(time) = child(node, "effectiveTime") else { return Stay::Open { since: None } };
    let (low, high) = types::interval(time, desk);
    let moment = |when: When| time::moment(when, desk.zone);
    let (since, until): (Option<Timestamp>, _) = (low.and_then(moment), high.and_then(moment));
    // A single point in time is a visit that took place then.
    if until.is_some() || attribute(time, "value").is_some() {
        Stay::Closed { since, until }
    } else {
        Stay::Open { since }
    }
}

fn location(node: Node<'_, '_>) -> Option<Place> {
    let facility = at(node, &["location", "healthCareFacility"])?;
    let name = |path: &[&'static str]| at(facility, path).map(words).unwrap_or_default();
    let place = Place {
        unit: name(&["location", "name"]),
        facility: name(&["serviceProviderOrganization", "name"]),
        ..Place::default()
    };
    (place != Place::default()).then_some(place)
}

fn attendance(node: Node<'_, '_>, desk: &Desk<'_, '_>) -> Vec<Attendance> {
    let responsible = child(node, "responsibleParty").map(|party| (Attends::Attending, party));
    let participants = children(node, "encounterParticipant").map(|one| {
        let role = match attribute(one, "typeCode").and_then(|code| types::word("attends", code)) {
            Some("attending") => Attends::Attending,
            Some("admitting") => Attends::Admitting,
            Some("consulting") => Attends::Consulting,
            Some("discharging") => Attends::Discharging,
            Some("referring") => Attends::Referring,
            _ => Attends::Other,
        };
        (role, one)
    });
    let mut all: Vec<Attendance> = Vec::new();
    for (role, party) in responsible.into_iter().chain(participants) {
        let who = child(party, "assignedEntity").and_then(|entity| types::named(entity, desk));
        if let Some(one) = who.map(|who| Attendance { role, who }).filter(|one| !all.contains(one)) {
            all.push(one);
        }
    }
    all
}
