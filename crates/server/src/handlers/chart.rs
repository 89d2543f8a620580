//! The parts of a chart, each read by one use case.

use chart::access::Permission;
use chart::entry::EntryContent;
use chart::id::{EncounterId, EntryId, PatientId};
use store::Page;
use workflow::charts::{self, Banner, Part, Read};

use super::input;
use crate::call::{Call, Reply};
use crate::pages::chart::encounter::EncounterPage;
use crate::pages::chart::overview::{List, OverviewPage, Restrict, person};
use crate::pages::chart::results::{ResultsPage, panels};
use crate::pages::chart::timeline::{TimelinePage, years};
use crate::pages::chart::trend::TrendPage;
use crate::pages::chart::{SectionPage, Top, Whose, document, entries};
use crate::pages::clarifying::alerts::AlertView;
use crate::pages::parts::{Pager, Table};
use crate::problem::Problem;

/// Rows of a page of tables.
const ROWS: u32 = 200;
/// Measurements that a page of results is made of.
const MEASUREMENTS: u32 = 1_000;
/// Entries that a year or so of a timeline is made of.
const EVENTS: u32 = 300;
/// Everything of an encounter that its page shows.
const OF_ENCOUNTER: u32 = 300;
/// The newest of everything, for the first page.
const NEWEST: u32 = 120;

/// Kinds on the timeline, and on the first page.
const KINDS: [&str; 6] = ["diagnosis", "procedure", "report", "immunization", "allergy", "medication"];

/// The top of a chart's page for this reader.
pub(crate) fn top(call: &Call, banner: &Banner, tab: &'static str) -> Top {
    let clinical = call.may(Permission::ChartRead);
    let whose = Whose {
        patient: &banner.patient,
        allergies: clinical.then_some(banner.allergies.as_slice()),
        lacks: call.may(Permission::DeficiencyRead),
    };
    Top::new(&whose, tab, &call.show())
}

async fn read(call: &Call, part: Part) -> Result<Read, Problem> {
    let id: PatientId = call.id("patient")?;
    Ok(charts::read(&call.house.store, &call.context()?, id, part).await?)
}

/// The entries of these kinds, and only they.
async fn of_kinds(
    call: &Call,
    name: &'static str,
    kinds: &[&'static str],
    page: Page,
) -> Result<Read, Problem> {
    let filter = store::entries::Filter { with_errors: true, ..Default::default() }.kinds(kinds);
    read(call, Part { name, entries: Some((filter, page)), ..Part::default() }).await
}

pub(crate) async fn overview(call: Call) -> Reply {
    let clinical = call.may(Permission::ChartRead);
    let filter = store::entries::Filter::default().kinds(&KINDS);
    let part = Part {
        name: "overview",
        encounters: Some(Page::first(ROWS)),
        documents: clinical.then(|| (store::documents::Filter::default(), Page::first(NEWEST))),
        entries: clinical.then(|| (filter, Page::first(NEWEST))),
    };
    let found = read(&call, part).await?;
    let show = call.show();
    let patient = &found.banner.patient;
    let top = top(&call, &found.banner, "Overview");
    let lists = lists(&found, &top.base, clinical, &show);
    let restrict = call.may(Permission::ChartRestrict).then(|| Restrict::new(patient));
    let may_print = call.may(Permission::ChartPrint);
    let merges = call.may(Permission::PatientMerge).then(|| format!("{}/merges", top.base));
    let correct = call.may(Permission::PatientRegister).then(|| format!("{}/correct", top.base));
    call.page(&OverviewPage {
        correct,
        clinical,
        may_print,
        merges,
        requests: call
            .may(Permission::AmendmentRequest)
            .then(|| format!("/patients/{}/requests", patient.id)),
        person: person(patient, &show),
        lists,
        restrict,
        top,
    })
}

fn lists(found: &Read, base: &str, clinical: bool, show: &crate::show::Show) -> Vec<List> {
    let stays = entries::encounters(&found.encounters, base, show);
    let mut lists = vec![List::of(&stays, 1, format!("{base}/encounters"))];
    if clinical {
        let rows = &found.entries.0;
        let first = |tables: Vec<Table>| tables.into_iter().next().unwrap_or_default();
        let tables = [
            (first(entries::problems(rows, show)), 3, "problems"),
            (first(entries::medications(rows, show)), 1, "medications"),
            (document::newest(&found.documents.0, base, show), 1, "documents"),
            (entries::reports(rows, base, show), 3, "results"),
            (entries::procedures(rows, show), 2, "procedures"),
            (entries::allergies(rows, show), 3, "allergies"),
        ];
        lists.extend(tables.iter().map(|(table, note, end)| List::of(table, *note, format!("{base}/{end}"))));
    }
    lists
}

pub(crate) async fn encounters(call: Call) -> Reply {
    let page = input::page(&call.query, ROWS);
    let found = read(&call, Part { name: "encounters", encounters: Some(page), ..Part::default() }).await?;
    let top = top(&call, &found.banner, "Encounters");
    let tables = vec![entries::encounters(&found.encounters, &top.base, &call.show())];
    // The use case does not count encounters: a full page may have another behind it.
    let full = u32::try_from(found.encounters.len()).is_ok_and(|shown| shown == page.take);
    let count = i64::from(page.skip) + i64::from(page.take) + i64::from(full);
    let pager = input::pager(page, if full { count } else { 0 }, &call.path);
    call.page(&SectionPage { top, tables, pager })
}

pub(crate) async fn coverage(call: Call) -> Reply {
    let tables = |rows: &[_], show: &_| vec![entries::coverage(rows, show)];
    section(&call, ("Coverage", "coverage"), &["coverage"], tables).await
}

pub(crate) async fn timeline(call: Call) -> Reply {
    let page = input::page(&call.query, EVENTS);
    let filter = store::entries::Filter::default().kinds(&KINDS);
    let part = Part {
        name: "timeline",
        encounters: Some(page),
        documents: Some((store::documents::Filter::default(), page)),
        entries: Some((filter, page)),
    };
    let found = read(&call, part).await?;
    let top = top(&call, &found.banner, "Timeline");
    let years = years(&found.encounters, &found.documents.0, &found.entries.0, &top.base, &call.show());
    let pager = input::pager(page, found.documents.1.max(found.entries.1), &call.path);
    call.page(&TimelinePage { top, years, pager })
}

pub(crate) async fn results(call: Call) -> Reply {
    let page = input::page(&call.query, MEASUREMENTS);
    let found = of_kinds(&call, "results", &["result", "report"], page).await?;
    let (rows, count) = &found.entries;
    let top = top(&call, &found.banner, "Results");
    let show = call.show();
    let panels = panels(rows, &top.base, &show);
    let reports = entries::reports(rows, &top.base, &show);
    call.page(&ResultsPage { panels, reports, pager: input::pager(page, *count, &call.path), top })
}

pub(crate) async fn trend(call: Call) -> Reply {
    let id: EntryId = call.id("entry")?;
    let found = of_kinds(&call, "trend", &["result"], Page::first(MEASUREMENTS * 5)).await?;
    let rows = &found.entries.0;
    let chosen = rows.iter().find(|entry| entry.id == id).map(|entry| &entry.content);
    let Some(EntryContent::Result(chosen)) = chosen else { return Err(Problem::Missing) };
    call.page(&TrendPage::new(top(&call, &found.banner, "Results"), chosen, rows, &call.show()))
}

/// A page of tables over entries of some kinds.
async fn section(
    call: &Call,
    (tab, name): (&'static str, &'static str),
    kinds: &[&'static str],
    tables: impl Fn(&[chart::entry::Entry], &crate::show::Show) -> Vec<Table>,
) -> Reply {
    let page = input::page(&call.query, ROWS);
    let found = of_kinds(call, name, kinds, page).await?;
    let (rows, count) = &found.entries;
    let tables = tables(rows, &call.show());
    let pager = input::pager(page, *count, &call.path);
    call.page(&SectionPage { top: top(call, &found.banner, tab), tables, pager })
}

pub(crate) async fn problems(call: Call) -> Reply {
    section(&call, ("Problems", "problems"), &["diagnosis"], entries::problems).await
}

pub(crate) async fn procedures(call: Call) -> Reply {
    let tables = |rows: &[_], show: &_| vec![entries::procedures(rows, show)];
    section(&call, ("Procedures", "procedures"), &["procedure"], tables).await
}

pub(crate) async fn medications(call: Call) -> Reply {
    section(&call, ("Medications", "medications"), &["medication"], entries::medications).await
}

pub(crate) async fn orders(call: Call) -> Reply {
    let tables = |rows: &[_], show: &_| vec![entries::orders(rows, show)];
    section(&call, ("Orders", "orders"), &["order"], tables).await
}

pub(crate) async fn allergies(call: Call) -> Reply {
    let tables =
        |rows: &[_], show: &_| vec![entries::allergies(rows, show), entries::immunizations(rows, show)];
    section(&call, ("Allergies", "allergies"), &["allergy", "immunization"], tables).await
}

/// Social history, examination and surveys stand among thousands of results: they are asked for by category.
pub(crate) async fn history(call: Call) -> Reply {
    let found = of_kinds(&call, "history", &["result"], Page::first(MEASUREMENTS * 5)).await?;
    let is_history = |entry: &&chart::entry::Entry| matches!(&entry.content, EntryContent::Result(one) if entries::is_history(one));
    let rows: Vec<chart::entry::Entry> = found.entries.0.iter().filter(is_history).cloned().collect();
    let tables = entries::history(&rows, &call.show());
    call.page(&SectionPage { top: top(&call, &found.banner, "History"), tables, pager: Pager::default() })
}

pub(crate) async fn encounter(call: Call) -> Reply {
    let id: EncounterId = call.id("encounter")?;
    let found = charts::encounter(&call.house.store, &call.context()?, id, Page::first(OF_ENCOUNTER)).await?;
    let show = call.show();
    let top = top(&call, &found.banner, "Encounters");
    let days = found.encounter.visit.bed_days(&show.zone, show.now);
    let papers = document::newest(&found.documents, &top.base, &show);
    let base = top.base.clone();
    let move_to = call.may(Permission::EncounterMove).then(|| format!("{base}/encounters/{id}/move"));
    let page = EncounterPage::new(top, &found.encounter, days, &show).holding(&found.entries, papers, &show);
    let address = format!("{base}/encounters/{id}");
    let billing = call.may(Permission::AmendmentRequest).then(|| format!("{address}/billing"));
    let mut actions = Vec::new();
    if call.may(Permission::DictationDictate) {
        actions.push((format!("{address}/dictate"), "Dictate"));
    }
    if call.may(Permission::DocumentWrite) {
        actions.push((format!("{base}/write?encounter={id}"), "Write"));
    }
    if call.may(Permission::CodingRead) {
        actions.push((format!("{address}/coding"), "Codes"));
    }
    let asks = call.may(Permission::QueryWrite);
    if asks {
        actions.push((format!("{address}/query/new"), "Ask a practitioner"));
    }
    let patient = found.banner.patient.id;
    let alert = |one: &store::alerts::Filed| AlertView::new(&one.alert, (patient, id), asks);
    let alerts = found.alerts.iter().map(alert).collect();
    call.page(&EncounterPage { move_to, actions, billing, alerts, ..page })
}
