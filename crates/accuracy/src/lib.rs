//! Where a record contradicts itself or the facts, with both passages.
//!
//! [`check`] reads one encounter of a record and gives what a careful analyst would mark: each [`Finding`] shows the
//! passages that disagree, says by which rule and whose, and what to do. It decides nothing: a person resolves a
//! finding or overrides it with a reason. The rules are one file each in [`rules`]; their words are tables under
//! `data/accuracy/`.

mod drug;
mod finding;
mod reading;
pub mod rules;
mod table;
mod text;
mod written;

use chart::id::EncounterId;
use chart::record::Record;
use jiff::Timestamp;
use jiff::tz::TimeZone;

pub use finding::{Finding, Passage, Place};
pub use rules::{RULES, Rule};

use reading::Reading;

/// What does not agree in an encounter; with `None`, in what is filed under no encounter.
///
/// `now` is the moment of the check (nothing can have been written after it), `zone` the hospital's time zone, in which
/// dates in texts are meant. Findings come in the order of the rules; the same record gives the same findings with the
/// same identities.
#[must_use]
pub fn check(
    record: &Record,
    encounter: Option<EncounterId>,
    now: Timestamp,
    zone: &TimeZone,
) -> Vec<Finding> {
    let reading = Reading::new(record, encounter, now, zone);
    RULES.iter().flat_map(|rule| (rule.check)(rule, &reading)).collect()
}
