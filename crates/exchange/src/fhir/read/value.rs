//! `value[x]`: what was found, in any of the forms R4 allows.

use chart::coded::Coded;
use chart::entry::Value;
use serde::Deserialize;

use super::datatype::{Concept, Decimal, Period, Quantity, Text};
use super::reading::{Fields, Reading};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ends {
    low: Quantity,
    high: Quantity,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ratio {
    numerator: Quantity,
    denominator: Quantity,
}

/// The value among the elements of an observation or component. Forms that are neither number, choice nor words are
/// written out as words.
pub(super) fn of(fields: &Fields<'_>, reading: &Reading<'_>) -> Value {
    let Some((name, raw)) = fields.iter().find(|(name, _)| is_value(name)) else { return Value::None };
    let read = one(name, raw.get());
    if read.is_none() {
        reading.remark(&format!("/{name}"), "left out: a value of this form has no place in the chart");
    }
    read.unwrap_or_default()
}

fn is_value(name: &str) -> bool {
    name.strip_prefix("value").is_some_and(|form| form.starts_with(|c: char| c.is_ascii_uppercase()))
}

fn one(name: &str, raw: &str) -> Option<Value> {
    match name {
        "valueQuantity" => read::<Quantity>(raw)?.value(),
        "valueInteger" => number(read::<Decimal>(raw)?),
        "valueCodeableConcept" => Some(Value::Coded(Coded::from(read::<Concept>(raw)?))),
        "valueString" | "valueBoolean" | "valueTime" | "valueDateTime" => words(read::<Text>(raw)?.0),
        "valueRange" => read::<Ends>(raw).and_then(|ends| joined(ends.low, "–", ends.high)),
        "valueRatio" => read::<Ratio>(raw).and_then(|one| joined(one.numerator, ":", one.denominator)),
        "valuePeriod" => {
            let period = read::<Period>(raw)?;
            words(format!("{} – {}", period.start.0, period.end.0))
        }
        _ => None,
    }
}

fn read<'a, T: Deserialize<'a>>(raw: &'a str) -> Option<T> {
    serde_json::from_str(raw).ok()
}

fn number(sent: Decimal) -> Option<Value> {
    let number = sent.0?;
    Some(Value::Quantity { comparator: String::new(), number, unit: String::new() })
}

fn words(text: String) -> Option<Value> {
    (!text.is_empty()).then_some(Value::Text(text))
}

/// `1:128`, `5 mg–10 mg`.
fn joined(one: Quantity, between: &str, other: Quantity) -> Option<Value> {
    let text = format!("{}{between}{}", one.shown(), other.shown());
    (text != between).then_some(Value::Text(text))
}
