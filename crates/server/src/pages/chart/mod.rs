//! The pages of one chart: a folder with its banner and its tabs.

pub(crate) mod document;
pub(crate) mod encounter;
pub(crate) mod entries;
pub(crate) mod overview;
pub(crate) mod print;
pub(crate) mod results;
#[cfg(test)]
pub(crate) mod samples;
pub(crate) mod text;
pub(crate) mod timeline;
pub(crate) mod trend;

use chart::entry::{Entry, EntryContent};
use chart::patient::{Death, Patient};
use serde::Serialize;

use super::frame::Crumb;
use super::parts::{Pager, Table, Tag};
use crate::show::{self, Show};

/// What every page of a chart begins with.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Top {
    pub(crate) banner: Banner,
    pub(crate) tabs: Vec<Tab>,
    /// The tab that is open, as it is called.
    pub(crate) part: &'static str,
    /// The chart's address: `/patients/01…`.
    pub(crate) base: String,
}

/// Who it is, on every page of the chart.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Banner {
    pub(crate) name: String,
    pub(crate) born: String,
    pub(crate) age: Option<String>,
    pub(crate) sex: &'static str,
    pub(crate) number: String,
    pub(crate) filing: Vec<u8>,
    pub(crate) died: Option<String>,
    /// What the patient must not be given, or that none is known.
    pub(crate) allergies: String,
    pub(crate) alerts: Vec<Tag>,
}

/// A tab of the folder.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Tab {
    pub(crate) href: String,
    pub(crate) label: &'static str,
    pub(crate) here: bool,
}

/// The tabs: last part of the address, name, and whether it holds clinical content.
const TABS: [(&str, &str, bool); 15] = [
    ("", "Overview", false),
    ("/timeline", "Timeline", true),
    ("/encounters", "Encounters", false),
    ("/documents", "Documents", true),
    ("/results", "Results", true),
    ("/problems", "Problems", true),
    ("/procedures", "Procedures", true),
    ("/medications", "Medications", true),
    ("/orders", "Orders", true),
    ("/allergies", "Allergies", true),
    ("/history", "History", true),
    ("/coverage", "Coverage", false),
    ("/completeness", "Completeness", true),
    ("/accuracy", "Accuracy", true),
    ("/queries", "Queries", true),
];

/// Whom the chart is about, as far as the banner shows it.
pub(crate) struct Whose<'a> {
    pub(crate) patient: &'a Patient,
    /// Their allergy entries; `None` when the reader may not see clinical content.
    pub(crate) allergies: Option<&'a [Entry]>,
    /// Whether the reader may see what the record lacks.
    pub(crate) lacks: bool,
}

impl Top {
    /// The top of the page `tab` (its name) for a reader who may or may not see clinical content.
    pub(crate) fn new(whose: &Whose<'_>, tab: &'static str, show: &Show) -> Self {
        let base = format!("/patients/{}", whose.patient.id);
        let clinical = whose.allergies.is_some();
        let shown = |(end, _, needs): &&(&str, &str, bool)| match *end {
            "/completeness" => whose.lacks,
            _ => clinical || !needs,
        };
        let tabs = TABS.iter().filter(shown);
        let tabs =
            tabs.map(|&(end, label, _)| Tab { href: format!("{base}{end}"), label, here: label == tab });
        Self { banner: Banner::new(whose, show), tabs: tabs.collect(), part: tab, base }
    }

    /// The way to this page.
    pub(crate) fn crumbs(&self) -> Vec<Crumb> {
        let mut crumbs = vec![Crumb::to("My desk", "/"), Crumb::to("Patients", "/patients")];
        if self.part != "Overview" {
            crumbs.push(Crumb::to("Chart", self.base.clone()));
        }
        crumbs.push(Crumb::here(self.part));
        crumbs
    }
}

impl Banner {
    fn new(whose: &Whose<'_>, show: &Show) -> Self {
        let who = &whose.patient.demographics;
        let died = who.death.map(|death| match death {
            Death::Undated => "date not known".into(),
            Death::At(when) => show.when(when),
        });
        let restricted = whose.patient.restriction.as_ref();
        let restricted = restricted.map(|one| format!("restricted: {}", show::restriction(one.kind)));
        let number = show::number(who);
        Self {
            name: who.filed_name(),
            born: who.birth.map_or_else(|| show::NOTHING.into(), |birth| birth.to_string()),
            age: show.age(who),
            sex: show::sex(who.sex),
            filing: show::filing(&number),
            number,
            died,
            allergies: whose.allergies.map_or_else(|| "not shown at this desk".into(), allergy_line),
            alerts: restricted.map(|text| Tag { tone: "stop", text }).into_iter().collect(),
        }
    }
}

/// The allergies in one line; "none recorded" is not "none".
fn allergy_line(entries: &[Entry]) -> String {
    let active = entries.iter().filter(|entry| !entry.in_error).filter_map(|entry| match &entry.content {
        EntryContent::Allergy(one) if one.status != "resolved" && one.status != "inactive" => {
            Some(one.what.text.as_str())
        }
        _ => None,
    });
    let names: Vec<&str> = active.collect();
    if names.is_empty() { "none recorded".into() } else { names.join(", ") }
}

/// A part of a chart that is tables only.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SectionPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) tables: Vec<Table>,
    pub(crate) pager: Pager,
}

impl super::Page for SectionPage {
    const TEMPLATE: &'static str = "chart/section.html";
    fn title(&self) -> String {
        format!("Chart: {}", self.top.part)
    }
    fn crumbs(&self) -> Vec<Crumb> {
        self.top.crumbs()
    }
}

/// Where words stand in one chart.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ChartFindPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) query: String,
    pub(crate) summary: String,
    pub(crate) hits: Vec<super::parts::Hit>,
}

impl super::Page for ChartFindPage {
    const TEMPLATE: &'static str = "chart/find.html";
    fn title(&self) -> String {
        "Chart: search".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        self.top.crumbs()
    }
}
