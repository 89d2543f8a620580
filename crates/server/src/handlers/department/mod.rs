//! The department's pages: read the input, one use case, a page.

pub(crate) mod accuracy;
pub(crate) mod day;
pub(crate) mod delinquency;
pub(crate) mod letters;
pub(crate) mod queues;

use chart::access::Role;
use jiff::Timestamp;
use store::department::queue::Source;

use crate::show::Show;

/// What is due later than this has no clock that runs.
const NO_CLOCK_SECONDS: i64 = 200_000_000_000;

/// The day something is due, or that it has no clock.
pub(crate) fn due(show: &Show, at: Timestamp) -> String {
    if at.as_second() > NO_CLOCK_SECONDS { "no clock".into() } else { show.moment(at) }
}

/// Where an item of a queue leads.
pub(crate) fn address(source: Source, item: &str, patient: Option<String>) -> String {
    let of_patient =
        |rest: &str| patient.as_ref().map_or_else(|| "/queues".into(), |id| format!("/patients/{id}{rest}"));
    match source {
        Source::Deficiency => of_patient(&format!("/deficiencies/{item}")),
        Source::Accuracy => of_patient(&format!("/accuracy#f{item}")),
        Source::Dictation => format!("/dictations/{item}"),
        Source::Upload => format!("/unfiled/{item}"),
        Source::Message => format!("/messages/{item}"),
        Source::Duplicate => format!("/duplicates/{item}"),
        Source::Coding => of_patient(&format!("/encounters/{item}/coding")),
    }
}

/// What a line of a queue is called where it is nobody's chart, or must not be named.
pub(crate) fn unnamed(source: Source) -> &'static str {
    match source {
        Source::Deficiency | Source::Accuracy | Source::Coding => "A chart",
        Source::Dictation => "A dictation",
        Source::Upload => "A paper",
        Source::Message => "A message",
        Source::Duplicate => "Two charts",
    }
}

/// The titles of roles with these keys.
pub(crate) fn titles(keys: &[String]) -> String {
    let roles = keys.iter().filter_map(|key| key.parse::<Role>().ok());
    roles.map(Role::title).collect::<Vec<_>>().join(", ")
}
