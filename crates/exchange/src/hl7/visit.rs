//! The visit: PV1 and PV2, with the account of PID-18 and the times of EVN.

use chart::coded::Coded;
use chart::directory::Named;
use chart::encounter::{Attendance, Attends, Move, Movement, Setting, Stay, Visit};
use chart::intake::{KeyKind, SourceKey};
use chart::patient::Identifier;
use jiff::Timestamp;

use super::desk::Desk;
use super::group::PatientGroup;
use super::segment::{Field, Segment};
use super::{tables, types};

/// What the event segment says of time.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Event {
    /// When it happened (EVN-6).
    pub(super) occurred: Option<Timestamp>,
    /// When it was recorded (EVN-2).
    pub(super) recorded: Option<Timestamp>,
}

impl Event {
    /// Reads EVN.
    pub(super) fn read(evn: Segment<'_>, desk: &Desk<'_>) -> Self {
        Self { occurred: desk.moment(evn.field(6)), recorded: desk.moment(evn.field(2)) }
    }

    const fn at(self) -> Option<Timestamp> {
        if self.occurred.is_some() { self.occurred } else { self.recorded }
    }
}

/// A key of an encounter from a visit or account number (CX).
pub(super) fn key(field: Field<'_>, desk: &Desk<'_>) -> Option<SourceKey> {
    let number = types::identifier(field.first(), desk)?;
    Some(SourceKey::new(number.system, KeyKind::Encounter, number.value))
}

/// The key of the visit: its number (PV1-19), else the account (PID-18), else the alternate number (PV1-50), else the
/// patient with the admission time. None when nothing tells one visit from another.
pub(super) fn key_of(group: &PatientGroup<'_>, patient: &SourceKey, desk: &Desk<'_>) -> Option<SourceKey> {
    let pv1 = group.first("PV1")?;
    let numbered =
        [pv1.field(19), group.pid.field(18), pv1.field(50)].into_iter().find_map(|field| key(field, desk));
    numbered.or_else(|| {
        let admitted = pv1.field(44).component(1).said()?;
        desk.note(
            "PV1-19: no visit number and no account number; the visit is known by patient and admission time"
                .into(),
        );
        Some(SourceKey::new(
            patient.system.clone(),
            KeyKind::Encounter,
            format!("{}@{admitted}", patient.key),
        ))
    })
}

/// Everything the group says of the visit.
pub(super) fn read(
    group: &PatientGroup<'_>,
    pv1: Segment<'_>,
    moved: Movement,
    event: Event,
    desk: &Desk<'_>,
) -> Visit {
    let pv2 = group.first("PV2");
    Visit {
        identifiers: identifiers(group, pv1, desk),
        setting: setting(pv1, desk),
        stay: stay(pv1, pv2, moved, event, desk),
        arrived: None,
        admission_type: types::coded_in(pv1.field(4), "0007"),
        admission_source: types::coded_in(pv1.field(14), "0023"),
        disposition: disposition(pv1),
        service: types::coded_in(pv1.field(10), "0069"),
        reasons: pv2.map(reasons).unwrap_or_default(),
        moves: moves(pv1, moved, event, desk),
        attendance: attendance(group, pv1, desk),
        payers: group.all("IN1").filter_map(|in1| payer(in1, desk)).collect(),
    }
}

fn identifiers(group: &PatientGroup<'_>, pv1: Segment<'_>, desk: &Desk<'_>) -> Vec<Identifier> {
    let numbers =
        [(pv1.field(19), "VN"), (group.pid.field(18), "AN"), (pv1.field(50), "VN"), (pv1.field(5), "PN")];
    let mut all: Vec<Identifier> = Vec::new();
    for (field, kind) in numbers {
        let Some(mut number) = types::identifier(field.first(), desk) else { continue };
        if number.kind.is_empty() {
            number.kind = kind.into();
        }
        if !all.iter().any(|one| (&one.system, &one.value) == (&number.system, &number.value)) {
            all.push(number);
        }
    }
    all
}

/// The setting by the patient class, made finer by admission type, hospital service and patient type.
fn setting(pv1: Segment<'_>, desk: &Desk<'_>) -> Setting {
    let class = pv1.field(2).component(1).text();
    let by_class = tables::setting("PV1-2", &class, None);
    if by_class.is_none() {
        desk.remark(
            &pv1.field(2).place(),
            format!("patient class `{class}` says no setting; taken as clinic"),
        );
    }
    let finer = [("PV1-18", 18), ("PV1-4", 4), ("PV1-10", 10)];
    finer.into_iter().fold(by_class.unwrap_or_default(), |so_far, (name, at)| {
        tables::setting(name, &pv1.field(at).component(1).text(), Some(so_far)).unwrap_or(so_far)
    })
}

fn stay(pv1: Segment<'_>, pv2: Option<Segment<'_>>, moved: Movement, event: Event, desk: &Desk<'_>) -> Stay {
    let admitted = desk.moment(pv1.field(44));
    let discharged = desk.moment(pv1.field(45));
    let expected = || admitted.or_else(|| desk.moment(pv2?.field(8)));
    match moved {
        Movement::Preadmit => Stay::Planned { expected: expected() },
        Movement::CancelAdmit => Stay::Cancelled { since: admitted.or_else(expected) },
        Movement::Discharge => Stay::Closed { since: admitted, until: discharged.or_else(|| event.at()) },
        Movement::Admit | Movement::Register => Stay::Open { since: admitted.or_else(|| event.at()) },
        Movement::CancelDischarge => Stay::Open { since: admitted },
        _ if discharged.is_some() => Stay::Closed { since: admitted, until: discharged },
        _ if pv1.field(2).component(1).text() == "P" => Stay::Planned { expected: expected() },
        _ => Stay::Open { since: admitted },
    }
}

/// The disposition with the place to which (PV1-37) in its words.
fn disposition(pv1: Segment<'_>) -> Option<Coded> {
    let to = [2, 1].into_iter().find_map(|part| pv1.field(37).component(1).part(part).said());
    match (types::coded_in(pv1.field(36), "0112"), to) {
        (Some(mut coded), Some(to)) => {
            coded.text = format!("{} ({to})", coded.text);
            Some(coded)
        }
        (coded, to) => coded.or_else(|| to.map(Coded::text)),
    }
}

/// Reason for admission (PV2-3) and description of the visit (PV2-12).
fn reasons(pv2: Segment<'_>) -> Vec<Coded> {
    let described = pv2.field(12).said().map(Coded::text);
    types::coded(pv2.field(3)).into_iter().chain(described).collect()
}

/// Where the patient is, after a transfer also where they were.
fn moves(pv1: Segment<'_>, moved: Movement, event: Event, desk: &Desk<'_>) -> Vec<Move> {
    let from = match moved {
        Movement::Transfer => event.at(),
        Movement::Admit | Movement::Register => desk.moment(pv1.field(44)).or_else(|| event.at()),
        _ => None,
    };
    let prior = types::place(pv1.field(6)).filter(|_| moved == Movement::Transfer);
    let prior = prior.map(|place| Move { place, from: None });
    let now = types::place(pv1.field(3)).map(|place| Move { place, from });
    prior.into_iter().chain(now).collect()
}

fn attendance(group: &PatientGroup<'_>, pv1: Segment<'_>, desk: &Desk<'_>) -> Vec<Attendance> {
    let fields = [
        (7, Attends::Attending),
        (17, Attends::Admitting),
        (8, Attends::Referring),
        (9, Attends::Consulting),
        (52, Attends::Other),
    ];
    let named = fields.into_iter().flat_map(|(at, role)| {
        types::persons(pv1.field(at), desk).into_iter().map(move |who| Attendance { role, who })
    });
    let mut all: Vec<Attendance> = named.collect();
    for one in roles(group).into_iter().filter_map(|segment| role(segment, desk)) {
        if !all.contains(&one) {
            all.push(one);
        }
    }
    all
}

/// The ROL and PRT segments that follow PV1 or PV2: those elsewhere are of the person, a procedure, a result.
fn roles<'m>(group: &PatientGroup<'m>) -> Vec<Segment<'m>> {
    let mut of_visit = false;
    let mut roles = Vec::new();
    for segment in &group.own {
        match segment.name {
            "ROL" | "PRT" if of_visit => roles.push(*segment),
            "ROL" | "PRT" | "ARV" => {}
            name => of_visit = matches!(name, "PV1" | "PV2"),
        }
    }
    roles
}

/// Somebody's role (ROL, PRT), those roles that are of the visit.
fn role(segment: Segment<'_>, desk: &Desk<'_>) -> Option<Attendance> {
    let (what, who) = if segment.name == "ROL" { (3, 4) } else { (4, 5) };
    let role = match segment.field(what).component(1).text().as_str() {
        "AT" => Attends::Attending,
        "AD" => Attends::Admitting,
        "CP" => Attends::Consulting,
        "RP" | "RT" => Attends::Referring,
        "PP" => Attends::Other,
        _ => return None,
    };
    Some(Attendance { role, who: types::person(segment.field(who).first(), desk)? })
}

/// The payer an IN1 names.
pub(super) fn payer(in1: Segment<'_>, desk: &Desk<'_>) -> Option<Named> {
    let number = types::identifier(in1.field(3).first(), desk);
    let key = number.map(|number| SourceKey::new(number.system, KeyKind::Party, number.value));
    let plan = || types::coded(in1.field(2)).map(|plan| plan.text);
    let name = in1.field(4).component(1).said().or_else(plan)?;
    Some(Named { name, key })
}
