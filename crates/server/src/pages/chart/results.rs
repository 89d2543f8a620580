//! Results as a grid: tests down, times across, panel by panel.

use std::collections::BTreeMap;

use chart::coded::{Coded, system};
use chart::entry::{Entry, EntryContent, Finding, Value};
use jiff::Timestamp;
use serde::Serialize;

use super::super::frame::Crumb;
use super::super::parts::{Cell, Pager, Table};
use super::{Top, entries};
use crate::show::{self, Show};

/// How many points in time a panel shows side by side.
const TIMES: usize = 8;

/// The results of a chart.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ResultsPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) panels: Vec<Panel>,
    pub(crate) reports: Table,
    pub(crate) pager: Pager,
}

/// Tests that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Panel {
    pub(crate) name: String,
    /// Newest first.
    pub(crate) times: Vec<String>,
    pub(crate) rows: Vec<PanelRow>,
}

/// One test over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PanelRow {
    pub(crate) name: String,
    pub(crate) unit: String,
    /// Its trend, where there are numbers.
    pub(crate) href: Option<String>,
    /// One for each time; empty where nothing was measured.
    pub(crate) cells: Vec<Cell>,
    pub(crate) range: String,
}

impl super::super::Page for ResultsPage {
    const TEMPLATE: &'static str = "chart/results.html";
    fn title(&self) -> String {
        "Chart: results".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        self.top.crumbs()
    }
}

/// A finding with the entry that holds it.
#[derive(Clone, Copy)]
struct Measured<'a> {
    entry: &'a Entry,
    finding: &'a Finding,
    at: Timestamp,
}

/// The panels of a chart's results.
pub(crate) fn panels(found: &[Entry], base: &str, show: &Show) -> Vec<Panel> {
    let mut panels: BTreeMap<String, Vec<Measured<'_>>> = BTreeMap::new();
    for one in measured(found) {
        panels.entry(panel_name(one.finding, found)).or_default().push(one);
    }
    panels.into_iter().map(|(name, rows)| panel(name, &rows, base, show)).collect()
}

fn measured(found: &[Entry]) -> impl Iterator<Item = Measured<'_>> {
    found.iter().filter(|entry| !entry.in_error).filter_map(|entry| match &entry.content {
        EntryContent::Result(finding) if !entries::is_history(finding) => {
            let at = finding.at.or(finding.issued).map_or(entry.origin.received, chart::date::When::sort_key);
            Some(Measured { entry, finding, at })
        }
        _ => None,
    })
}

/// The report a finding came in names its panel; else its category does.
fn panel_name(finding: &Finding, found: &[Entry]) -> String {
    let report = finding.report.as_ref().and_then(|key| {
        found.iter().find_map(|entry| match &entry.content {
            EntryContent::Report(report) if entry.origin.key.as_ref() == Some(key) => {
                Some(report.what.text.clone())
            }
            _ => None,
        })
    });
    report.unwrap_or_else(|| match finding.category.as_str() {
        "" => "Other results".into(),
        category => show::worded(category),
    })
}

fn panel(name: String, measured: &[Measured<'_>], base: &str, show: &Show) -> Panel {
    let mut times: Vec<Timestamp> = measured.iter().map(|one| one.at).collect();
    times.sort_unstable_by(|one, other| other.cmp(one));
    times.dedup();
    times.truncate(TIMES);
    let mut tests: BTreeMap<String, Vec<Measured<'_>>> = BTreeMap::new();
    for one in measured {
        tests.entry(analyte(&one.finding.what)).or_default().push(*one);
    }
    let rows = tests.values().map(|same| panel_row(same, &times, base)).collect();
    Panel { name, times: times.iter().map(|at| show.moment(*at)).collect(), rows }
}

fn panel_row(same: &[Measured<'_>], times: &[Timestamp], base: &str) -> PanelRow {
    let newest = same.iter().max_by_key(|one| one.at).unwrap_or(&same[0]);
    let unit = match &newest.finding.value {
        Value::Quantity { unit, .. } => unit.clone(),
        Value::None | Value::Coded(_) | Value::Text(_) => String::new(),
    };
    let cell = |at: &Timestamp| {
        let found = same.iter().find(|one| one.at == *at);
        found.map_or_else(Cell::default, |one| Cell::new(value(one.finding)).mark(mark(one.finding)).number())
    };
    let is_number = same.iter().any(|one| matches!(one.finding.value, Value::Quantity { .. }));
    PanelRow {
        name: newest.finding.what.text.clone(),
        unit,
        href: is_number.then(|| format!("{base}/results/{}", newest.entry.id)),
        cells: times.iter().map(cell).collect(),
        range: newest.finding.range.clone(),
    }
}

/// The same test has the same LOINC code; without one, the same words.
pub(crate) fn analyte(what: &Coded) -> String {
    what.code(system::LOINC).map_or_else(|| what.text.to_lowercase(), str::to_owned)
}

/// The value without its unit; the parts where a finding has parts.
pub(crate) fn value(finding: &Finding) -> String {
    let own = match &finding.value {
        Value::Quantity { comparator, number, .. } => format!("{comparator}{number}"),
        other => other.shown(),
    };
    if !own.is_empty() || finding.parts.is_empty() {
        return own;
    }
    finding.parts.iter().map(|part| part.value.shown()).collect::<Vec<_>>().join(" / ")
}

/// How the value looks: by the laboratory's flag, else by the range it sent.
pub(crate) fn mark(finding: &Finding) -> &'static str {
    let flag = finding.flags.iter().map(String::as_str).find(|flag| !matches!(*flag, "" | "N"));
    match flag {
        Some("H" | "HH" | "HU" | ">") => "high",
        Some("L" | "LL" | "LU" | "<") => "low",
        Some(_) => "odd",
        None => out_of_range(finding),
    }
}

fn out_of_range(finding: &Finding) -> &'static str {
    let Value::Quantity { number, .. } = &finding.value else { return "" };
    let read = |text: Option<&String>| text.and_then(|text| text.trim().parse::<f64>().ok());
    let Some(value) = read(Some(number)) else { return "" };
    if read(finding.high.as_ref()).is_some_and(|high| value > high) {
        "high"
    } else if read(finding.low.as_ref()).is_some_and(|low| value < low) {
        "low"
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(number: &str, low: &str, high: &str, flag: &str) -> Finding {
        Finding {
            value: Value::Quantity {
                comparator: String::new(),
                number: number.into(),
                unit: "mmol/L".into(),
            },
            low: Some(low.into()),
            high: Some(high.into()),
            flags: vec![flag.into()],
            ..Finding::default()
        }
    }

    #[test]
    fn the_laboratorys_flag_counts_before_the_range() {
        assert_eq!(mark(&finding("6.1", "3.5", "5.1", "")), "high");
        assert_eq!(mark(&finding("3.0", "3.5", "5.1", "N")), "low");
        assert_eq!(mark(&finding("4.0", "3.5", "5.1", "")), "");
        assert_eq!(mark(&finding("4.0", "3.5", "5.1", "A")), "odd");
        assert_eq!(mark(&finding("six", "3.5", "5.1", "")), "");
    }
}
