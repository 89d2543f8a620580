//! The timeline: everything that has a date, the newest first.

use chart::date::When;
use chart::document::Document;
use chart::encounter::Encounter;
use chart::entry::{Entry, EntryContent};
use jiff::Timestamp;
use serde::Serialize;

use super::super::frame::Crumb;
use super::super::parts::Pager;
use super::Top;
use crate::show::{self, Show};

/// The timeline of a chart.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TimelinePage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) years: Vec<Year>,
    pub(crate) pager: Pager,
}

/// The events of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Year {
    pub(crate) year: String,
    pub(crate) events: Vec<Event>,
}

/// Something that happened or was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Event {
    #[serde(skip)]
    pub(crate) at: Timestamp,
    pub(crate) when: String,
    pub(crate) kind: &'static str,
    pub(crate) tone: &'static str,
    pub(crate) what: String,
    pub(crate) href: Option<String>,
    pub(crate) note: String,
}

/// The events of a chart by year, newest first. Single measurements are left to the page of results.
pub(crate) fn years(
    encounters: &[Encounter],
    documents: &[Document],
    entries: &[Entry],
    base: &str,
    show: &Show,
) -> Vec<Year> {
    let stays = encounters.iter().filter_map(|one| encounter(one, base, show));
    let papers = documents.iter().filter_map(|one| document(one, base, show));
    let rest = entries.iter().filter(|one| !one.in_error).filter_map(|one| entry(one, base, show));
    let mut events: Vec<Event> = stays.chain(papers).chain(rest).collect();
    events.sort_by_key(|event| std::cmp::Reverse(event.at));
    let year = |event: &Event| event.when.get(..4).unwrap_or_default().to_owned();
    let years = events.chunk_by(|one, next| year(one) == year(next));
    years.map(|events| Year { year: year(&events[0]), events: events.to_vec() }).collect()
}

fn encounter(one: &Encounter, base: &str, show: &Show) -> Option<Event> {
    let at = one.visit.stay.since()?;
    let reasons: Vec<&str> = one.visit.reasons.iter().map(|reason| reason.text.as_str()).collect();
    Some(Event {
        at,
        when: show.moment(at),
        kind: "encounter",
        tone: "good",
        what: one.visit.setting.title().into(),
        href: Some(format!("{base}/encounters/{}", one.id)),
        note: reasons.join("; "),
    })
}

fn document(one: &Document, base: &str, show: &Show) -> Option<Event> {
    let when = one.content.written.unwrap_or(When::Instant(one.origin.received));
    Some(Event {
        at: when.sort_key(),
        when: show.when(when),
        kind: "document",
        tone: "note",
        what: super::document::title(&one.content),
        href: Some(format!("{base}/documents/{}", one.id)),
        note: show::names(&one.content.authors),
    })
}

fn entry(one: &Entry, base: &str, show: &Show) -> Option<Event> {
    let kind = match &one.content {
        EntryContent::Diagnosis(_) => "diagnosis",
        EntryContent::Procedure(_) => "procedure",
        EntryContent::Report(_) => "report",
        EntryContent::Immunization(_) => "immunization",
        EntryContent::Allergy(_) => "allergy",
        EntryContent::Medication(_) => "medication",
        EntryContent::Result(_)
        | EntryContent::Order(_)
        | EntryContent::Coverage(_)
        | EntryContent::Charge(_) => {
            return None;
        }
    };
    let when = one.content.at()?;
    let href = matches!(one.content, EntryContent::Report(_)).then(|| format!("{base}/reports/{}", one.id));
    let what = one.content.what().text.clone();
    Some(Event {
        at: when.sort_key(),
        when: show.when(when),
        kind,
        tone: "",
        what,
        href,
        note: String::new(),
    })
}

impl super::super::Page for TimelinePage {
    const TEMPLATE: &'static str = "chart/timeline.html";
    fn title(&self) -> String {
        "Chart: timeline".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        self.top.crumbs()
    }
}
