//! A stay or visit as `Encounter`.

use chart::encounter::{Attendance, Attends, Encounter, Move, Setting, Stay, Visit};
use jiff::Timestamp;

use super::datatype::{code, concept, concepts, extension, identifier, named, reference};
use super::{Refs, resource};
use crate::fhir::json::{Json, Object};
use crate::fhir::own;

/// The encounter. Its class is the nearest of HL7's; its type says our own setting.
#[must_use]
pub fn encounter(encounter: &Encounter, refs: &dyn Refs) -> Json {
    let visit = &encounter.visit;
    let id = encounter.id.to_string();
    resource("Encounter", &id, encounter.version, Some(&encounter.origin))
        .list("extension", extensions(visit, refs))
        .list("identifier", visit.identifiers.iter().map(identifier))
        .with("status", status(visit.stay))
        .with("class", class(visit.setting))
        .list("type", [code(own::SETTING, visit.setting.key())])
        .maybe("serviceType", visit.service.as_ref().map(concept))
        .maybe("priority", visit.admission_type.as_ref().map(concept))
        .with("subject", reference(format!("Patient/{}", encounter.patient)))
        .list("participant", visit.attendance.iter().map(|one| participant(one, refs)))
        .with("period", period(visit.stay.since(), visit.stay.until()))
        .list("reasonCode", concepts(&visit.reasons))
        .with("hospitalization", hospitalization(visit))
        .list("location", visit.moves.iter().map(place))
        .into()
}

const fn status(stay: Stay) -> &'static str {
    match stay {
        Stay::Planned { .. } => "planned",
        Stay::Open { .. } => "in-progress",
        Stay::Closed { .. } => "finished",
        Stay::Cancelled { .. } => "cancelled",
    }
}

/// HL7 ActEncounterCode.
fn class(setting: Setting) -> Object {
    let (code, display) = match setting {
        Setting::Inpatient | Setting::Obstetric | Setting::Newborn => ("IMP", "inpatient encounter"),
        Setting::SwingBed | Setting::SkilledNursing => ("NONAC", "inpatient non-acute"),
        Setting::Emergency => ("EMER", "emergency"),
        Setting::Observation => ("OBSENC", "observation encounter"),
        Setting::AmbulatorySurgery => ("SS", "short stay"),
        Setting::Clinic => ("AMB", "ambulatory"),
    };
    Object::new()
        .with("system", "http://terminology.hl7.org/CodeSystem/v3-ActCode")
        .with("code", code)
        .with("display", display)
}

fn period(start: Option<Timestamp>, end: Option<Timestamp>) -> Object {
    Object::new().maybe("start", start.map(|at| at.to_string())).maybe("end", end.map(|at| at.to_string()))
}

fn hospitalization(visit: &Visit) -> Object {
    Object::new()
        .maybe("admitSource", visit.admission_source.as_ref().map(concept))
        .maybe("dischargeDisposition", visit.disposition.as_ref().map(concept))
}

fn participant(one: &Attendance, refs: &dyn Refs) -> Object {
    let types = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    let kind = match one.role {
        Attends::Attending => code(types, "ATND"),
        Attends::Admitting => code(types, "ADM"),
        Attends::Consulting => code(types, "CON"),
        Attends::Referring => code(types, "REF"),
        Attends::Discharging => code(types, "DIS"),
        Attends::Performing => code(types, "PRF"),
        Attends::Nurse => Object::new().with("text", "nurse"),
        Attends::Other => code(types, "PART"),
    };
    Object::new().list("type", [kind]).with("individual", named(&one.who, refs))
}

/// A place: the unit by name, bed and facility beside it.
fn place(one: &Move) -> Object {
    let beside = [
        extension(own::BED, "valueString", &one.place.bed),
        extension(own::FACILITY, "valueString", &one.place.facility),
    ];
    Object::new()
        .list("extension", beside)
        .with("location", Object::new().with("display", &one.place.unit))
        .with("physicalType", code("http://terminology.hl7.org/CodeSystem/location-physical-type", "wa"))
        .with("period", period(one.from, None))
}

fn extensions(visit: &Visit, refs: &dyn Refs) -> Vec<Object> {
    let arrived = visit.arrived.map(|at| extension(own::ARRIVED, "valueInstant", at.to_string()));
    let payers = visit.payers.iter().map(|one| extension(own::PAYER, "valueReference", named(one, refs)));
    arrived.into_iter().chain(payers).collect()
}
