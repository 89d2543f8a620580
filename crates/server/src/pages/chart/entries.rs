//! Entries of the chart as tables: problems, procedures, medications and what else has no page of its own.

use chart::coded::Coded;
use chart::encounter::Encounter;
use chart::entry::{Allergy, Coverage, Diagnosis, DiagnosisRole, Entry, EntryContent, Finding, Immunization};
use chart::entry::{Medication, Order, Procedure, Report};

use super::super::parts::{Cell, Table};
use crate::show::{self, Show};

/// The row of an entry, struck through when it was entered in error.
fn row(entry: &Entry, cells: Vec<Cell>) -> Vec<Cell> {
    if entry.in_error { cells.into_iter().map(|cell| cell.mark("struck")).collect() } else { cells }
}

/// What it is, with its code below.
fn what(coded: &Coded) -> Cell {
    Cell::new(coded.text.clone()).note(show::code(coded))
}

macro_rules! rows_of {
    ($entries:expr, $variant:ident, |$one:ident| $cells:expr) => {
        $entries.iter().filter_map(|entry| match &entry.content {
            EntryContent::$variant($one) => Some(row(entry, $cells)),
            _ => None,
        })
    };
}

/// The problem list and the diagnoses of encounters, apart.
pub(crate) fn problems(entries: &[Entry], show: &Show) -> Vec<Table> {
    const COLUMNS: [&str; 6] = ["Diagnosis", "Kind", "Status", "Since", "Until", "Said by"];
    let is = |role: DiagnosisRole| role == DiagnosisRole::Problem;
    let rows = |wanted: bool| {
        entries.iter().filter_map(move |entry| match &entry.content {
            EntryContent::Diagnosis(one) if is(one.role) == wanted => Some(row(entry, diagnosis(one, show))),
            _ => None,
        })
    };
    vec![
        Table::new("Problem list", &COLUMNS, "No problem is listed.").rows(rows(true)),
        Table::new("Diagnoses of encounters", &COLUMNS, "No diagnosis of an encounter is recorded.")
            .rows(rows(false)),
    ]
}

fn diagnosis(one: &Diagnosis, show: &Show) -> Vec<Cell> {
    let status = [one.clinical_status.as_str(), one.verification.as_str()];
    let status: Vec<&str> = status.into_iter().filter(|text| !text.is_empty()).collect();
    let present = one.present_on_admission.as_ref();
    vec![
        what(&one.what),
        Cell::new(role(one.role))
            .note(present.map_or_else(String::new, |poa| format!("present on admission: {poa}"))),
        Cell::new(show::worded(&status.join(", "))),
        Cell::new(show.maybe(one.onset.or(one.recorded))),
        Cell::new(show.maybe(one.abated)),
        Cell::new(one.by.as_ref().map_or("", |by| by.name.as_str())),
    ]
}

const fn role(role: DiagnosisRole) -> &'static str {
    match role {
        DiagnosisRole::Problem => "Problem",
        DiagnosisRole::Admitting => "Admitting",
        DiagnosisRole::Working => "Working",
        DiagnosisRole::Discharge => "Discharge",
        DiagnosisRole::Billing => "Billing",
    }
}

/// What was done.
pub(crate) fn procedures(entries: &[Entry], show: &Show) -> Table {
    let columns = ["Procedure", "Status", "When", "By", "Anesthesia", "Outcome"];
    Table::new("Procedures", &columns, "No procedure is recorded.").rows(rows_of!(
        entries,
        Procedure,
        |one| procedure(one, show)
    ))
}

fn procedure(one: &Procedure, show: &Show) -> Vec<Cell> {
    vec![
        what(&one.what),
        Cell::new(show::worded(&one.status)),
        Cell::new(show.maybe(one.start)),
        Cell::new(show::names(&one.by)),
        Cell::new(show::coded(one.anesthesia.as_ref())),
        Cell::new(show::coded(one.outcome.as_ref())),
    ]
}

/// What was ordered or taken, the active first.
pub(crate) fn medications(entries: &[Entry], show: &Show) -> Vec<Table> {
    const COLUMNS: [&str; 6] = ["Medication", "Direction", "Status", "Kind", "Since", "Ordered by"];
    let rows = |wanted: bool| {
        entries.iter().filter_map(move |entry| match &entry.content {
            EntryContent::Medication(one) if (one.status == "active") == wanted => {
                Some(row(entry, medication(one, show)))
            }
            _ => None,
        })
    };
    vec![
        Table::new("Active medications", &COLUMNS, "No active medication is recorded.").rows(rows(true)),
        Table::new("Earlier medications", &COLUMNS, "No earlier medication is recorded.").rows(rows(false)),
    ]
}

fn medication(one: &Medication, show: &Show) -> Vec<Cell> {
    let direction = if one.direction.is_empty() { direction(one) } else { one.direction.clone() };
    vec![
        what(&one.what),
        Cell::new(direction),
        Cell::new(show::worded(&one.status)),
        Cell::new(show::worded(&one.category)),
        Cell::new(show.maybe(one.start.or(one.ordered))),
        Cell::new(one.by.as_ref().map_or("", |by| by.name.as_str())),
    ]
}

fn direction(one: &Medication) -> String {
    let route = one.route.as_ref().map_or("", |route| route.text.as_str());
    let dose = one.dose.shown();
    let parts = [dose.as_str(), route, one.frequency.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What was asked for.
pub(crate) fn orders(entries: &[Entry], show: &Show) -> Table {
    let columns = ["Order", "Kind", "Status", "Priority", "Ordered", "By"];
    Table::new("Orders", &columns, "No order is recorded.")
        .rows(rows_of!(entries, Order, |one| order(one, show)))
}

fn order(one: &Order, show: &Show) -> Vec<Cell> {
    let verbal = one.verbal_to.as_ref().map(|who| match one.authenticated {
        Some(when) => format!("spoken to {}, authenticated {}", who.name, show.when(when)),
        None => format!("spoken to {}, not authenticated", who.name),
    });
    vec![
        what(&one.what),
        Cell::new(show::worded(&one.category)),
        Cell::new(show::worded(&one.status)),
        Cell::new(show::worded(&one.priority)),
        Cell::new(show.maybe(one.ordered)),
        Cell::new(one.by.as_ref().map_or("", |by| by.name.as_str())).note(verbal.unwrap_or_default()),
    ]
}

/// Allergies and intolerances.
pub(crate) fn allergies(entries: &[Entry], show: &Show) -> Table {
    let columns = ["To", "Kind", "Status", "Reaction", "Criticality", "Recorded"];
    let empty = "No allergy is recorded. That is not the same as none: ask, and write it down.";
    Table::new("Allergies and intolerances", &columns, empty)
        .rows(rows_of!(entries, Allergy, |one| allergy(one, show)))
}

fn allergy(one: &Allergy, show: &Show) -> Vec<Cell> {
    let reactions: Vec<&str> = one.reactions.iter().map(|reaction| reaction.text.as_str()).collect();
    vec![
        what(&one.what),
        Cell::new(show::worded(&one.category)),
        Cell::new(show::worded(&one.status)),
        Cell::new(reactions.join(", ")),
        Cell::new(show::worded(&one.criticality)).mark(if one.criticality == "high" { "odd" } else { "" }),
        Cell::new(show.maybe(one.recorded.or(one.onset))),
    ]
}

/// Vaccines given, and not given.
pub(crate) fn immunizations(entries: &[Entry], show: &Show) -> Table {
    let columns = ["Vaccine", "When", "Given", "Lot", "By"];
    Table::new("Immunizations", &columns, "No immunization is recorded.").rows(rows_of!(
        entries,
        Immunization,
        |one| immunization(one, show)
    ))
}

fn immunization(one: &Immunization, show: &Show) -> Vec<Cell> {
    let given = match &one.not_done_reason {
        Some(reason) => format!("not given: {}", reason.text),
        None => show::worded(&one.status),
    };
    vec![
        what(&one.what),
        Cell::new(show.maybe(one.at)),
        Cell::new(given),
        Cell::new(one.lot.clone()),
        Cell::new(one.by.as_ref().map_or("", |by| by.name.as_str())),
    ]
}

/// Who pays.
pub(crate) fn coverage(entries: &[Entry], show: &Show) -> Table {
    let columns = ["Plan", "Payer", "Rank", "Member", "Group", "From", "Until"];
    Table::new("Coverage", &columns, "No coverage is recorded.")
        .rows(rows_of!(entries, Coverage, |one| policy(one, show)))
}

fn policy(one: &Coverage, show: &Show) -> Vec<Cell> {
    vec![
        what(&one.plan),
        Cell::new(one.payer.name.clone()),
        Cell::new(one.rank.map_or_else(String::new, |rank| rank.to_string())),
        Cell::new(one.member.clone()),
        Cell::new(one.group.clone()),
        Cell::new(show.maybe(one.start)),
        Cell::new(show.maybe(one.end)),
    ]
}

/// What was asked and found about life and body: findings that are neither laboratory nor vital signs.
pub(crate) fn history(entries: &[Entry], show: &Show) -> Vec<Table> {
    const COLUMNS: [&str; 4] = ["Finding", "Answer", "When", "By"];
    let rows = |social: bool| {
        entries.iter().filter_map(move |entry| match &entry.content {
            EntryContent::Result(one) if is_history(one) && (one.category == "social-history") == social => {
                Some(row(entry, finding(one, show)))
            }
            _ => None,
        })
    };
    vec![
        Table::new("Social history", &COLUMNS, "No social history is recorded.").rows(rows(true)),
        Table::new("Examination and surveys", &COLUMNS, "No examination or survey is recorded.")
            .rows(rows(false)),
    ]
}

/// Whether the finding belongs on the page of history rather than of results.
pub(crate) fn is_history(one: &Finding) -> bool {
    matches!(one.category.as_str(), "social-history" | "exam" | "survey")
}

fn finding(one: &Finding, show: &Show) -> Vec<Cell> {
    let parts: Vec<String> =
        one.parts.iter().map(|part| format!("{}: {}", part.what.text, part.value.shown())).collect();
    let value = if one.value.shown().is_empty() && parts.is_empty() {
        show::coded(one.absent_reason.as_ref())
    } else {
        one.value.shown()
    };
    vec![
        what(&one.what),
        Cell::new(value).note(parts.join("; ")),
        Cell::new(show.maybe(one.at.or(one.issued))),
        Cell::new(show::names(&one.by)),
    ]
}

/// Reports on results and images, each leading to its own text.
pub(crate) fn reports(entries: &[Entry], base: &str, show: &Show) -> Table {
    let columns = ["Report", "Kind", "Status", "When", "By"];
    let rows = entries.iter().filter_map(|entry| match &entry.content {
        EntryContent::Report(one) => {
            Some(row(entry, report(one, &format!("{base}/reports/{}", entry.id), show)))
        }
        _ => None,
    });
    Table::new("Reports", &columns, "No report is recorded.").rows(rows)
}

fn report(one: &Report, href: &str, show: &Show) -> Vec<Cell> {
    vec![
        what(&one.what).link(href),
        Cell::new(show::worded(&one.category)),
        Cell::new(show::worded(&one.status)),
        Cell::new(show.maybe(one.at.or(one.issued))),
        Cell::new(show::names(&one.by)),
    ]
}

/// Encounters, newest first, each leading to its page.
pub(crate) fn encounters(encounters: &[Encounter], base: &str, show: &Show) -> Table {
    let columns = ["Encounter", "When", "Standing", "Service", "Reason", "Attending"];
    let rows = encounters.iter().map(|one| {
        let visit = &one.visit;
        let attending: Vec<&str> =
            visit.attending(chart::encounter::Attends::Attending).map(|who| who.name.as_str()).collect();
        let reasons: Vec<&str> = visit.reasons.iter().map(|reason| reason.text.as_str()).collect();
        vec![
            Cell::new(visit.setting.title()).link(format!("{base}/encounters/{}", one.id)),
            Cell::new(show.span(visit.stay)),
            Cell::new(super::encounter::standing(visit.stay)),
            Cell::new(show::coded(visit.service.as_ref())),
            Cell::new(reasons.join("; ")),
            Cell::new(attending.join("; ")),
        ]
    });
    Table::new("Encounters", &columns, "No encounter is recorded.").rows(rows)
}
