//! `AllergyIntolerance`: an allergy or intolerance, or that there is none.

use chart::coded::Coded;
use chart::entry::Allergy;
use serde::Deserialize;

use super::datatype::{Concept, List};
use super::reading::Reading;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Reaction {
    manifestation: List<Concept>,
}

/// What the resource says.
pub(super) fn allergy(reading: &Reading<'_>) -> Allergy {
    let reactions: Vec<Reaction> = reading.many("reaction");
    let manifestations = reactions.into_iter().flat_map(|one| one.manifestation.0).map(Coded::from);
    Allergy {
        what: reading.coded("code"),
        category: reading.text("type"),
        status: reading.word("clinicalStatus"),
        criticality: reading.text("criticality"),
        reactions: manifestations.filter(|one| !one.is_empty()).collect(),
        onset: reading.span("onset").0,
        recorded: reading.when("recordedDate"),
        by: reading.named("asserter").or_else(|| reading.named("recorder")),
        note: reading.note(),
    }
}
