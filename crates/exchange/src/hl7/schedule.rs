//! Appointments (SIU): SCH with its resources is an expected visit.

use chart::directory::Named;
use chart::encounter::{Attendance, Attends, Move, Movement, Stay, Visit};
use chart::intake::{KeyKind, SourceKey};
use chart::patient::Identifier;

use super::desk::Desk;
use super::segment::Segment;
use super::types;

/// The key of an appointment: the filler's number, else the placer's.
pub(super) fn key(sch: Segment<'_>, desk: &Desk<'_>) -> Option<SourceKey> {
    let (system, number) = types::entity(sch.field(2)).or_else(|| types::entity(sch.field(1)))?;
    Some(desk.key(&system, KeyKind::Encounter, format!("SCH/{number}")))
}

/// Adds to `visit` what the schedule says: time, reason, service, place, people.
pub(super) fn add(
    visit: &mut Visit,
    segments: &[Segment<'_>],
    sch: Segment<'_>,
    moved: Movement,
    desk: &Desk<'_>,
) {
    let all = |name: &'static str| segments.iter().filter(move |segment| segment.name == name).copied();
    let begin = [Some(sch.field(11).component(4)), start(segments)]
        .into_iter()
        .flatten()
        .find_map(|field| desk.moment(field));
    visit.stay = match moved {
        Movement::CancelAdmit => Stay::Cancelled { since: begin },
        _ => Stay::Planned { expected: begin },
    };
    for (at, kind) in [(1, "PLAC"), (2, "FILL")] {
        if let Some((system, value)) = types::entity(sch.field(at)) {
            let system = if system.is_empty() { desk.sender.to_owned() } else { system };
            visit.identifiers.push(Identifier { system, value, kind: kind.into() });
        }
    }
    let reasons = [7, 6].into_iter().find_map(|at| types::coded(sch.field(at)));
    visit.reasons.extend(reasons);
    visit.service = visit.service.take().or_else(|| all("AIS").find_map(|ais| types::coded(ais.field(3))));
    if visit.moves.is_empty() {
        let place = all("AIL").find_map(|ail| types::place(ail.field(3).first()));
        visit.moves.extend(place.map(|place| Move { place, from: None }));
    }
    for who in all("AIP").flat_map(|aip| types::persons(aip.field(3), desk)) {
        attend(visit, who);
    }
}

/// The start of the first resource that has one.
fn start<'m>(segments: &[Segment<'m>]) -> Option<super::segment::Field<'m>> {
    let columns = [("AIS", 4), ("AIP", 6), ("AIL", 6), ("AIG", 8)];
    let of = |segment: &Segment<'m>| {
        columns.iter().find(|(name, _)| *name == segment.name).map(|(_, at)| segment.field(*at))
    };
    segments.iter().filter_map(of).find(|field| !field.is_empty())
}

fn attend(visit: &mut Visit, who: Named) {
    if !visit.attendance.iter().any(|one| one.who == who) {
        visit.attendance.push(Attendance { role: Attends::Performing, who });
    }
}
