//! Numbers measured, in one unit each.

use jiff::Timestamp;

use super::{Sign, View, unit};
use crate::coded::system;
use crate::entry::{Entry, EntryContent, Finding, Value};
use crate::query::Indicator;

/// A number measured.
#[derive(Debug, Clone, Copy)]
pub struct Measured<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// When.
    pub at: Timestamp,
    /// The number, in the unit of its sign.
    pub number: f64,
    /// What was measured, with the value as it was sent.
    pub value: &'a Value,
}

impl<'a> Measured<'a> {
    /// The value of `entry`, when it is one of `sign` in a unit that is known.
    pub(super) fn of(sign: &Sign, entry: &'a Entry) -> Option<Self> {
        let EntryContent::Result(found) = &entry.content else { return None };
        if matches!(found.status.as_str(), "cancelled" | "entered-in-error") {
            return None;
        }
        let value = value(sign, found)?;
        let Value::Quantity { number, unit, .. } = value else { return None };
        let number = unit::convert(number.trim().parse().ok()?, unit, &sign.unit)?;
        Some(Self { entry, at: entry.content.at()?.sort_key(), number, value })
    }

    /// As an indicator of `sign`, of the local day of `view`.
    #[must_use]
    pub fn indicator(&self, sign: &Sign, view: &View<'_>) -> Indicator {
        let title = if sign.group == crate::query::Group::Vital { "Vital signs" } else { "Results" };
        Indicator {
            key: sign.key.clone(),
            group: sign.group,
            quote: format!("{} {}", self.entry.content.what().text, self.value.shown()),
            title: title.to_owned(),
            date: view.day_of(self.entry),
            document: None,
            entry: Some(self.entry.id),
            encounter: self.entry.encounter,
        }
    }
}

/// The value of the finding, or of its part, that has a code of the sign.
fn value<'a>(sign: &Sign, found: &'a Finding) -> Option<&'a Value> {
    let is = |what: &crate::coded::Coded| {
        what.code(system::LOINC).is_some_and(|code| sign.codes.iter().any(|one| one == code))
    };
    if is(&found.what) {
        return Some(&found.value);
    }
    found.parts.iter().find(|part| is(&part.what)).map(|part| &part.value)
}
