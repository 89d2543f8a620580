//! Clinical documentation alerts: what the record shows and no provider has named.
//!
//! [`evaluate`] reads one encounter and gives an [`Alert`] for each rule of `data/alerts/rule.tsv` that holds, with
//! the evidence in groups and the query template that fits. A rule is a conjunction of sets of criteria over signs
//! ([`chart::sign`]); its criteria are rows of `data/alerts/criterion.tsv`. An alert is a question, never a diagnosis.
//! It is the same as long as its rule holds in the encounter, so that [`Changes`] tells which are new and which have
//! cleared themselves.

mod alert;
mod change;
mod hold;
mod numbers;
mod rule;
mod test;

use chart::id::EncounterId;
use chart::record::Record;
use chart::sign::View;
use jiff::tz::TimeZone;

pub use alert::{Alert, AlertKind};
pub use change::Changes;
pub use rule::{Rule, RuleError, Rules, rules};

/// The alerts of one encounter, in the order of the rules. The same record gives the same alerts.
#[must_use]
pub fn evaluate(record: &Record, encounter: EncounterId, zone: &TimeZone) -> Vec<Alert> {
    evaluate_by(rules(), record, encounter, zone)
}

/// The alerts of one encounter by a facility's own rules.
#[must_use]
pub fn evaluate_by(rules: &Rules, record: &Record, encounter: EncounterId, zone: &TimeZone) -> Vec<Alert> {
    let view = View::new(record, encounter, zone);
    let age = view.age_years();
    let mut reading = hold::Reading::new(&view);
    let for_age = rules.all().iter().filter(|rule| rule.is_for(age));
    for_age.filter_map(|rule| Some(Alert::new(rule, encounter, reading.evidence(rule)?))).collect()
}
