//! `Encounter`: the stay or visit, where the patient was, and who took part.

use chart::coded::Coded;
use chart::encounter::{Attendance, Attends, Move, Movement, Place, Setting, Stay, Visit};
use chart::intake::{Change, Extent, Refusal};
use jiff::Timestamp;
use serde::Deserialize;

use super::datatype::{Concept, Extension, FhirCoding, List, Period, Reference, Text};
use super::reading::Reading;
use crate::fhir::{own, table};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Participant {
    #[serde(rename = "type")]
    kind: List<Concept>,
    individual: Reference,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Hospitalization {
    admit_source: Concept,
    discharge_disposition: Concept,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StatusHistory {
    status: Text,
    period: Period,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct FhirPlace {
    location: Reference,
    physical_type: Concept,
    period: Period,
    extension: List<Extension>,
}

/// The encounter as it now stands.
pub(super) fn change(reading: &Reading<'_>) -> Result<Change, Refusal> {
    Ok(Change::Encounter {
        key: reading.key.clone(),
        patient: reading.required_patient()?,
        visit: Box::new(visit(reading)),
        movement: Movement::Update,
        extent: Extent::Whole,
    })
}

fn visit(reading: &Reading<'_>) -> Visit {
    let hospital: Hospitalization = reading.one("hospitalization").unwrap_or_default();
    let some = |concept: Concept| Some(Coded::from(concept)).filter(|coded| !coded.is_empty());
    Visit {
        identifiers: reading.identifiers(),
        setting: setting(reading),
        stay: stay(reading),
        arrived: arrived(reading),
        admission_type: reading.concept("priority"),
        admission_source: some(hospital.admit_source),
        disposition: some(hospital.discharge_disposition),
        service: reading.concept("serviceType"),
        reasons: reading.concepts("reasonCode"),
        moves: moves(reading),
        attendance: attendance(reading),
        payers: payers(reading),
    }
}

/// The setting our own code names, else what the class says, made exact by type, service and priority.
fn setting(reading: &Reading<'_>) -> Setting {
    let types = reading.concepts("type");
    let own = types.iter().find_map(|one| one.code(own::SETTING));
    if let Some(setting) = own.and_then(|key| Setting::ALL.into_iter().find(|one| one.key() == key)) {
        return setting;
    }
    let class: FhirCoding = reading.one("class").unwrap_or_default();
    let of_class = table::setting_of_class(&class.code.0).unwrap_or_else(|| {
        reading.remark("/class", "the class is not known: taken for a clinic visit");
        Setting::Clinic
    });
    let more = [reading.concept("serviceType"), reading.concept("priority")];
    let said = types.iter().chain(more.iter().flatten());
    said.filter_map(|one| table::setting_within(of_class, one)).next().unwrap_or(of_class)
}

fn stay(reading: &Reading<'_>) -> Stay {
    let period: Period = reading.one("period").unwrap_or_default();
    let since = reading.instant_text("period/start", &period.start.0);
    let until = reading.instant_text("period/end", &period.end.0);
    match reading.text("status").as_str() {
        "planned" => Stay::Planned { expected: since },
        "finished" | "completed" | "discharged" => Stay::Closed { since, until },
        "cancelled" => Stay::Cancelled { since },
        "arrived" | "triaged" | "in-progress" | "onleave" => Stay::Open { since },
        _ if until.is_some() => Stay::Closed { since, until },
        _ => Stay::Open { since },
    }
}

/// When the patient came to the door: our own extension, else the first status of one who has arrived.
fn arrived(reading: &Reading<'_>) -> Option<Timestamp> {
    if let Some(own) = reading.extensions(own::ARRIVED).first() {
        return reading.instant_text("extension", &own.value_instant.0);
    }
    let history: Vec<StatusHistory> = reading.many("statusHistory");
    let at_door = history.iter().find(|one| matches!(one.status.0.as_str(), "arrived" | "triaged"))?;
    reading.instant_text("statusHistory", &at_door.period.start.0)
}

/// The places, in order. A bed, its ward and its building named side by side for the same time are one place.
fn moves(reading: &Reading<'_>) -> Vec<Move> {
    let mut moves: Vec<Move> = Vec::new();
    for sent in reading.many::<FhirPlace>("location") {
        let one = one_move(reading, &sent);
        match moves.last_mut() {
            Some(last) if last.from == one.from && fits_beside(&last.place, &one.place) => {
                join(&mut last.place, one.place);
            }
            _ => moves.push(one),
        }
    }
    if moves.iter().all(|one| one.from.is_some()) {
        moves.sort_by_key(|one| one.from);
    }
    moves
}

/// One location as a place: its name stands for the unit, the bed or the facility by its physical type.
fn one_move(reading: &Reading<'_>, sent: &FhirPlace) -> Move {
    let own = |url| sent.extension.0.iter().find(|one| one.url.0 == url);
    let text = |url| own(url).map(|one| one.value_string.0.clone()).unwrap_or_default();
    let name = reading.named_of(&sent.location).map(|one| one.name).filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| sent.location.reference.0.trim_start_matches("Location/").into());
    let mut place = Place { unit: String::new(), bed: text(own::BED), facility: text(own::FACILITY) };
    match level(reading, sent, &name) {
        Level::Bed => place.bed = name,
        Level::Unit => place.unit = name,
        Level::Facility => place.facility = name,
    }
    Move { place, from: reading.instant_text("location", &sent.period.start.0) }
}

enum Level {
    Bed,
    Unit,
    Facility,
}

/// HL7 location-physical-type, said here or known of the location; else by how the name begins.
fn level(reading: &Reading<'_>, sent: &FhirPlace, name: &str) -> Level {
    let said = sent.physical_type.coding.0.first().map(|one| one.code.0.clone()).unwrap_or_default();
    let known = || reading.pointed(&sent.location).map(|one| one.physical.clone()).unwrap_or_default();
    let code = if said.is_empty() { known() } else { said };
    match code.as_str() {
        "bd" | "ro" => Level::Bed,
        "bu" | "si" => Level::Facility,
        "" if ["Bed ", "Room "].iter().any(|word| name.starts_with(word)) => Level::Bed,
        _ => Level::Unit,
    }
}

/// Whether two places are parts of one: neither says what the other says.
fn fits_beside(one: &Place, other: &Place) -> bool {
    let free = |a: &str, b: &str| a.is_empty() || b.is_empty();
    free(&one.unit, &other.unit) && free(&one.bed, &other.bed) && free(&one.facility, &other.facility)
}

fn join(place: &mut Place, part: Place) {
    let fill = |to: &mut String, from: String| {
        if to.is_empty() {
            *to = from;
        }
    };
    fill(&mut place.unit, part.unit);
    fill(&mut place.bed, part.bed);
    fill(&mut place.facility, part.facility);
}

fn attendance(reading: &Reading<'_>) -> Vec<Attendance> {
    let mut all = Vec::new();
    for participant in reading.many::<Participant>("participant") {
        let Some(who) = reading.named_of(&participant.individual) else { continue };
        let mut roles: Vec<Attends> = participant.kind.0.into_iter().map(|kind| part(&kind.word())).collect();
        if roles.is_empty() {
            roles.push(Attends::Other);
        }
        all.extend(roles.into_iter().map(|role| Attendance { role, who: who.clone() }));
    }
    all
}

/// HL7 ParticipationType.
fn part(code: &str) -> Attends {
    match code {
        "ATND" | "PPRF" => Attends::Attending,
        "ADM" => Attends::Admitting,
        "CON" => Attends::Consulting,
        "REF" | "REFB" => Attends::Referring,
        "DIS" => Attends::Discharging,
        "PRF" | "SPRF" => Attends::Performing,
        "nurse" => Attends::Nurse,
        _ => Attends::Other,
    }
}

fn payers(reading: &Reading<'_>) -> Vec<chart::directory::Named> {
    let sent = reading.extensions(own::PAYER);
    sent.iter().filter_map(|one| reading.named_of(one.value_reference.as_ref()?)).collect()
}
