//! One stay or visit: its facts, where the patient was, who took part, and moving it when it is in the wrong chart.

use chart::encounter::{Encounter, Stay};
use serde::Serialize;

use super::super::clarifying::alerts::AlertView;
use super::super::frame::Crumb;
use super::super::parts::{Cell, Fact, Found, Table};
use super::{Top, entries};
use crate::show::{self, Show};

/// A stay or visit.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct EncounterPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) title: String,
    pub(crate) standing: &'static str,
    pub(crate) tone: &'static str,
    pub(crate) facts: Vec<Fact>,
    pub(crate) moves: Table,
    pub(crate) bed_days: String,
    pub(crate) people: Table,
    /// What was written and found in it.
    pub(crate) tables: Vec<Table>,
    /// Where it can be moved to another chart, for those who may.
    pub(crate) move_to: Option<String>,
    /// Where one dictates and writes for it, for those who do: address and words.
    pub(crate) actions: Vec<(String, &'static str)>,
    /// Where it is noted that it was billed or asked for, for those who may.
    pub(crate) billing: Option<String>,
    /// Its open documentation alerts, for those who see them.
    pub(crate) alerts: Vec<AlertView>,
}

impl super::super::Page for EncounterPage {
    const TEMPLATE: &'static str = "chart/encounter.html";
    fn title(&self) -> String {
        "Chart: encounter".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        let mut crumbs = self.top.crumbs();
        crumbs.pop();
        crumbs.push(Crumb::to("Encounters", format!("{}/encounters", self.top.base)));
        crumbs.push(Crumb::here(self.title.clone()));
        crumbs
    }
}

/// How far it has come, in a word.
pub(crate) const fn standing(stay: Stay) -> &'static str {
    match stay {
        Stay::Planned { .. } => "planned",
        Stay::Open { .. } => "here now",
        Stay::Closed { .. } => "ended",
        Stay::Cancelled { .. } => "did not take place",
    }
}

const fn tone(stay: Stay) -> &'static str {
    match stay {
        Stay::Planned { .. } => "note",
        Stay::Open { .. } => "good",
        Stay::Closed { .. } => "",
        Stay::Cancelled { .. } => "stop",
    }
}

impl EncounterPage {
    /// The page of `encounter`, without what was written in it.
    pub(crate) fn new(top: Top, encounter: &Encounter, bed_days: Option<i64>, show: &Show) -> Self {
        let visit = &encounter.visit;
        Self {
            title: visit.setting.title().into(),
            standing: standing(visit.stay),
            tone: tone(visit.stay),
            facts: facts(encounter, show),
            moves: moves(encounter, show),
            bed_days: bed_days.map_or_else(String::new, |days| show::counted(days, "bed day")),
            people: people(encounter),
            tables: Vec::new(),
            move_to: None,
            actions: Vec::new(),
            billing: None,
            alerts: Vec::new(),
            top,
        }
    }

    /// With the diagnoses, procedures and documents of the stay.
    pub(crate) fn holding(mut self, found: &[chart::entry::Entry], documents: Table, show: &Show) -> Self {
        self.tables.push(documents);
        self.tables.extend(entries::problems(found, show).into_iter().skip(1));
        self.tables.push(entries::procedures(found, show));
        self.tables.push(entries::reports(found, &self.top.base, show));
        self
    }
}

fn facts(encounter: &Encounter, show: &Show) -> Vec<Fact> {
    let visit = &encounter.visit;
    let numbers: Vec<String> = visit.identifiers.iter().map(|one| one.value.clone()).collect();
    let reasons: Vec<&str> = visit.reasons.iter().map(|reason| reason.text.as_str()).collect();
    let facts = [
        Fact::new("Numbers", numbers.join(", ")),
        Fact::new("Arrived", show.maybe_moment(visit.arrived)),
        Fact::new("Begun", show.maybe_moment(visit.stay.since())),
        Fact::new("Ended", show.maybe_moment(visit.stay.until())),
        Fact::new("Kind of admission", show::coded(visit.admission_type.as_ref())),
        Fact::new("From", show::coded(visit.admission_source.as_ref())),
        Fact::new("To", show::coded(visit.disposition.as_ref())),
        Fact::new("Service", show::coded(visit.service.as_ref())),
        Fact::new("Reason", reasons.join("; ")),
        Fact::new("Payers", show::names(&visit.payers)),
    ];
    facts.into_iter().flatten().collect()
}

fn moves(encounter: &Encounter, show: &Show) -> Table {
    let rows = encounter.visit.moves.iter().map(|one| {
        let place = [one.place.unit.as_str(), one.place.bed.as_str()];
        let place: Vec<&str> = place.into_iter().filter(|text| !text.is_empty()).collect();
        vec![
            Cell::new(place.join(", ")).note(one.place.facility.clone()),
            Cell::new(show.maybe_moment(one.from)),
        ]
    });
    Table::new("Places", &["Where", "From"], "No place was named.").rows(rows)
}

fn people(encounter: &Encounter) -> Table {
    let row = |one: &chart::encounter::Attendance| {
        vec![Cell::new(one.who.name.clone()), Cell::new(show::attends(one.role))]
    };
    let rows = encounter.visit.attendance.iter().map(row);
    Table::new("People", &["Name", "Part"], "Nobody was named.").rows(rows)
}

/// Moving a stay to the chart it belongs in.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct MovePage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) encounter: String,
    pub(crate) action: String,
    pub(crate) back: String,
    /// The version the form was filled from.
    pub(crate) version: i64,
    pub(crate) number: String,
    pub(crate) found: Option<Found>,
    pub(crate) problem: Option<String>,
}

impl super::super::Page for MovePage {
    const TEMPLATE: &'static str = "chart/move.html";
    fn title(&self) -> String {
        "Move an encounter".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        self.top.crumbs()
    }
}
