//! `Immunization`: a vaccine given, or not given.

use chart::directory::Named;
use chart::entry::Immunization;
use serde::Deserialize;

use super::datatype::{Quantity, Reference};
use super::reading::Reading;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Performer {
    actor: Reference,
}

/// What the resource says.
pub(super) fn immunization(reading: &Reading<'_>) -> Immunization {
    Immunization {
        what: reading.coded("vaccineCode"),
        status: reading.text("status"),
        not_done_reason: reading.concept("statusReason"),
        at: reading.when("occurrenceDateTime"),
        lot: reading.text("lotNumber"),
        dose: reading.one::<Quantity>("doseQuantity").and_then(Quantity::value).unwrap_or_default(),
        site: reading.concept("site"),
        route: reading.concept("route"),
        by: performer(reading),
        note: reading.note(),
    }
}

fn performer(reading: &Reading<'_>) -> Option<Named> {
    let all: Vec<Performer> = reading.many("performer");
    all.iter().find_map(|one| reading.named_of(&one.actor))
}
