//! Order messages: ORC with OBR is an order, with RXO or RXE a medication.

use chart::coded::Coded;
use chart::date::When;
use chart::entry::{EntryContent, Medication, Order, Value};
use chart::intake::{Change, KeyKind, SourceKey};
use chart::patient::Identifier;

use super::arrival::Filing;
use super::group::{OrderGroup, PatientGroup};
use super::segment::{Field, Segment};
use super::{finding, tables, types};

/// The orders and medications of a patient, as changes.
pub(super) fn entries(group: &PatientGroup<'_>, filing: &mut Filing<'_, '_>) -> Vec<Change> {
    group.orders.iter().enumerate().filter_map(|(place, order)| entry(order, place, filing)).collect()
}

fn entry(order: &OrderGroup<'_>, place: usize, filing: &mut Filing<'_, '_>) -> Option<Change> {
    let key = filing.distinct(key(order, place, filing));
    let drug = ["RXE", "RXO", "RXD"].into_iter().find_map(|name| order.first(name));
    let content = match drug {
        Some(drug) => EntryContent::Medication(medication(order, drug, filing)?),
        None => EntryContent::Order(clinical(order, filing)?),
    };
    Some(filing.entry(key, content))
}

/// The placer's number, else the filler's, else the message and the place in it.
fn key(order: &OrderGroup<'_>, place: usize, filing: &Filing<'_, '_>) -> SourceKey {
    let field = |name, at| order.first(name).and_then(|segment| types::entity(segment.field(at)));
    let number =
        field("ORC", 2).or_else(|| field("OBR", 2)).or_else(|| field("ORC", 3)).or_else(|| field("OBR", 3));
    let (system, number) =
        number.unwrap_or_else(|| (String::new(), format!("{}/{}", filing.desk.control_id, place + 1)));
    filing.desk.key(&system, KeyKind::Entry, format!("ORC/{number}"))
}

fn clinical(order: &OrderGroup<'_>, filing: &Filing<'_, '_>) -> Option<Order> {
    let desk = filing.desk;
    let (orc, obr) = (order.first("ORC"), order.first("OBR"));
    let ods = order.first("ODS");
    let what = obr.and_then(|obr| types::coded(obr.field(4))).or_else(|| types::coded(ods?.field(3)))?;
    let section = obr.map(|obr| obr.field(24).component(1).text()).unwrap_or_default();
    let category = tables::words("0074", &section).map_or_else(|| section.to_lowercase(), str::to_owned);
    let either = |orc_at: usize, obr_at: usize| {
        let first = orc.map(|orc| orc.field(orc_at)).filter(|field| !field.is_empty());
        first.or_else(|| obr.map(|obr| obr.field(obr_at)))
    };
    let reasons = obr.map(|obr| types::coded_list(obr.field(31), "")).unwrap_or_default();
    let coded_reason = orc.and_then(|orc| types::coded(orc.field(16)));
    Some(Order {
        what,
        category: if ods.is_some() { "diet".into() } else { category },
        status: status(orc).into(),
        priority: priority(order, orc, obr),
        ordered: either(9, 6).and_then(|field| desk.when(field)),
        due: due(order, orc, obr, filing),
        by: either(12, 16).and_then(|field| types::person(field.first(), desk)),
        reasons: reasons.into_iter().chain(coded_reason).chain(diagnoses(order)).collect(),
        identifiers: identifiers(orc, obr, filing),
        note: note(order, obr),
        ..Order::default()
    })
}

/// The status an order has (ORC-5), else what the message does to it (ORC-1).
fn status(orc: Option<Segment<'_>>) -> &'static str {
    let Some(orc) = orc else { return "active" };
    let said = tables::words("0038", &orc.field(5).component(1).text());
    said.or_else(|| tables::words("0119", &orc.field(1).component(1).text())).unwrap_or("active")
}

/// `routine`, `urgent`, `stat`: of TQ1-9, the sixth component of ORC-7 or OBR-27, or OBR-5.
fn priority(order: &OrderGroup<'_>, orc: Option<Segment<'_>>, obr: Option<Segment<'_>>) -> String {
    let timing = order.first("TQ1").map(|tq1| tq1.field(9).component(1));
    let old = |segment: Option<Segment<'_>>, at: usize| {
        segment.and_then(|segment| segment.field(at).component(6).said())
    };
    let code = timing.and_then(|code| code.said()).or_else(|| old(orc, 7)).or_else(|| old(obr, 27));
    let code = code.or_else(|| obr?.field(5).component(1).said()).unwrap_or_default();
    tables::words("0485", &code).map_or_else(|| code.to_lowercase(), str::to_owned)
}

fn due(
    order: &OrderGroup<'_>,
    orc: Option<Segment<'_>>,
    obr: Option<Segment<'_>>,
    filing: &Filing<'_, '_>,
) -> Option<When> {
    let timing = order.first("TQ1").map(|tq1| tq1.field(7));
    let scheduled = obr.map(|obr| obr.field(36));
    let requested = ordered_time(obr);
    let fields = [timing, old_start(orc, 7), old_start(obr, 27), scheduled, requested];
    fields.into_iter().flatten().find_map(|field| filing.desk.when(field))
}

/// The start in a timing of older versions.
fn old_start(segment: Option<Segment<'_>>, at: usize) -> Option<Field<'_>> {
    segment.map(|segment| segment.field(at).component(4))
}

/// The time asked for in OBR-6, when OBR has one.
fn ordered_time(obr: Option<Segment<'_>>) -> Option<Field<'_>> {
    obr.map(|obr| obr.field(6)).filter(|field| !field.is_empty())
}

fn diagnoses<'s>(order: &'s OrderGroup<'_>) -> impl Iterator<Item = Coded> + 's {
    order
        .all("DG1")
        .filter_map(|dg1| super::clinical::with_words(types::coded(dg1.field(3)), dg1.field(4).said()))
}

fn identifiers(
    orc: Option<Segment<'_>>,
    obr: Option<Segment<'_>>,
    filing: &Filing<'_, '_>,
) -> Vec<Identifier> {
    let mut all: Vec<Identifier> = Vec::new();
    for (at, kind) in [(2, "PLAC"), (3, "FILL")] {
        let given = [orc, obr].into_iter().flatten().find_map(|segment| types::entity(segment.field(at)));
        if let Some((system, value)) = given {
            let system = if system.is_empty() { filing.desk.sender.to_owned() } else { system };
            all.push(Identifier { system, value, kind: kind.into() });
        }
    }
    all
}

/// Relevant clinical information (OBR-13) and all notes of the order.
fn note(order: &OrderGroup<'_>, obr: Option<Segment<'_>>) -> String {
    let information = obr.map(|obr| obr.field(13).long_text()).unwrap_or_default();
    let notes = order
        .all("NTE")
        .map(|nte| nte.field(3).raw_repetitions().map(|one| one.long_text()).collect::<Vec<_>>().join("\n"));
    [information].into_iter().chain(notes).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Where a pharmacy segment says things: RXE as encoded, RXO as ordered, RXD as dispensed.
struct Columns {
    what: usize,
    least: usize,
    most: usize,
    unit: usize,
    direction: &'static [usize],
}

fn columns(name: &str) -> Columns {
    match name {
        "RXE" => Columns { what: 2, least: 3, most: 4, unit: 5, direction: &[7] },
        "RXO" => Columns { what: 1, least: 2, most: 3, unit: 4, direction: &[7, 6] },
        _ => Columns { what: 2, least: 12, most: 12, unit: 13, direction: &[9] },
    }
}

fn medication(order: &OrderGroup<'_>, drug: Segment<'_>, filing: &Filing<'_, '_>) -> Option<Medication> {
    let desk = filing.desk;
    let at = columns(drug.name);
    let (orc, tq1, rxr) = (order.first("ORC"), order.first("TQ1"), order.first("RXR"));
    let what = types::coded(drug.field(at.what)).or_else(|| types::coded(order.first("RXO")?.field(1)))?;
    let old_start = orc.map(|orc| orc.field(7).component(4));
    Some(Medication {
        what,
        category: category(orc).into(),
        status: status(orc).into(),
        intent: if drug.name == "RXD" { "dispense" } else { "order" }.into(),
        direction: direction(order, drug, &at),
        dose: dose(drug, &at),
        route: rxr.and_then(|rxr| types::coded_in(rxr.field(1), "0162")),
        frequency: frequency(drug, tq1, orc),
        ordered: orc.and_then(|orc| desk.when(orc.field(9))),
        start: tq1.map(|tq1| tq1.field(7)).into_iter().chain(old_start).find_map(|field| desk.when(field)),
        end: tq1.and_then(|tq1| desk.when(tq1.field(8))),
        by: orc.and_then(|orc| types::person(orc.field(12).first(), desk)),
        reasons: diagnoses(order).collect(),
        note: note(order, None),
    })
}

/// ORC-29 says for whom the order is: inpatient or outpatient.
fn category(orc: Option<Segment<'_>>) -> &'static str {
    match orc.map(|orc| orc.field(29).component(1).text()).as_deref() {
        Some("I") => "inpatient",
        Some("O") => "outpatient",
        _ => "",
    }
}

fn direction(order: &OrderGroup<'_>, drug: Segment<'_>, at: &Columns) -> String {
    let words = |segment: Segment<'_>, at: usize| {
        segment
            .field(at)
            .repetitions()
            .filter_map(|one| types::coded(one))
            .map(|one| one.text)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let own = at.direction.iter().map(|&at| words(drug, at)).find(|text| !text.is_empty());
    let ordered = || order.first("RXO").map(|rxo| words(rxo, 7)).filter(|text| !text.is_empty());
    own.or_else(ordered).unwrap_or_default()
}

fn dose(drug: Segment<'_>, at: &Columns) -> Value {
    let [least, most] = [at.least, at.most].map(|at| drug.field(at).component(1).text());
    let unit = types::unit(drug.field(at.unit));
    match (least.as_str(), most.as_str()) {
        ("", "") => Value::None,
        (one, "") | ("", one) if finding::is_number(one) => {
            Value::Quantity { comparator: String::new(), number: one.into(), unit }
        }
        (one, other) if one == other && finding::is_number(one) => {
            Value::Quantity { comparator: String::new(), number: one.into(), unit }
        }
        (one, other) => Value::Text(format!("{one}–{other} {unit}").trim_matches(['–', ' ']).to_owned()),
    }
}

/// How often: TQ1-3, or the interval of the old timing component.
fn frequency(drug: Segment<'_>, tq1: Option<Segment<'_>>, orc: Option<Segment<'_>>) -> String {
    let pattern = tq1.and_then(|tq1| types::coded(tq1.field(3)));
    let quantity_timing = if drug.name == "RXE" { drug.field(1).component(2).part(1).said() } else { None };
    let old = || orc.and_then(|orc| orc.field(7).component(2).part(1).said());
    pattern.map(|pattern| pattern.text).or(quantity_timing).or_else(old).unwrap_or_default()
}
