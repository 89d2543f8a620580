//! Vaccinations: RXA with its RXR, of VXU messages; and other drugs given (RAS).

use chart::coded::{Coded, system};
use chart::entry::{EntryContent, Immunization, Medication, Value};
use chart::intake::{Change, KeyKind, SourceKey};

use super::arrival::Filing;
use super::group::{OrderGroup, PatientGroup};
use super::segment::Segment;
use super::{finding, tables, types};

/// What was given, as changes.
pub(super) fn entries(group: &PatientGroup<'_>, filing: &Filing<'_, '_>) -> Vec<Change> {
    group.orders.iter().filter_map(|order| entry(order, order.first("RXA")?, filing)).collect()
}

fn entry(order: &OrderGroup<'_>, rxa: Segment<'_>, filing: &Filing<'_, '_>) -> Option<Change> {
    let what = types::coded(rxa.field(5))?;
    let key = key(order, rxa, &what, filing);
    if rxa.field(21).text() == "D" {
        return Some(Change::Withdraw { key });
    }
    // Vaccines have CVX codes; VXU messages carry nothing else.
    let content = if filing.is_vaccination || what.code(system::CVX).is_some() {
        EntryContent::Immunization(vaccine(order, rxa, what, filing))
    } else {
        EntryContent::Medication(given(order, rxa, what, filing))
    };
    Some(filing.entry(key, content))
}

/// The filler's number, else the placer's, else what and when.
fn key(order: &OrderGroup<'_>, rxa: Segment<'_>, what: &Coded, filing: &Filing<'_, '_>) -> SourceKey {
    let number = order
        .first("ORC")
        .and_then(|orc| types::entity(orc.field(3)).or_else(|| types::entity(orc.field(2))));
    match number {
        Some((system, number)) => filing.desk.key(&system, KeyKind::Entry, format!("RXA/{number}")),
        None => {
            let code = what.codings.first().map_or(what.text.as_str(), |coding| coding.code.as_str());
            filing.patient_entry_key("RXA", &format!("{code}/{}", rxa.field(3).component(1).text()))
        }
    }
}

fn vaccine(order: &OrderGroup<'_>, rxa: Segment<'_>, what: Coded, filing: &Filing<'_, '_>) -> Immunization {
    let rxr = order.first("RXR");
    let refused = types::coded_in(rxa.field(18), "0064");
    let completion = rxa.field(20).component(1).text();
    let status = tables::words("0322", &completion).unwrap_or(if refused.is_some() {
        "not-done"
    } else {
        "completed"
    });
    Immunization {
        what,
        status: status.into(),
        not_done_reason: refused,
        at: filing.desk.when(rxa.field(3)),
        lot: rxa.field(15).first().text(),
        dose: dose(rxa),
        site: rxr.and_then(|rxr| types::coded_in(rxr.field(2), "0163")),
        route: rxr.and_then(|rxr| types::coded_in(rxr.field(1), "0162")),
        by: types::person(rxa.field(10).first(), filing.desk),
        note: note(order, rxa),
    }
}

fn given(order: &OrderGroup<'_>, rxa: Segment<'_>, what: Coded, filing: &Filing<'_, '_>) -> Medication {
    let rxr = order.first("RXR");
    Medication {
        what,
        category: "inpatient".into(),
        status: "completed".into(),
        intent: "administration".into(),
        dose: dose(rxa),
        route: rxr.and_then(|rxr| types::coded_in(rxr.field(1), "0162")),
        start: filing.desk.when(rxa.field(3)),
        end: filing.desk.when(rxa.field(4)),
        by: types::person(rxa.field(10).first(), filing.desk),
        note: note(order, rxa),
        ..Medication::default()
    }
}

/// The amount; 999 means that it is not known (CDC guide for VXU).
fn dose(rxa: Segment<'_>) -> Value {
    let number = rxa.field(6).component(1).text();
    let unit = types::unit(rxa.field(7));
    if number == "999" || !finding::is_number(&number) {
        return Value::None;
    }
    Value::Quantity { comparator: String::new(), number, unit }
}

/// Where the word comes from (RXA-9), maker, expiry, and what NTE and OBX add.
fn note(order: &OrderGroup<'_>, rxa: Segment<'_>) -> String {
    let source = rxa.field(9).repetitions().filter_map(types::coded).map(|source| source.text);
    let maker = types::coded(rxa.field(17)).map(|maker| format!("Manufacturer: {}", maker.text));
    let expires = rxa.field(16).component(1).said().map(|day| format!("Expires: {day}"));
    let observed = order.with_notes("OBX").into_iter().filter_map(|(obx, _)| {
        let what = types::coded(obx.field(3))?.text;
        let value = types::coded(obx.field(5))?.text;
        Some(format!("{what}: {value}"))
    });
    let notes = order.all("NTE").map(|nte| nte.field(3).long_text()).filter(|line| !line.is_empty());
    source.chain(maker).chain(expires).chain(observed).chain(notes).collect::<Vec<_>>().join("\n")
}
