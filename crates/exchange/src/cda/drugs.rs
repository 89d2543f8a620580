//! Medications and vaccinations: substance administrations.

use chart::coded::{Coded, system};
use chart::entry::{EntryContent, Immunization, Medication, Value};
use chart::intake::Change;
use roxmltree::Node;

use super::entries::{Filing, author, comments, is_negated, performers, related, status};
use super::types;
use super::xml::{at, attribute, child, children, is, value_type, words};

/// SNOMED CT: drug or medicament; its negation says that none is taken.
const ANY_DRUG: &str = "410942007";

/// The administrations a statement is, or has within it (admission and discharge medications are acts around them).
fn administrations<'a, 'i>(statement: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    if is(statement, "substanceAdministration") {
        return vec![statement];
    }
    related(statement).map(|(_, one)| one).filter(|one| is(*one, "substanceAdministration")).collect()
}

/// The medications of a statement; `category` is what the section makes of them.
pub(super) fn medications(
    statement: Node<'_, '_>,
    category: &str,
    filing: &Filing<'_, '_, '_>,
) -> Vec<Change> {
    let read = |node| Some(filing.entry(node, EntryContent::Medication(medication(node, category, filing)?)));
    administrations(statement).into_iter().filter_map(read).collect()
}

/// The product: its code, else its name.
fn product(node: Node<'_, '_>, filing: &Filing<'_, '_, '_>) -> Option<Coded> {
    let product = at(node, &["consumable", "manufacturedProduct"])?;
    let material =
        child(product, "manufacturedMaterial").or_else(|| child(product, "manufacturedLabeledDrug"))?;
    let code = child(material, "code").and_then(|code| types::coded(code, filing.desk));
    code.or_else(|| child(material, "name").map(words).filter(|name| !name.is_empty()).map(Coded::text))
}

fn medication(node: Node<'_, '_>, category: &str, filing: &Filing<'_, '_, '_>) -> Option<Medication> {
    let desk = filing.desk;
    let times: Vec<_> = children(node, "effectiveTime").collect();
    let frame = times.iter().find(|time| !is_pattern(**time));
    let (start, end) = frame.map(|time| types::interval(*time, desk)).unwrap_or_default();
    let (by, ordered) = author(node, desk);
    let negated = is_negated(node);
    let status = types::word("medication-status", status(node)).unwrap_or_default();
    let mut what = product(node, filing).or_else(|| Some(Coded::text(narrated(node, filing)?)))?;
    if negated && what.code(system::SNOMED) == Some(ANY_DRUG) {
        what.text = "No known medications".into();
    }
    Some(Medication {
        what,
        category: category.into(),
        status: if negated { "not-taken" } else { status }.into(),
        intent: match attribute(node, "moodCode") {
            Some("EVN") => "statement",
            Some("INT") => "plan",
            _ => "order",
        }
        .into(),
        direction: direction(node, filing),
        dose: dose(node),
        route: child(node, "routeCode").and_then(|route| types::coded(route, desk)),
        frequency: times.iter().filter_map(|time| frequency(*time, filing)).collect::<Vec<_>>().join(", "),
        ordered,
        start,
        end,
        by,
        reasons: reasons(node, filing),
        note: comments(node, desk),
    })
}

fn narrated(node: Node<'_, '_>, filing: &Filing<'_, '_, '_>) -> Option<String> {
    child(node, "text").map(|text| filing.desk.text(text)).filter(|text| !text.is_empty())
}

/// The signature of the drug, instructions, and precondition, in words.
fn direction(node: Node<'_, '_>, filing: &Filing<'_, '_, '_>) -> String {
    let instructions = related(node).filter(|(how, one)| *how == "SUBJ" && is(*one, "act"));
    let instructions =
        instructions.filter_map(|(_, one)| child(one, "text")).map(|text| filing.desk.text(text));
    let needed = children(node, "precondition")
        .filter_map(|one| types::coded(at(one, &["criterion", "value"])?, filing.desk));
    let needed = needed.map(|one| format!("as needed for {}", one.text));
    let all = narrated(node, filing).into_iter().chain(instructions).chain(needed);
    all.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
}

/// The dose, or the rate where only that is given.
fn dose(node: Node<'_, '_>) -> Value {
    let quantity = child(node, "doseQuantity").or_else(|| child(node, "rateQuantity"));
    let Some(quantity) = quantity else { return Value::None };
    let single = |node| {
        let number = attribute(node, "value")?;
        let unit = attribute(node, "unit").filter(|unit| *unit != "1").unwrap_or_default();
        Some(Value::Quantity { comparator: String::new(), number: number.into(), unit: unit.into() })
    };
    let ends = ["low", "high"].map(|end| child(quantity, end).and_then(types::quantity));
    match ends {
        [Some(low), Some(high)] => Value::Text(format!("{low}–{high}")),
        _ => single(quantity)
            .or_else(|| single(child(quantity, "center").or_else(|| child(quantity, "low"))?))
            .unwrap_or(Value::None),
    }
}

/// Whether a time says how often, not from when to when.
fn is_pattern(time: Node<'_, '_>) -> bool {
    matches!(value_type(time), "PIVL_TS" | "EIVL_TS" | "SXPR_TS")
}

/// `every 6 h`, `every 4–6 h`, or the event of the day (HL7 timing events).
fn frequency(time: Node<'_, '_>, filing: &Filing<'_, '_, '_>) -> Option<String> {
    if !is_pattern(time) {
        return None;
    }
    if let Some(event) = child(time, "event") {
        return types::coded(event, filing.desk).map(|event| event.text);
    }
    let period = child(time, "period").or_else(|| at(time, &["comp", "period"]))?;
    let ends = ["low", "high"].map(|end| child(period, end).and_then(types::quantity));
    match ends {
        [Some(low), Some(high)] => Some(format!("every {low}–{high}")),
        _ => types::quantity(period).map(|period| format!("every {period}")),
    }
}

/// What for: indications, of their value or what they refer to.
fn reasons(node: Node<'_, '_>, filing: &Filing<'_, '_, '_>) -> Vec<Coded> {
    let reasons = related(node).filter(|(how, one)| *how == "RSON" && is(*one, "observation"));
    reasons.filter_map(|(_, one)| types::coded(child(one, "value")?, filing.desk)).collect()
}

/// A vaccination, given or refused.
pub(super) fn immunization(statement: Node<'_, '_>, filing: &Filing<'_, '_, '_>) -> Option<Change> {
    let node = administrations(statement).into_iter().next()?;
    let desk = filing.desk;
    let material = at(node, &["consumable", "manufacturedProduct", "manufacturedMaterial"]);
    let refusal = related(node)
        .find(|(how, _)| *how == "RSON")
        .and_then(|(_, one)| types::coded(child(one, "code")?, desk));
    let negated = is_negated(node);
    let content = Immunization {
        what: product(node, filing).or_else(|| Some(Coded::text(narrated(node, filing)?)))?,
        status: if negated { "not-done" } else { "completed" }.into(),
        not_done_reason: refusal.filter(|_| negated),
        at: child(node, "effectiveTime").and_then(|time| types::when(time, desk)),
        lot: material.and_then(|material| child(material, "lotNumberText")).map(words).unwrap_or_default(),
        dose: dose(node),
        site: child(node, "approachSiteCode").and_then(|site| types::coded(site, desk)),
        route: child(node, "routeCode").and_then(|route| types::coded(route, desk)),
        by: performers(node, desk).into_iter().next(),
        note: comments(node, desk),
    };
    Some(filing.entry(node, EntryContent::Immunization(content)))
}
