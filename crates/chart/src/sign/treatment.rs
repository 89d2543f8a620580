//! What was given, ordered or done during the encounter.

use super::{Sign, View};
use crate::entry::{Entry, EntryContent};
use crate::query::Indicator;

/// What a treatment entry says, when it is of this encounter's care: not what is taken at home or prescribed.
pub(super) fn said(entry: &Entry) -> Option<String> {
    match &entry.content {
        EntryContent::Medication(one) => {
            let here = !matches!(one.category.as_str(), "community" | "discharge");
            let how = if one.direction.is_empty() {
                format!("{} {} {}", one.dose.shown(), route(one.route.as_ref()), one.frequency)
            } else {
                one.direction.clone()
            };
            let words: Vec<&str> = how.split_whitespace().collect();
            (here && one.status != "entered-in-error")
                .then(|| format!("{} {}", one.what.text, words.join(" ")).trim_end().to_owned())
        }
        EntryContent::Order(one) => {
            (!matches!(one.status.as_str(), "revoked" | "cancelled")).then(|| one.what.text.clone())
        }
        EntryContent::Procedure(one) => (one.status != "not-done").then(|| one.what.text.clone()),
        _ => None,
    }
}

fn route(route: Option<&crate::coded::Coded>) -> &str {
    route.map_or("", |route| route.text.as_str())
}

/// An entry as an indicator of `sign`.
pub(super) fn indicator(sign: &Sign, entry: &Entry, quote: &str, view: &View<'_>) -> Indicator {
    let title = match &entry.content {
        EntryContent::Medication(_) => "Medications",
        EntryContent::Order(_) => "Orders",
        EntryContent::Procedure(_) => "Procedures",
        _ => "Diagnoses",
    };
    Indicator {
        key: sign.key.clone(),
        group: sign.group,
        quote: quote.to_owned(),
        title: title.to_owned(),
        date: view.day_of(entry),
        document: None,
        entry: Some(entry.id),
        encounter: entry.encounter,
    }
}
