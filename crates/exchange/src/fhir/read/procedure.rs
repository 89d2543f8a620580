//! `Procedure`: an intervention.

use chart::coded::Coded;
use chart::directory::Named;
use chart::entry::Procedure;
use serde::Deserialize;

use super::datatype::{Concept, Reference};
use super::reading::Reading;
use crate::fhir::own;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Performer {
    function: Option<Concept>,
    actor: Reference,
}

/// What the procedure says.
pub(super) fn procedure(reading: &Reading<'_>) -> Procedure {
    let (start, end) = reading.span("performed");
    Procedure {
        what: reading.coded("code"),
        status: reading.text("status"),
        rank: reading.extensions(own::RANK).first().and_then(|one| one.value_positive_int),
        start,
        end,
        by: performers(reading),
        sites: reading.concepts("bodySite"),
        reasons: reading.concepts("reasonCode"),
        anesthesia: reading
            .extensions(own::ANESTHESIA)
            .into_iter()
            .find_map(|one| one.value_codeable_concept)
            .map(Coded::from),
        outcome: reading.concept("outcome"),
        note: reading.note(),
    }
}

/// Who did it: one whose function says surgeon comes first, the others as sent.
fn performers(reading: &Reading<'_>) -> Vec<Named> {
    let mut sent: Vec<(bool, Named)> = Vec::new();
    for performer in reading.many::<Performer>("performer") {
        let function = performer.function.map(Coded::from).unwrap_or_default();
        let operates = function.text.to_lowercase().contains("surgeon");
        sent.extend(reading.named_of(&performer.actor).map(|who| (!operates, who)));
    }
    sent.sort_by_key(|(other, _)| *other);
    sent.into_iter().map(|(_, who)| who).collect()
}
