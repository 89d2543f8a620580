//! Results, vital signs and other findings; procedures.

use chart::coded::{Coded, system};
use chart::date::When;
use chart::entry::{EntryContent, Finding, Part, Procedure, Report, Value};
use chart::intake::{Change, SourceKey};
use roxmltree::Node;

use super::entries::{Filing, author, comments, is_negated, performers, related, status};
use super::types;
use super::xml::{at, attribute, child, children, is, words};

/// SNOMED CT: procedure; its negation says that none is known.
const ANY_PROCEDURE: &str = "71388002";

/// What an observation stands in: the panel that is a report, if it is one, and the organizer around it.
#[derive(Clone, Copy, Default)]
struct Around<'r, 'a, 'i> {
    report: Option<&'r SourceKey>,
    organizer: Option<Node<'a, 'i>>,
}

/// The findings of a statement: an organizer of results is a report with its results, one of vital signs is not.
pub(super) fn results(statement: Node<'_, '_>, category: &str, filing: &Filing<'_, '_, '_>) -> Vec<Change> {
    if is(statement, "observation") {
        return finding(statement, category, Around::default(), filing).into_iter().collect();
    }
    if !is(statement, "organizer") {
        let inside = related(statement).map(|(_, one)| one).filter(|one| is(*one, "observation"));
        return inside.flat_map(|one| results(one, category, filing)).collect();
    }
    let observations =
        children(statement, "component").filter_map(|component| child(component, "observation"));
    let organizer = Some(statement);
    if category != "laboratory" {
        let around = Around { report: None, organizer };
        return observations.filter_map(|one| finding(one, category, around, filing)).collect();
    }
    let key = filing.desk.entry_key(statement, filing.document);
    let around = Around { report: Some(&key), organizer };
    let findings: Vec<Change> =
        observations.filter_map(|one| finding(one, category, around, filing)).collect();
    match report(statement, &findings, filing) {
        Some(content) => {
            let report = filing.entry_as(key, EntryContent::Report(content));
            [report].into_iter().chain(findings).collect()
        }
        None => findings,
    }
}

fn report(organizer: Node<'_, '_>, findings: &[Change], filing: &Filing<'_, '_, '_>) -> Option<Report> {
    let desk = filing.desk;
    let (by, issued) = author(organizer, desk);
    let key = |change: &Change| if let Change::Entry { key, .. } = change { Some(key.clone()) } else { None };
    Some(Report {
        what: child(organizer, "code").and_then(|code| types::coded(code, desk))?,
        category: "laboratory".into(),
        status: types::word("result-status", status(organizer)).unwrap_or_default().into(),
        at: time(organizer, filing),
        issued,
        results: findings.iter().filter_map(key).collect(),
        by: performers(organizer, desk).into_iter().chain(by).collect(),
        ..Report::default()
    })
}

fn time(node: Node<'_, '_>, filing: &Filing<'_, '_, '_>) -> Option<When> {
    child(node, "effectiveTime").and_then(|time| types::when(time, filing.desk))
}

fn finding(
    observation: Node<'_, '_>,
    category: &str,
    around: Around<'_, '_, '_>,
    filing: &Filing<'_, '_, '_>,
) -> Option<Change> {
    let (what, value, absent_reason) = said(observation, filing)?;
    let (range, low, high) = reference_range(observation, filing);
    let (by, issued) = author(observation, filing.desk);
    let content = Finding {
        what,
        category: category.into(),
        status: result_status(observation).into(),
        value,
        absent_reason,
        range,
        low,
        high,
        flags: flags(observation),
        at: time(observation, filing).or_else(|| time(around.organizer?, filing)),
        issued,
        parts: parts(observation, filing),
        by: performers(observation, filing.desk).into_iter().chain(by).collect(),
        specimen: specimen(observation, around.organizer, filing),
        report: around.report.cloned(),
        note: note(observation, filing),
    };
    Some(filing.entry(observation, EntryContent::Result(content)))
}

/// What was observed, what was found, and why nothing was. Of an assertion the value is the finding.
fn said(observation: Node<'_, '_>, filing: &Filing<'_, '_, '_>) -> Option<(Coded, Value, Option<Coded>)> {
    let what = child(observation, "code").and_then(|code| types::coded(code, filing.desk));
    let asserts = what.as_ref().is_none_or(|what| what.codings.iter().any(|one| one.code == "ASSERTION"));
    match (what, value(observation, filing)) {
        (_, Value::Coded(found)) if asserts => Some((found, Value::None, None)),
        (Some(what), Value::None) => {
            let silent = [child(observation, "value"), Some(observation)].into_iter().flatten();
            let flavor = silent.filter_map(|node| attribute(node, "nullFlavor")).next();
            Some((what, Value::None, flavor.map(null_flavor)))
        }
        (what, value) => Some((what?, value, None)),
    }
}

fn result_status<'a>(observation: Node<'a, '_>) -> &'a str {
    if is_negated(observation) {
        return "negated";
    }
    types::word("result-status", status(observation)).unwrap_or_default()
}

fn flags(observation: Node<'_, '_>) -> Vec<String> {
    let codes = children(observation, "interpretationCode").filter_map(|flag| attribute(flag, "code"));
    codes.map(str::to_owned).collect()
}

/// All values of an observation: one as it is, several as words.
fn value(observation: Node<'_, '_>, filing: &Filing<'_, '_, '_>) -> Value {
    let mut values: Vec<Value> = children(observation, "value")
        .map(|node| types::value(node, filing.desk))
        .filter(|value| *value != Value::None)
        .collect();
    match values.len() {
        0 => Value::None,
        1 => values.remove(0),
        _ => Value::Text(values.iter().map(Value::shown).collect::<Vec<_>>().join("; ")),
    }
}

/// Why nothing is said (HL7 null flavors).
fn null_flavor(code: &str) -> Coded {
    let words = match code {
        "NI" => "no information",
        "UNK" => "unknown",
        "ASKU" => "asked but unknown",
        "NAV" => "temporarily unavailable",
        "NASK" => "not asked",
        "NA" => "not applicable",
        "MSK" => "masked",
        "OTH" => "other",
        _ => code,
    };
    Coded::new(&types::uri("2.16.840.1.113883.5.1008"), code, words)
}

/// The first reference range: in words, with its ends.
fn reference_range(
    observation: Node<'_, '_>,
    filing: &Filing<'_, '_, '_>,
) -> (String, Option<String>, Option<String>) {
    let Some(range) = at(observation, &["referenceRange", "observationRange"]) else {
        return Default::default();
    };
    let text = child(range, "text").map(|text| filing.desk.text(text)).filter(|text| !text.is_empty());
    let interval = child(range, "value");
    let end = |name| interval.and_then(|value| child(value, name));
    let number = |name| end(name).and_then(|end| attribute(end, "value")).map(str::to_owned);
    let unit = ["low", "high"].into_iter().find_map(|name| attribute(end(name)?, "unit")).unwrap_or_default();
    let made = match (number("low"), number("high")) {
        (Some(low), Some(high)) => Some(format!("{low}–{high} {unit}")),
        (Some(low), None) => Some(format!(">={low} {unit}")),
        (None, Some(high)) => Some(format!("<={high} {unit}")),
        (None, None) => interval.map(|value| types::value(value, filing.desk).shown()),
    };
    let made = made.map(|range| range.trim_end().to_owned());
    (text.or(made).unwrap_or_default(), number("low"), number("high"))
}

/// Parts that are observations of their own (components of a finding).
fn parts(observation: Node<'_, '_>, filing: &Filing<'_, '_, '_>) -> Vec<Part> {
    let inside = related(observation).filter(|(how, one)| *how == "COMP" && is(*one, "observation"));
    let read = |(_, one): (&str, Node<'_, '_>)| {
        let what = child(one, "code").and_then(|code| types::coded(code, filing.desk))?;
        let (range, _, _) = reference_range(one, filing);
        Some(Part { what, value: value(one, filing), range, flags: flags(one) })
    };
    inside.filter_map(read).collect()
}

fn specimen(
    observation: Node<'_, '_>,
    organizer: Option<Node<'_, '_>>,
    filing: &Filing<'_, '_, '_>,
) -> Option<Coded> {
    let own = [Some(observation), organizer].into_iter().flatten();
    let entity =
        own.filter_map(|node| at(node, &["specimen", "specimenRole", "specimenPlayingEntity"])).next()?;
    let name = child(entity, "name").map(words).filter(|name| !name.is_empty());
    child(entity, "code").and_then(|code| types::coded(code, filing.desk)).or_else(|| name.map(Coded::text))
}

/// Method, site and comments in words.
fn note(observation: Node<'_, '_>, filing: &Filing<'_, '_, '_>) -> String {
    let said = |name, title: &str| {
        let all = children(observation, name).filter_map(|code| types::coded(code, filing.desk));
        all.map(|code| format!("{title}: {}", code.text)).collect::<Vec<_>>()
    };
    let comments = Some(comments(observation, filing.desk)).filter(|text| !text.is_empty());
    said("methodCode", "Method")
        .into_iter()
        .chain(said("targetSiteCode", "Site"))
        .chain(comments)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The procedures of a statement: a procedure, or an act or observation that stands for one.
pub(super) fn procedures(statement: Node<'_, '_>, filing: &Filing<'_, '_, '_>) -> Vec<Change> {
    if is(statement, "organizer") {
        let inside = children(statement, "component")
            .filter_map(|component| component.children().find(Node::is_element));
        return inside.flat_map(|one| procedures(one, filing)).collect();
    }
    let is_one = ["procedure", "act", "observation"].iter().any(|name| is(statement, name));
    // What is asked for or planned has not been done.
    let was_done = matches!(attribute(statement, "moodCode"), Some("EVN") | None);
    if !is_one || !was_done {
        return Vec::new();
    }
    let content = procedure(statement, filing);
    content.map(|content| filing.entry(statement, EntryContent::Procedure(content))).into_iter().collect()
}

fn procedure(node: Node<'_, '_>, filing: &Filing<'_, '_, '_>) -> Option<Procedure> {
    let desk = filing.desk;
    let code = |name: &'static str| {
        children(node, name).filter_map(|code| types::coded(code, desk)).collect::<Vec<_>>()
    };
    let narrated =
        child(node, "text").map(|text| desk.text(text)).filter(|text| !text.is_empty()).map(Coded::text);
    let (start, end) =
        child(node, "effectiveTime").map(|time| types::interval(time, desk)).unwrap_or_default();
    let status = types::word("procedure-status", status(node)).unwrap_or_default();
    let reasons = related(node).filter(|(how, one)| *how == "RSON" && is(*one, "observation"));
    let value =
        child(node, "value").map(|value| types::value(value, desk).shown()).filter(|text| !text.is_empty());
    let comments = Some(comments(node, desk)).filter(|text| !text.is_empty());
    let mut what = code("code").into_iter().next().or(narrated)?;
    if is_negated(node) && what.code(system::SNOMED) == Some(ANY_PROCEDURE) {
        what.text = "No known procedures".into();
    }
    Some(Procedure {
        what,
        status: if is_negated(node) { "not-done" } else { status }.into(),
        start,
        end,
        by: performers(node, desk),
        sites: code("targetSiteCode"),
        reasons: reasons.filter_map(|(_, one)| types::coded(child(one, "value")?, desk)).collect(),
        note: value
            .map(|value| format!("Finding: {value}"))
            .into_iter()
            .chain(comments)
            .collect::<Vec<_>>()
            .join("\n"),
        ..Procedure::default()
    })
}
