//! Where a record contradicts itself or the facts, with both passages.
//!
//! [`check`] reads a record, encounter by encounter, and gives what a careful analyst would mark: each [`Finding`] shows the
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

/// What does not agree in a record: for each encounter, and under `None` for what is filed under no encounter.
///
/// `now` is the moment of the check (nothing can have been written after it), `zone` the hospital's time zone, in which
/// dates in texts are meant. Findings come in the order of the rules; the same record gives the same findings with the
/// same identities.
#[must_use]
pub fn check(record: &Record, now: Timestamp, zone: &TimeZone) -> Vec<(Option<EncounterId>, Vec<Finding>)> {
    let pages = reading::pages(record, zone);
    let stays = record.encounters.iter().map(|stay| Some(stay.id)).chain([None]);
    let found = |stay| {
        let reading = Reading::new(record, &pages, stay, now, zone);
        (stay, RULES.iter().flat_map(|rule| (rule.check)(rule, &reading)).collect())
    };
    stays.map(found).collect()
}
