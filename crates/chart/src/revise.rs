//! What is known after a sender has spoken: the old, the new, and what was not said.
//!
//! A sender that says all it knows ([`Extent::Whole`]) replaces what was known from it; one that says some of it
//! ([`Extent::Partial`]) leaves the rest as it was.

use jiff::Timestamp;

use crate::encounter::{Move, Movement, Setting, Stay, Visit};
use crate::intake::Extent;
use crate::patient::{Demographics, Identifier, Sex};

/// What was odd about a movement. Registration is the authority on where patients are, so its word is taken all the
/// same; a person may want to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Oddity {
    /// Expected or admitted, though already here.
    #[error("the patient is already here")]
    AlreadyHere,
    /// Moved, admitted or cancelled, though the stay has ended.
    #[error("the stay had already ended")]
    AlreadyEnded,
    /// Something happens in a stay that was cancelled.
    #[error("the stay had been cancelled")]
    WasCancelled,
    /// Moved or discharged without having been admitted or registered here.
    #[error("no admission or registration came before")]
    NeverBegan,
    /// There is no transfer or discharge to take back.
    #[error("there is nothing to take back")]
    NothingToTakeBack,
}

impl Stay {
    /// The stay after `movement`, of which the sender says `said`, at `at`. `before` is `None` for a new encounter.
    #[must_use]
    pub fn after(
        before: Option<Self>,
        movement: Movement,
        said: Self,
        at: Option<Timestamp>,
    ) -> (Self, Option<Oddity>) {
        let began = said.since().or(before.and_then(Self::since));
        let ended = said.until().or(before.and_then(Self::until));
        let open = Self::Open { since: began.or(at) };
        let closed = Self::Closed { since: began, until: said.until().or(at) };
        let is_open = matches!(before, Some(Self::Open { .. }));
        let odd = match before {
            Some(Self::Cancelled { .. }) => Some(Oddity::WasCancelled),
            Some(Self::Closed { .. }) => Some(Oddity::AlreadyEnded),
            None | Some(Self::Planned { .. }) => Some(Oddity::NeverBegan),
            Some(Self::Open { .. }) => None,
        };
        match (movement, before) {
            (Movement::Update, None) => (said, None),
            (Movement::Update, Some(stay)) => (stay.with_times(began, ended), None),
            (Movement::Preadmit, Some(Self::Open { .. })) => (open, Some(Oddity::AlreadyHere)),
            (Movement::Preadmit, Some(stay @ Self::Closed { .. })) => (stay, Some(Oddity::AlreadyEnded)),
            (Movement::Preadmit, _) => (Self::Planned { expected: began.or(at) }, None),
            (Movement::Register | Movement::Admit, None | Some(Self::Planned { .. })) => {
                (Self::Open { since: said.since().or(at).or(began) }, None)
            }
            (Movement::Register | Movement::Admit, _) => (open, odd),
            (Movement::Transfer | Movement::CancelTransfer, Some(stay @ Self::Closed { .. })) => {
                (stay, Some(Oddity::AlreadyEnded))
            }
            (Movement::CancelDischarge, Some(Self::Closed { .. })) => (Self::Open { since: began }, None),
            (Movement::CancelDischarge, _) => (open, Some(Oddity::NothingToTakeBack)),
            (Movement::MakeOutpatient | Movement::Transfer | Movement::CancelTransfer, _) => (open, odd),
            (Movement::Discharge, Some(Self::Closed { .. })) => {
                (Self::Closed { since: began, until: ended.or(at) }, Some(Oddity::AlreadyEnded))
            }
            (Movement::Discharge, _) => (closed, if is_open { None } else { odd }),
            (Movement::CancelAdmit, Some(Self::Planned { .. })) => (Self::Cancelled { since: began }, None),
            (Movement::CancelAdmit, _) => (Self::Cancelled { since: began }, odd),
        }
    }

    /// The same state with these times.
    const fn with_times(self, began: Option<Timestamp>, ended: Option<Timestamp>) -> Self {
        match self {
            Self::Planned { .. } => Self::Planned { expected: began },
            Self::Open { .. } => Self::Open { since: began },
            Self::Closed { .. } => Self::Closed { since: began, until: ended },
            Self::Cancelled { .. } => Self::Cancelled { since: began },
        }
    }
}

impl Visit {
    /// What is known of a visit after `movement`, of which the sender says `said`.
    #[must_use]
    pub fn after(
        before: Option<Self>,
        movement: Movement,
        said: Self,
        extent: Extent,
        at: Option<Timestamp>,
    ) -> (Self, Option<Oddity>) {
        if extent == Extent::Whole {
            return (said, None);
        }
        let known = before.as_ref().map(|visit| visit.stay);
        let (stay, odd) = Stay::after(known, movement, said.stay, at);
        let mut after = before.unwrap_or_default();
        let (moves, took_back) = moved(std::mem::take(&mut after.moves), movement, said.moves, at);
        after.moves = moves;
        after.stay = stay;
        // A class that says nothing reads as a clinic visit; only a registration may turn another setting into one.
        let registers = matches!(
            movement,
            Movement::Preadmit | Movement::Register | Movement::Admit | Movement::MakeOutpatient
        );
        if known.is_none() || registers || said.setting != Setting::default() {
            after.setting = said.setting;
        }
        unite(&mut after.identifiers, said.identifiers);
        take(&mut after.arrived, said.arrived);
        take(&mut after.admission_type, said.admission_type);
        take(&mut after.admission_source, said.admission_source);
        take(&mut after.disposition, said.disposition);
        take(&mut after.service, said.service);
        take_all(&mut after.reasons, said.reasons);
        take_all(&mut after.payers, said.payers);
        for role in said.attendance.iter().map(|one| one.role).collect::<std::collections::BTreeSet<_>>() {
            after.attendance.retain(|one| one.role != role);
        }
        after.attendance.extend(said.attendance);
        if movement == Movement::CancelDischarge {
            after.disposition = None;
        }
        (after, odd.or(if took_back { None } else { Some(Oddity::NothingToTakeBack) }))
    }
}

/// The places after a movement, and whether there was something to take back when that was asked for.
fn moved(
    mut known: Vec<Move>,
    movement: Movement,
    said: Vec<Move>,
    at: Option<Timestamp>,
) -> (Vec<Move>, bool) {
    let had_two = known.len() > 1;
    if movement == Movement::CancelTransfer && had_two {
        known.pop();
    }
    let newest = said.len().saturating_sub(1);
    for (place, mut one) in said.into_iter().enumerate() {
        match known.last_mut() {
            Some(last) if last.place == one.place => last.from = last.from.or(one.from),
            // Without a movement a new place is a correction of the last.
            Some(last)
                if matches!(movement, Movement::Update | Movement::CancelTransfer | Movement::Discharge) =>
            {
                last.place = one.place;
            }
            _ => {
                // Since when the patient was at an earlier place is not what this message says.
                one.from = one.from.or(at.filter(|_| place == newest));
                known.push(one);
            }
        }
    }
    (known, movement != Movement::CancelTransfer || had_two)
}

impl Demographics {
    /// What is known of a person after a sender has said `said`.
    #[must_use]
    pub fn after(before: Option<Self>, said: Self, extent: Extent) -> Self {
        let Some(mut after) = before.filter(|_| extent == Extent::Partial) else { return said };
        unite(&mut after.identifiers, said.identifiers);
        take_all(&mut after.names, said.names);
        take_all(&mut after.addresses, said.addresses);
        take_all(&mut after.telecoms, said.telecoms);
        take_all(&mut after.race, said.race);
        take_all(&mut after.contacts, said.contacts);
        if said.sex != Sex::Unknown {
            after.sex = said.sex;
        }
        take(&mut after.birth, said.birth);
        take(&mut after.death, said.death);
        take(&mut after.marital, said.marital);
        take(&mut after.ethnicity, said.ethnicity);
        take(&mut after.language, said.language);
        take(&mut after.religion, said.religion);
        take(&mut after.birth_order, said.birth_order);
        if !said.mothers_maiden_name.is_empty() {
            after.mothers_maiden_name = said.mothers_maiden_name;
        }
        after
    }
}

fn take<T>(known: &mut Option<T>, said: Option<T>) {
    if said.is_some() {
        *known = said;
    }
}

fn take_all<T>(known: &mut Vec<T>, said: Vec<T>) {
    if !said.is_empty() {
        *known = said;
    }
}

/// Adds the identifiers that are new; a number is the same when system and value are.
pub(crate) fn unite(known: &mut Vec<Identifier>, said: Vec<Identifier>) {
    for one in said {
        match known.iter_mut().find(|other| other.system == one.system && other.value == one.value) {
            Some(other) if other.kind.is_empty() => other.kind = one.kind,
            Some(_) => {}
            None => known.push(one),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encounter::Place;

    fn second(second: i64) -> Option<Timestamp> {
        Timestamp::from_second(second).ok()
    }

    /// Every state and every movement; the sender says nothing but that it happened, at second 9.
    #[test]
    fn every_state_and_movement() {
        let states = [
            ("new", None),
            ("planned", Some(Stay::Planned { expected: second(1) })),
            ("open", Some(Stay::Open { since: second(1) })),
            ("closed", Some(Stay::Closed { since: second(1), until: second(2) })),
            ("cancelled", Some(Stay::Cancelled { since: second(1) })),
        ];
        let movements = [
            Movement::Preadmit,
            Movement::Register,
            Movement::Admit,
            Movement::MakeOutpatient,
            Movement::Transfer,
            Movement::Discharge,
            Movement::CancelAdmit,
            Movement::CancelTransfer,
            Movement::CancelDischarge,
            Movement::Update,
        ];
        let mut table = String::new();
        for (name, state) in states {
            for movement in movements {
                let (after, odd) = Stay::after(state, movement, Stay::default(), second(9));
                let odd = odd.map(|odd| format!(" ({odd})")).unwrap_or_default();
                table += &format!("{name} + {movement:?} = {}{odd}\n", shown(after));
            }
        }
        assert_eq!(table, include_str!("revise_table.txt"));
    }

    fn shown(stay: Stay) -> String {
        let at = |at: Option<Timestamp>| at.map_or("?".to_owned(), |at| at.as_second().to_string());
        match stay {
            Stay::Planned { expected } => format!("planned {}", at(expected)),
            Stay::Open { since } => format!("open {}", at(since)),
            Stay::Closed { since, until } => format!("closed {}-{}", at(since), at(until)),
            Stay::Cancelled { since } => format!("cancelled {}", at(since)),
        }
    }

    fn at(unit: &str) -> Vec<Move> {
        vec![Move { place: Place { unit: unit.into(), ..Place::default() }, from: None }]
    }

    fn units(visit: &Visit) -> Vec<&str> {
        visit.moves.iter().map(|one| one.place.unit.as_str()).collect()
    }

    #[test]
    fn a_transfer_adds_a_place_and_its_cancellation_takes_it_back() {
        let step = |before, movement, unit| {
            let said = Visit { moves: at(unit), ..Visit::default() };
            Visit::after(before, movement, said, Extent::Partial, second(5)).0
        };
        let admitted = step(None, Movement::Admit, "ICU");
        let transferred = step(Some(admitted), Movement::Transfer, "Medical");
        assert_eq!(units(&transferred), ["ICU", "Medical"]);
        let corrected = step(Some(transferred.clone()), Movement::Update, "Surgical");
        assert_eq!(units(&corrected), ["ICU", "Surgical"]);
        assert_eq!(units(&step(Some(transferred), Movement::CancelTransfer, "ICU")), ["ICU"]);
    }

    #[test]
    fn what_is_not_said_stays_and_numbers_add_up() {
        let number =
            |value: &str| Identifier { system: "A".into(), value: value.into(), kind: String::new() };
        let before =
            Demographics { sex: Sex::Female, identifiers: vec![number("1")], ..Demographics::default() };
        let said = Demographics { identifiers: vec![number("1"), number("2")], ..Demographics::default() };
        let after = Demographics::after(Some(before.clone()), said.clone(), Extent::Partial);
        assert_eq!((after.sex, after.identifiers.len()), (Sex::Female, 2));
        assert_eq!(Demographics::after(Some(before), said.clone(), Extent::Whole), said);
    }
}
