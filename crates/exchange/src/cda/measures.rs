//! Results, vital signs and other findings; procedures.

use chart::coded::{Coded, system};
use chart::entry::{EntryContent, Finding, Part, Procedure, Report, Value};
use chart::intake::{Change, SourceKey};
use roxmltree::Node;

use super::entries::{Filing, author, comments, is_negated, performers, related, status};
use super::types;
use super::xml::{at, attribute, child, children, is, words};

/// SNOMED CT: procedure; its negation says that none is known.
const ANY_PROCEDURE: &str = "71388002";

/// The findings of a statement: an organizer of results is a report with its results, one of vital signs is not.
pub(super) fn results(statement: Node<'_, '_>, category: &str, filing: &Filing<'_, '_, '_>) -> Vec<Change> {
    if is(statement, "observation") {
        return finding(statement, category, None, filing).into_iter().collect();
    }
    if !is(statement, "organizer") {
        return related(statement)
            .flat_map(
                |(_, one)| if is(one, "observation") { results(one, category, filing) } else { Vec::new() },
            )
            .collect();
    }
    let observations =
        children(statement, "component").filter_map(|component| child(component, "observation"));
    if category != "laboratory" {
        return observations.filter_map(|one| finding(one, category, None, filing)).collect();
    }
    let key = filing.desk.entry_key(statement, filing.document);
    let findings: Vec<Change> =
        observations.filter_map(|one| finding(one, category, Some((&key, statement)), filing)).collect();
    let Some(content) = report(statement, &findings, filing) else { return findings };
    [filing.entry_as(key, EntryContent::Report(content))].into_iter().chain(findings).collect()
}

fn report(organizer: Node<'_, '_>, findings: &[Change], filing: &Filing<'_, '_, '_>) -> Option<Report> {
    let desk = filing.desk;
    let (by, issued) = author(organizer, desk);
    let keys = findings
        .iter()
        .filter_map(|change| if let Change::Entry { key, .. } = change { Some(key.clone()) } else { None });
    Some(Report {
        what: child(organizer, "code").and_then(|code| types::coded(code, desk))?,
        category: "laboratory".into(),
        status: types::word("result-status", status(organizer)).unwrap_or_default().into(),
        at: child(organizer, "effectiveTime").and_then(|time| types::when(time, desk)),
        issued,
        results: keys.collect(),
        by: performers(organizer, desk).into_iter().chain(by).collect(),
        ..Report::default()
    })
}

fn finding(
    observation: Node<'_, '_>,
    category: &str,
    panel: Option<(&SourceKey, Node<'_, '_>)>,
    filing: &Filing<'_, '_, '_>,
) -> Option<Change> {
    let desk = filing.desk;
    let what = child(observation, "code").and_then(|code| types::coded(code, desk));
    let value = value(observation, filing);
    // An assertion: the value is the finding.
    let asserts = what.as_ref().is_none_or(|what| what.codings.iter().any(|one| one.code == "ASSERTION"));
    let (what, value) = match (what, value) {
        (_, Value::Coded(said)) if asserts => (said, Value::None),
        (Some(what), value) => (what, value),
        (None, _) => return None,
    };
    let absent = child(observation, "value")
        .filter(|_| value == Value::None && !asserts)
        .and_then(|one| attribute(one, "nullFlavor"));
    let absent = absent.or_else(|| attribute(observation, "nullFlavor").filter(|_| value == Value::None));
    let (range, low, high) = reference_range(observation, filing);
    let (by, issued) = author(observation, desk);
    let time = |node: Node<'_, '_>| child(node, "effectiveTime").and_then(|time| types::when(time, desk));
    let content = Finding {
        what,
        category: category.into(),
        status: if is_negated(observation) {
            "negated"
        } else {
            types::word("result-status", status(observation)).unwrap_or_default()
        }
        .into(),
        value,
        absent_reason: absent.map(null_flavor),
        range,
        low,
        high,
        flags: children(observation, "interpretationCode")
            .filter_map(|flag| attribute(flag, "code"))
            .map(str::to_owned)
            .collect(),
        at: time(observation).or_else(|| time(panel?.1)),
        issued,
        parts: parts(observation, filing),
        by: performers(observation, desk).into_iter().chain(by).collect(),
        specimen: specimen(observation, panel.map(|(_, organizer)| organizer), filing),
        report: panel.map(|(key, _)| key.clone()),
        note: note(observation, filing),
    };
    Some(filing.entry(observation, EntryContent::Result(content)))
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
    let shown = |name| end(name).and_then(types::quantity);
    let made = match (shown("low"), shown("high")) {
        (Some(low), Some(high)) => Some(format!("{low}–{high}")),
        (Some(low), None) => Some(format!(">={low}")),
        (None, Some(high)) => Some(format!("<={high}")),
        (None, None) => interval.map(|value| types::value(value, filing.desk).shown()),
    };
    (text.or(made).unwrap_or_default(), number("low"), number("high"))
}

/// Parts that are observations of their own (components of a finding).
fn parts(observation: Node<'_, '_>, filing: &Filing<'_, '_, '_>) -> Vec<Part> {
    let inside = related(observation).filter(|(how, one)| *how == "COMP" && is(*one, "observation"));
    let read = |(_, one): (&str, Node<'_, '_>)| {
        let what = child(one, "code").and_then(|code| types::coded(code, filing.desk))?;
        let (range, _, _) = reference_range(one, filing);
        let flags = children(one, "interpretationCode")
            .filter_map(|flag| attribute(flag, "code"))
            .map(str::to_owned)
            .collect();
        Some(Part { what, value: value(one, filing), range, flags })
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
