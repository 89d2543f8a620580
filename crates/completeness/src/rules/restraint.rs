//! Orders for restraint that did not last as long as the restraint.
//!
//! *What it checks*: for violent or self-destructive behavior each order lasts the hours that `restraint.tsv` gives for the
//! patient's age and is renewed before they are over; a place for an order that was left blank in the restraint record.
//! *Why*: 42 CFR 482.13(e)(8). *Example*: one order at 23:05, restraint until 09:10.

use chart::date::{PartialDate, When};
use chart::entry::Order;
use jiff::{SignedDuration, Timestamp};

use crate::case::{Case, Found};
use crate::event::Class;
use crate::finding::{Evidence, Finding};
use crate::words::{has_blank, quote};

pub(super) fn find(case: &Case<'_>, out: &mut Vec<Finding>) {
    let Some(ground) = case.policy.rule("restraint-order") else { return };
    let mut evidence = if is_violent(case) { lapses(case) } else { Vec::new() };
    evidence.extend(blanks(case));
    if evidence.is_empty() {
        return;
    }
    let what = "Restraint without an order in force".to_owned();
    out.push(case.finding(Found { evidence, ..Found::missing(ground, what) }));
}

/// The orders for restraint, oldest first.
pub(super) fn orders(case: &Case<'_>) -> Vec<Timestamp> {
    let is_restraint = |order: &Order| {
        let text = order.what.text.to_lowercase();
        text.contains("restrain")
            && !["remove", "discontinue", "stop", "release"].iter().any(|word| text.contains(word))
    };
    let orders = case.facts.orders().filter(|(_, order)| is_restraint(order));
    let mut times: Vec<Timestamp> =
        orders.filter_map(|(_, order)| order.ordered.map(When::sort_key)).collect();
    times.sort_unstable();
    times
}

/// The restraint records of the encounter.
pub(super) fn records<'c>(case: &'c Case<'_>) -> impl Iterator<Item = &'c chart::document::Document> {
    let of_type = |one: &&&chart::document::Document| one.content.type_key() == Some("restraint-record");
    case.facts.documents.iter().filter(of_type).copied()
}

/// Whether the orders or records speak of violent or self-destructive behavior.
pub(super) fn is_violent(case: &Case<'_>) -> bool {
    let calm = ["not violent", "nonviolent", "non-violent"];
    let violent = ["violent", "self-destructive", "struck", "striking", "hitting"];
    let orders = case.facts.orders().map(|(_, order)| order.what.text.to_lowercase());
    let restraints = orders.filter(|text| text.contains("restrain"));
    let texts: Vec<String> =
        restraints.chain(records(case).map(|one| case.seen.text(one).to_owned())).collect();
    !texts.iter().any(|text| calm.iter().any(|word| text.contains(word)))
        && texts.iter().any(|text| violent.iter().any(|word| text.contains(word)))
}

/// Where an order had run out while the restraint went on.
fn lapses(case: &Case<'_>) -> Vec<Evidence> {
    let lasts = SignedDuration::from_hours(order_hours(case));
    let mut stops = orders(case);
    stops.extend(case.facts.of_class(Class::Restraint).map(|event| event.end).max());
    let lapse = |two: &[Timestamp]| {
        let out = two[0].checked_add(lasts).ok().filter(|out| *out < two[1])?;
        let (given, out, on) = (case.local(two[0]), case.local(out), case.local(two[1]));
        Some(Evidence::fact(format!("Order of {given} ran out {out}; restraint went on to {on}")))
    };
    stops.windows(2).filter_map(lapse).collect()
}

fn order_hours(case: &Case<'_>) -> i64 {
    let age = age_years(case).unwrap_or(i32::MAX);
    let rows = case.policy.tables.restraints.iter().filter(|row| row.from_age_years <= age);
    rows.max_by_key(|row| row.from_age_years).map_or(i64::MAX / 3600, |row| row.order_hours)
}

fn age_years(case: &Case<'_>) -> Option<i32> {
    let birth = case.record.patient.demographics.birth.map(PartialDate::earliest)?;
    let admitted = case.facts.admitted?.to_zoned(case.zone.clone()).date();
    birth.until((jiff::Unit::Year, admitted)).ok().map(|age| i32::from(age.get_years()))
}

/// Places for an order that were left blank.
fn blanks(case: &Case<'_>) -> Vec<Evidence> {
    let mut found = Vec::new();
    for record in records(case) {
        for section in &record.content.sections {
            let title = section.title.to_lowercase();
            let lines = section.text.lines().filter(|line| {
                let line = line.to_lowercase();
                has_blank(&line)
                    && !line.contains("face")
                    && (title.contains("order") || line.contains("renew"))
            });
            found.extend(lines.map(|line| Evidence::document(record.id, quote(line, 120))));
        }
    }
    found
}
