//! The first page of a chart: the person, and the newest of everything.

use chart::patient::{Patient, RestrictionKind};
use serde::Serialize;

use super::super::frame::Crumb;
use super::super::parts::{Choice, Fact, Table};
use super::Top;
use crate::show::{self, Show};

/// How many lines of a list the first page shows.
const LINES: usize = 6;

/// The first page of a chart.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct OverviewPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) clinical: bool,
    pub(crate) may_print: bool,
    /// Where the merges of this chart are, for those who may merge.
    pub(crate) merges: Option<String>,
    /// Where the patient's requests to amend are, for those who work on them.
    pub(crate) requests: Option<String>,
    /// Where who the person is can be corrected, for those who may.
    pub(crate) correct: Option<String>,
    pub(crate) person: Vec<Fact>,
    pub(crate) lists: Vec<List>,
    /// The form that restricts the chart, for those who may.
    pub(crate) restrict: Option<Restrict>,
}

/// The newest of one kind.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct List {
    pub(crate) title: String,
    /// Where all of them are.
    pub(crate) href: String,
    pub(crate) lines: Vec<Line>,
    pub(crate) empty: &'static str,
}

/// One of them.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) href: Option<String>,
    pub(crate) note: String,
    pub(crate) mark: &'static str,
}

/// The form that restricts a chart.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Restrict {
    pub(crate) kinds: Vec<Choice>,
}

impl Restrict {
    /// The form for this patient.
    pub(crate) fn new(patient: &Patient) -> Self {
        let key = |kind| match kind {
            RestrictionKind::Vip => "vip",
            RestrictionKind::Employee => "employee",
            RestrictionKind::Requested => "requested",
        };
        let chosen = patient.restriction.as_ref().map_or("", |one| key(one.kind));
        let kinds = [RestrictionKind::Vip, RestrictionKind::Employee, RestrictionKind::Requested];
        let kinds = kinds.map(|kind| Choice::new(key(kind), show::worded(show::restriction(kind)), chosen));
        let open = Choice::new("", "Not restricted", chosen);
        Self { kinds: std::iter::once(open).chain(kinds).collect() }
    }
}

impl List {
    /// The first lines of a table: its first cell, and the cell of column `note` beside it.
    pub(crate) fn of(table: &Table, note: usize, href: String) -> Self {
        let lines = table.rows.iter().take(LINES).filter_map(|row| {
            let first = row.first()?;
            let note = row.get(note).map_or_else(String::new, |cell| cell.text.clone());
            Some(Line { text: first.text.clone(), href: first.href.clone(), note, mark: first.mark })
        });
        Self { title: table.caption.clone(), href, lines: lines.collect(), empty: table.empty }
    }
}

/// Who the person is, beyond the banner.
pub(crate) fn person(patient: &Patient, show: &Show) -> Vec<Fact> {
    let who = &patient.demographics;
    let others: Vec<String> = who.names.iter().skip(1).map(chart::patient::Name::filed).collect();
    let numbers: Vec<String> =
        who.identifiers.iter().filter(|one| one.kind != "SS").map(identifier).collect();
    let phones: Vec<&str> = who.telecoms.iter().map(|one| one.value.as_str()).collect();
    let races: Vec<&str> = who.race.iter().map(|one| one.text.as_str()).collect();
    let contacts: Vec<String> = who.contacts.iter().map(contact).collect();
    let death = who.death.map(|death| match death {
        chart::patient::Death::Undated => "date not known".into(),
        chart::patient::Death::At(when) => show.when(when),
    });
    let facts = [
        Fact::new("Other names", others.join("; ")),
        Fact::new("Numbers", numbers.join(", ")),
        Fact::new("Address", who.addresses.first().map(show::address).unwrap_or_default()),
        Fact::new("Telephone", phones.join(", ")),
        Fact::new("Language", show::coded(who.language.as_ref())),
        Fact::new("Marital status", show::coded(who.marital.as_ref())),
        Fact::new("Race", races.join(", ")),
        Fact::new("Ethnicity", show::coded(who.ethnicity.as_ref())),
        Fact::new("Died", death.unwrap_or_default()),
        Fact::new("To call", contacts.join("; ")),
    ];
    facts.into_iter().flatten().collect()
}

fn identifier(one: &chart::patient::Identifier) -> String {
    if one.kind.is_empty() { one.value.clone() } else { format!("{} ({})", one.value, one.kind) }
}

fn contact(one: &chart::patient::Contact) -> String {
    let phone = one.telecoms.first().map_or("", |telecom| telecom.value.as_str());
    let parts = [one.name.filed(), one.relationship.text.clone(), phone.to_owned()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

impl super::super::Page for OverviewPage {
    const TEMPLATE: &'static str = "chart/overview.html";
    fn title(&self) -> String {
        "Chart".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        self.top.crumbs()
    }
}
