//! Encounters: when, where, with whom.

use chart::encounter::{Attends, Encounter, Move, Stay};

use super::shown::{Rows, Shown, coded, names};
use super::{ChartToPrint, heading};
use crate::sheet::{Block, Column, Level, Table};

/// The encounters in the order of their beginning.
pub(super) fn in_order<'a>(chart: &'a ChartToPrint) -> Vec<&'a Encounter> {
    let mut encounters: Vec<&Encounter> = chart.encounters.iter().collect();
    encounters.sort_by_key(|one| (one.visit.stay.since(), one.id));
    encounters
}

/// The chapter of encounters.
pub(super) fn encounters(chart: &ChartToPrint, shown: &Shown) -> Vec<Block> {
    if chart.encounters.is_empty() {
        return Vec::new();
    }
    let parts = in_order(chart).into_iter().flat_map(|one| encounter(chart, one, shown));
    std::iter::once(heading(Level::Chapter, "Encounters")).chain(parts).collect()
}

/// `Inpatient, 2026-10-03 to 2026-10-08`.
pub(super) fn name(encounter: &Encounter, shown: &Shown) -> String {
    let day = |at| shown.zone.to_datetime(at).date().to_string();
    let stay = encounter.visit.stay;
    let since = stay.since().map_or_else(|| "date not known".to_owned(), day);
    let until = stay.until().map(day).filter(|until| *until != since);
    let setting = encounter.visit.setting.title();
    until.map_or_else(|| format!("{setting}, {since}"), |until| format!("{setting}, {since} to {until}"))
}

fn encounter(chart: &ChartToPrint, encounter: &Encounter, shown: &Shown) -> Vec<Block> {
    let visit = &encounter.visit;
    let instant = |at: Option<_>| at.map(|at| shown.instant(at)).unwrap_or_default();
    let with = |role| names(visit.attending(role));
    let numbers: Vec<&str> = visit.identifiers.iter().map(|one| one.value.as_str()).collect();
    let days = visit.bed_days(shown.zone, chart.printed_at).map(|days| days.to_string());
    let rows = Rows::default()
        .row("Number", numbers.join("; "))
        .row("State", state(visit.stay))
        .row("Arrived", instant(visit.arrived))
        .row("Begun", instant(visit.stay.since()))
        .row("Ended", instant(visit.stay.until()))
        .row("Bed days", days.unwrap_or_default())
        .row("Type of admission", coded(&visit.admission_type))
        .row("Came from", coded(&visit.admission_source))
        .row("Discharged to", coded(&visit.disposition))
        .row("Service", coded(&visit.service))
        .row("Reason", coded(&visit.reasons))
        .row("Attending", with(Attends::Attending))
        .row("Admitting", with(Attends::Admitting))
        .row("Referring", with(Attends::Referring))
        .row("Consulting", with(Attends::Consulting))
        .row("Performing", with(Attends::Performing))
        .row("Discharging", with(Attends::Discharging))
        .row("Nurse", with(Attends::Nurse))
        .row("Others", with(Attends::Other))
        .row("Payers", names(&visit.payers));
    let mut blocks = vec![heading(Level::Part, name(encounter, shown)), Block::KeyValues(rows.0)];
    if !visit.moves.is_empty() {
        blocks.push(moves(&visit.moves, shown));
    }
    blocks
}

fn moves(moves: &[Move], shown: &Shown) -> Block {
    let row = |one: &Move| {
        let from = one.from.map(|at| shown.instant(at)).unwrap_or_default();
        [&from, &one.place.unit, &one.place.bed, &one.place.facility]
            .map(|text| text.as_str().into())
            .to_vec()
    };
    let titles = [("From", 1.2), ("Unit", 1.5), ("Room and bed", 1.0), ("Facility", 1.5)];
    let columns = titles.map(|(title, share)| Column::new(title, share)).to_vec();
    Block::Table(Table { columns, rows: moves.iter().map(row).collect() })
}

const fn state(stay: Stay) -> &'static str {
    match stay {
        Stay::Planned { .. } => "planned",
        Stay::Open { .. } => "open",
        Stay::Closed { .. } => "ended",
        Stay::Cancelled { .. } => "cancelled",
    }
}
