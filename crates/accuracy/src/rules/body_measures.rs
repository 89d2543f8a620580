//! Height and weight of one stay against those of the others.

use std::collections::BTreeSet;

use chart::entry::{Entry, EntryContent, Value};
use jiff::civil::Date;

use super::{ACCURATE, Rule};
use crate::finding::Finding;
use crate::reading::Reading;
use crate::written::{age, thousandths};

/// # What it checks
/// Whether an adult's height or weight in one stay cannot be that of the same person in another.
/// # Why
/// An overlay, two people's data under one number, shows itself first in height, weight and blood group.
/// # Example
/// 163 cm and 64.0 kg in May and November, 183 cm and 101.5 kg in October.
pub(super) const RULE: Rule = Rule {
    key: "body-measures",
    title: "Height or weight of another person",
    why: "No adult grows or shrinks by ten centimeters, nor gains half their weight in three months: the stay may be another person's",
    source: ACCURATE,
    advice: "Check who was here; if it was another person, move the whole stay with its results, orders and medicines, and do not merge the persons",
    check,
};

/// Centimeters that measuring does not explain, in thousandths.
const HEIGHT: i64 = 10_000;
/// Days within which a weight is compared.
const DAYS: i32 = 92;

fn check(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let Some(stay) = reading.encounter else { return Vec::new() };
    let measures: Vec<Measure<'_>> =
        reading.record.entries.iter().filter_map(|entry| Measure::of(reading, entry)).collect();
    let odd = measures.iter().filter(|one| one.entry.encounter == Some(stay.id)).find_map(|here| {
        let others: Vec<&Measure<'_>> = measures
            .iter()
            .filter(|other| other.name == here.name && other.entry.encounter != here.entry.encounter)
            .collect();
        let stays: BTreeSet<_> = others.iter().map(|other| other.entry.encounter).collect();
        let unlike = others.first().filter(|_| others.iter().all(|other| !here.can_be_with(other)))?;
        // Two stays that agree against one tell which is the odd one.
        // With only two stays the later one is looked at.
        (stays.len() >= 2 || here.day > unlike.day).then_some((here, *unlike))
    });
    let finding = odd.map(|(here, other)| {
        let passages = [here, other].map(|one| reading.entry(one.entry, one.shown())).to_vec();
        let what = format!("The {} of this stay cannot be that of the other stays", here.name);
        Finding::new(rule, here.name, what, passages)
    });
    finding.into_iter().collect()
}

/// A height or weight of an adult.
struct Measure<'a> {
    entry: &'a Entry,
    name: &'static str,
    /// Thousandths of a centimeter or kilogram.
    value: i64,
    day: Date,
}

impl<'a> Measure<'a> {
    fn of(reading: &Reading<'_>, entry: &'a Entry) -> Option<Self> {
        let (name, value) = measure(entry)?;
        let day = reading.day_of(entry.content.at()?)?;
        let is_adult = age(reading.birth()?, day) >= 20;
        (is_adult && !entry.in_error && entry.encounter.is_some()).then_some(Self { entry, name, value, day })
    }

    /// Whether both can be of one person.
    fn can_be_with(&self, other: &Self) -> bool {
        if self.name == "height" {
            return (self.value - other.value).abs() < HEIGHT;
        }
        let days = self.day.until(other.day).map_or(i32::MAX, |span| span.get_days().abs());
        days > DAYS || self.value.max(other.value) * 2 < self.value.min(other.value) * 3
    }

    fn shown(&self) -> String {
        let EntryContent::Result(found) = &self.entry.content else { return String::new() };
        format!("{}: {}", found.what.text, found.value.shown())
    }
}

/// A height or weight in thousandths, with what it is.
fn measure(entry: &Entry) -> Option<(&'static str, i64)> {
    let EntryContent::Result(found) = &entry.content else { return None };
    let name = found.what.text.to_lowercase();
    let Value::Quantity { number, unit, .. } = &found.value else { return None };
    let value = thousandths(number)?;
    match unit.as_str() {
        "cm" if name.contains("height") => Some(("height", value)),
        "kg" if name.contains("weight") && !name.contains("birth") => Some(("weight", value)),
        _ => None,
    }
}
