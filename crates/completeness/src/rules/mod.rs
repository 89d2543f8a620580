//! The rules, one file each. Each reads the case and adds what it finds; the register gives their order.

mod blank;
mod consent;
mod cosignature;
mod element;
mod illegible;
mod interval;
mod not_indexed;
mod profile;
mod query;
mod restraint;
mod restraint_record;
mod result;
mod transcription;
mod undated;
mod unidentified;
mod unsigned;
mod verbal_order;

use crate::case::Case;
use crate::finding::Finding;

/// A rule: adds its findings to the list.
type Rule = fn(&Case<'_>, &mut Vec<Finding>);

/// The register.
const RULES: [Rule; 17] = [
    unidentified::find,
    profile::find,
    element::find,
    interval::find,
    unsigned::find,
    undated::find,
    cosignature::find,
    verbal_order::find,
    transcription::find,
    blank::find,
    result::find,
    consent::find,
    restraint::find,
    restraint_record::find,
    illegible::find,
    not_indexed::find,
    query::find,
];

/// Everything every rule finds.
pub(crate) fn all(case: &Case<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    RULES.iter().for_each(|rule| rule(case, &mut found));
    found
}
