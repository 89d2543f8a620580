//! The reference range of a result.

use serde::Deserialize;

use super::datatype::{Concept, Quantity, Text};

/// `Observation.referenceRange`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReferenceRange {
    low: Quantity,
    high: Quantity,
    #[serde(rename = "type")]
    kind: Concept,
    text: Text,
}

/// The range to show, its low and its high end: of the normal range where several are given.
///
/// The sender's words are shown where they hold a number or there are no ends; words such as "normal range" beside
/// two ends say less than the ends.
pub(super) fn said(ranges: Vec<ReferenceRange>) -> (String, Option<String>, Option<String>) {
    let mut ranges = ranges;
    ranges.sort_by_key(|one| one.kind.coding.0.first().is_some_and(|kind| kind.code.0 != "normal"));
    let Some(range) = ranges.into_iter().next() else { return Default::default() };
    let (low, high) = (range.low.value.0, range.high.value.0);
    let shown = shown(low.as_deref(), high.as_deref());
    let words = range.text.0;
    let telling = shown.is_empty() || words.contains(|c: char| c.is_ascii_digit());
    (if telling && !words.is_empty() { words } else { shown }, low, high)
}

/// `10–40`, `≥ 10`, `≤ 40`; empty when no end is known.
pub(in crate::fhir) fn shown(low: Option<&str>, high: Option<&str>) -> String {
    match (low, high) {
        (Some(low), Some(high)) => format!("{low}–{high}"),
        (Some(low), None) => format!("≥ {low}"),
        (None, Some(high)) => format!("≤ {high}"),
        (None, None) => String::new(),
    }
}
