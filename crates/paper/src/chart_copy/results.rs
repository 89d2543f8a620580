//! Results as tables by panel, and the reports in words.

use std::collections::{BTreeMap, HashMap};

use chart::date::When;
use chart::document::Attachment;
use chart::entry::{Entry, EntryContent, Finding, Part, Report};
use chart::intake::SourceKey;

use super::lists::cells;
use super::shown::{Rows, SEPARATE, Shown, capital, coded, joined, names, plain};
use super::{ChartToPrint, heading, section};
use crate::sheet::{Block, Column, Level, Table};
use crate::words::Words;

/// Columns of a table of results with their shares.
const COLUMNS: [(&str, f32); 6] =
    [("When", 1.9), ("Test", 2.4), ("Result", 1.6), ("Flag", 0.5), ("Reference", 1.2), ("Remarks", 1.5)];

/// The chapter of results and that of reports.
pub(super) fn results(chart: &ChartToPrint, shown: &Shown) -> Vec<Block> {
    let mut blocks = tables(chart, shown);
    let reports = in_order(chart).into_iter().filter_map(|entry| match &entry.content {
        EntryContent::Report(report) if has_words(report) => Some(words(report, entry.in_error, shown)),
        _ => None,
    });
    let reports: Vec<Block> = reports.flatten().collect();
    if !reports.is_empty() {
        blocks.push(heading(Level::Chapter, "Reports"));
        blocks.extend(reports);
    }
    blocks
}

fn in_order<'a>(chart: &'a ChartToPrint) -> Vec<&'a Entry> {
    let mut entries: Vec<&Entry> = chart.entries.iter().collect();
    entries.sort_by_key(|entry| (entry.content.at().map(When::sort_key), entry.id));
    entries
}

/// A table for each panel: the report that a result belongs to, or its category where it belongs to none.
fn tables(chart: &ChartToPrint, shown: &Shown) -> Vec<Block> {
    let panels: HashMap<&SourceKey, &str> = chart.entries.iter().filter_map(panel).collect();
    let mut tables: BTreeMap<String, Vec<Vec<Words>>> = BTreeMap::new();
    for entry in in_order(chart) {
        let EntryContent::Result(finding) = &entry.content else { continue };
        let panel = finding.report.as_ref().and_then(|key| panels.get(key));
        let title = panel.map_or_else(|| category(finding), |title| (*title).to_owned());
        tables.entry(title).or_default().extend(rows(finding, entry.in_error, shown));
    }
    if tables.is_empty() {
        return Vec::new();
    }
    let columns: Vec<Column> = COLUMNS.map(|(title, share)| Column::new(title, share)).to_vec();
    let mut blocks = vec![heading(Level::Chapter, "Results")];
    for (title, rows) in tables {
        blocks.push(heading(Level::Part, title));
        blocks.push(Block::Table(Table { columns: columns.clone(), rows }));
    }
    blocks
}

fn panel(entry: &Entry) -> Option<(&SourceKey, &str)> {
    match &entry.content {
        EntryContent::Report(report) => Some((entry.origin.key.as_ref()?, report.what.text.as_str())),
        _ => None,
    }
}

fn category(finding: &Finding) -> String {
    if finding.category.is_empty() { "Other results".to_owned() } else { capital(&finding.category) }
}

/// A row for the finding, and one for each of its parts.
fn rows(finding: &Finding, in_error: bool, shown: &Shown) -> Vec<Vec<Words>> {
    let value = finding.value.shown();
    let absent = finding.absent_reason.as_ref().map(|reason| format!("no value: {}", reason.text));
    let standing = if finding.status == "final" { String::new() } else { plain(&finding.status) };
    let remarks = joined(
        [
            &standing,
            &absent.unwrap_or_default(),
            &coded(&finding.specimen),
            &names(&finding.by),
            &finding.note,
        ]
        .map(String::as_str),
    );
    let first = vec![
        time(finding, shown),
        finding.what.text.clone(),
        value,
        finding.flags.join(" "),
        finding.range.clone(),
        remarks,
    ];
    let parts = finding.parts.iter().map(part);
    std::iter::once(first).chain(parts).map(|row| cells(row, in_error)).collect()
}

/// When it was found; where that is not known, when it was made known, and that it is this.
fn time(finding: &Finding, shown: &Shown) -> String {
    match (finding.at, finding.issued) {
        (None, Some(issued)) => format!("issued {}", shown.when(issued)),
        (at, _) => shown.maybe(at),
    }
}

fn part(part: &Part) -> Vec<String> {
    let name = format!("– {}", part.what.text);
    vec![String::new(), name, part.value.shown(), part.flags.join(" "), part.range.clone(), String::new()]
}

fn has_words(report: &Report) -> bool {
    !(report.text.trim().is_empty() && report.conclusion.trim().is_empty() && report.attachments.is_empty())
}

fn words(report: &Report, in_error: bool, shown: &Shown) -> Vec<Block> {
    let status = if in_error { "ENTERED IN ERROR".to_owned() } else { capital(&report.status) };
    let rows = Rows::default()
        .row("Kind", capital(&report.category))
        .row("Status", status)
        .row("Studied", shown.maybe(report.at))
        .row("Issued", shown.maybe(report.issued))
        .row("By", names(&report.by));
    let at = shown.maybe(report.at.or(report.issued));
    let title = joined([report.what.text.as_str(), &at]).replacen("; ", ", ", 1);
    let mut blocks = vec![heading(Level::Part, title), Block::KeyValues(rows.0)];
    blocks.extend(section::blocks(&report.text));
    if !report.conclusion.trim().is_empty() {
        blocks.push(heading(Level::Section, "Conclusion"));
        blocks.extend(section::blocks(&report.conclusion));
    }
    let line = |one: &Attachment| format!("{} ({}): {SEPARATE}", one.title, one.media_type).into();
    let files = report.attachments.iter().map(line);
    let files: Vec<Words> = files.collect();
    if !files.is_empty() {
        blocks.extend([heading(Level::Detail, "Files of this report"), Block::List(files)]);
    }
    blocks
}
