//! The data types of CDA: codes, identifiers, times, names, addresses, quantities (HL7 version 3 data types).

use std::sync::LazyLock;

use chart::coded::{Coded, Coding};
use chart::date::When;
use chart::directory::Named;
use chart::entry::Value;
use chart::intake::{KeyKind, SourceKey};
use chart::patient::{Address, Identifier, Name, NameUse, Telecom};
use roxmltree::Node;

use super::desk::Desk;
use super::xml::{at, attribute, child, children, value_type, words};
use crate::hl7::time;

static SYSTEMS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    rows(include_str!("../../../../data/exchange/cda/code-system.tsv")).map(|row| (row[0], row[1])).collect()
});
static WORDS: LazyLock<Vec<Vec<&str>>> =
    LazyLock::new(|| rows(include_str!("../../../../data/exchange/cda/words.tsv")).collect());

/// Rows of a table: no comment lines, cells parted by tabs.
pub(super) fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .skip(1)
        .map(|line| line.split('\t').collect())
}

/// What a code is in the chart's words.
pub(super) fn word(about: &str, code: &str) -> Option<&'static str> {
    WORDS.iter().find(|row| row[0] == about && row[1] == code).map(|row| row[2])
}

/// The URI of an OID: its own name where there is one, else `urn:oid:`; a UUID is `urn:uuid:`.
pub(super) fn uri(oid: &str) -> String {
    let known = SYSTEMS.iter().find(|(number, _)| *number == oid).map(|(_, uri)| (*uri).to_owned());
    known.unwrap_or_else(|| {
        let is_oid = oid.bytes().all(|one| one.is_ascii_digit() || one == b'.');
        if is_oid { format!("urn:oid:{oid}") } else { format!("urn:uuid:{}", oid.to_ascii_lowercase()) }
    })
}

/// A code with its translations and the words the author chose. None when nothing was said.
pub(super) fn coded(node: Node<'_, '_>, desk: &Desk<'_, '_>) -> Option<Coded> {
    let codings: Vec<Coding> =
        [node].into_iter().chain(children(node, "translation")).filter_map(coding).collect();
    let original = child(node, "originalText").map(|text| desk.text(text)).filter(|text| !text.is_empty());
    let displayed = codings.iter().map(|one| one.display.clone()).find(|text| !text.is_empty());
    let text = original.or(displayed).or_else(|| codings.first().map(|one| one.code.clone()))?;
    Some(Coded { text, codings })
}

fn coding(node: Node<'_, '_>) -> Option<Coding> {
    let code = attribute(node, "code")?;
    let system = attribute(node, "codeSystem")
        .map(uri)
        .or_else(|| attribute(node, "codeSystemName").map(str::to_owned));
    let display = attribute(node, "displayName").unwrap_or_default().into();
    Some(Coding { system: system.unwrap_or_default(), code: code.into(), display })
}

/// An instance identifier: whose, and which. A root alone is both.
pub(super) fn instance(node: Node<'_, '_>) -> Option<(String, String)> {
    let root = attribute(node, "root")?;
    Some((uri(root), attribute(node, "extension").unwrap_or(root).into()))
}

/// The first usable identifier of an element.
pub(super) fn first_id(node: Node<'_, '_>) -> Option<(String, String)> {
    children(node, "id").find_map(instance)
}

/// Every identifier of an element, marked as `kind`.
pub(super) fn identifiers(node: Node<'_, '_>, name: &'static str, kind: &str) -> Vec<Identifier> {
    let all = children(node, name).filter_map(instance);
    all.map(|(system, value)| Identifier { system, value, kind: kind.into() }).collect()
}

/// A time with only one end that matters: its value, else its low end, else its high end or center.
pub(super) fn when(node: Node<'_, '_>, desk: &Desk<'_, '_>) -> Option<When> {
    let own = point(node, desk);
    own.or_else(|| ["low", "center", "high"].into_iter().find_map(|end| point(child(node, end)?, desk)))
}

/// The two ends of an interval; a point is its beginning.
pub(super) fn interval(node: Node<'_, '_>, desk: &Desk<'_, '_>) -> (Option<When>, Option<When>) {
    let end = |name| child(node, name).and_then(|end| point(end, desk));
    (end("low").or_else(|| point(node, desk)), end("high"))
}

fn point(node: Node<'_, '_>, desk: &Desk<'_, '_>) -> Option<When> {
    let text = attribute(node, "value")?;
    let read = time::when(text, desk.zone);
    if read.is_none() {
        desk.remark(node, "not a date or time (YYYYMMDD[HHMM[SS]][+ZZZZ]); left out");
    }
    read
}

/// A person's name. A name without parts is a family name.
pub(super) fn name(node: Node<'_, '_>) -> Option<Name> {
    let part = |name: &'static str| {
        children(node, name).map(words).filter(|text| !text.is_empty()).collect::<Vec<_>>()
    };
    let family = part("family").join(" ");
    let given = part("given");
    let whole = if family.is_empty() && given.is_empty() { words(node) } else { family };
    let uses: Vec<&str> = attribute(node, "use").unwrap_or_default().split_whitespace().collect();
    let qualified = |node: Node<'_, '_>| attribute(node, "qualifier") == Some("BR");
    let usage = match uses.first() {
        _ if children(node, "family").any(qualified) => NameUse::Maiden,
        Some(&"P" | &"A") => NameUse::Alias,
        _ => NameUse::Official,
    };
    let name = Name {
        family: whole,
        given,
        prefix: part("prefix").join(" "),
        suffix: part("suffix").join(" "),
        usage,
    };
    (!name.filed().is_empty()).then_some(name)
}

/// A postal address.
pub(super) fn address(node: Node<'_, '_>) -> Option<Address> {
    let first = |name: &'static str| child(node, name).map(words).unwrap_or_default();
    let lines = ["streetAddressLine", "additionalLocator", "unitID"]
        .into_iter()
        .flat_map(|name| children(node, name))
        .map(words);
    let address = Address {
        lines: lines.filter(|line| !line.is_empty()).collect(),
        city: first("city"),
        county: first("county"),
        state: first("state"),
        zip: first("postalCode"),
        country: first("country"),
    };
    (address != Address::default()).then_some(address)
}

/// A telephone number or the like: `tel:`, `mailto:`, `fax:`.
pub(super) fn telecom(node: Node<'_, '_>) -> Option<Telecom> {
    let value = attribute(node, "value")?;
    let (scheme, number) = value.split_once(':').unwrap_or(("tel", value));
    let system = match scheme.to_ascii_lowercase().as_str() {
        "tel" => "phone",
        "mailto" => "email",
        "fax" => "fax",
        _ => "other",
    };
    let usage = match attribute(node, "use").and_then(|uses| uses.split_whitespace().next()) {
        Some("HP" | "H" | "HV") => "home",
        Some("WP") => "work",
        Some("MC") => "mobile",
        _ => "",
    };
    let value = if system == "other" { value } else { number };
    (!number.trim().is_empty()).then(|| Telecom {
        system: system.into(),
        value: value.into(),
        usage: usage.into(),
    })
}

/// Who stands behind a role (assignedAuthor, assignedEntity …): a person, else a device, else an organization.
///
/// Entries often name their author by number only: the name is then the one that number has elsewhere in the document.
pub(super) fn named(role: Node<'_, '_>, desk: &Desk<'_, '_>) -> Option<Named> {
    let person = ["assignedPerson", "informationRecipient", "associatedPerson", "playingEntity"]
        .into_iter()
        .find_map(|name| child(role, name));
    let person = person.and_then(|person| children(person, "name").find_map(name)).map(|name| name.filed());
    let device =
        || at(role, &["assignedAuthoringDevice", "softwareName"]).map(words).filter(|text| !text.is_empty());
    let organization = || {
        let inside = ["representedOrganization", "scopingOrganization", "scopingEntity"]
            .into_iter()
            .find_map(|name| child(role, name));
        at(inside?, &["name"]).map(words).filter(|text| !text.is_empty())
    };
    let key = first_id(role).map(|(system, id)| SourceKey::new(system, KeyKind::Party, id));
    let known = || key.as_ref().and_then(|key| desk.person(&key.system, &key.key));
    let name = person.or_else(known).or_else(device).or_else(organization);
    let name = name.or_else(|| key.as_ref().map(|key| key.key.clone()))?;
    Some(Named { name, key })
}

/// A value of an observation.
pub(super) fn value(node: Node<'_, '_>, desk: &Desk<'_, '_>) -> Value {
    let unit = || attribute(node, "unit").filter(|unit| *unit != "1").unwrap_or_default().to_owned();
    match value_type(node) {
        "PQ" | "REAL" | "INT" | "MO" => match attribute(node, "value") {
            Some(number) => {
                Value::Quantity { comparator: String::new(), number: number.into(), unit: unit() }
            }
            None => Value::None,
        },
        "CD" | "CE" | "CV" | "CS" | "CO" => coded(node, desk).map_or(Value::None, Value::Coded),
        "IVL_PQ" | "IVL_INT" | "IVL_REAL" => range(node),
        "RTO" | "RTO_PQ_PQ" => {
            let part = |name| child(node, name).and_then(|part| quantity(part)).unwrap_or_default();
            Value::Text(format!("{}/{}", part("numerator"), part("denominator")))
        }
        "BL" => attribute(node, "value").map_or(Value::None, |text| Value::Text(text.into())),
        "TS" | "IVL_TS" => when(node, desk).map_or(Value::None, |when| Value::Text(shown(when))),
        _ => {
            let text = desk.text(node);
            if text.is_empty() {
                attribute(node, "value").map_or(Value::None, |text| Value::Text(text.into()))
            } else {
                Value::Text(text)
            }
        }
    }
}

fn shown(when: When) -> String {
    match when {
        When::Instant(at) => at.to_string(),
        When::Date(date) => date.to_string(),
    }
}

/// `13.2 g/dL`.
pub(super) fn quantity(node: Node<'_, '_>) -> Option<String> {
    let number = attribute(node, "value")?;
    let unit = attribute(node, "unit").filter(|unit| *unit != "1").unwrap_or_default();
    Some(format!("{number} {unit}").trim().to_owned())
}

/// An interval of quantities: open ends are comparators.
fn range(node: Node<'_, '_>) -> Value {
    let (low, high) = (child(node, "low"), child(node, "high"));
    let number = |end: Option<Node<'_, '_>>| end.and_then(|end| attribute(end, "value")).map(str::to_owned);
    let unit = [low, high]
        .into_iter()
        .flatten()
        .find_map(|end| attribute(end, "unit"))
        .unwrap_or_default()
        .to_owned();
    let open = |end: Option<Node<'_, '_>>| end.and_then(|end| attribute(end, "inclusive")) == Some("false");
    match (number(low), number(high)) {
        (Some(number), None) => {
            Value::Quantity { comparator: if open(low) { ">" } else { ">=" }.into(), number, unit }
        }
        (None, Some(number)) => {
            Value::Quantity { comparator: if open(high) { "<" } else { "<=" }.into(), number, unit }
        }
        (Some(low), Some(high)) => Value::Text(format!("{low}–{high} {unit}").trim().to_owned()),
        (None, None) => Value::None,
    }
}
