//! What the rules find now against what is kept: raise, open, clear, withdraw, or keep.

use std::collections::HashMap;

use chart::deficiency::{Deficiency, State, Subject};
use chart::encounter::Encounter;
use chart::id::{DeficiencyId, EncounterId};
use chart::machine::{InvalidTransition, Stamp};
use completeness::{Finding, Standing};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use store::deficiencies::Filed;

use super::raise::{People, raised, subject};
use crate::{Context, Error, Result};

/// What one encounter's evaluation changes.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Found for the first time.
    pub(super) new: Vec<Filed>,
    /// Gone on, with the version they were read in.
    pub(super) moved: Vec<(Filed, i64)>,
}

/// What an encounter's evaluation is given.
pub(super) struct Given<'a> {
    pub(super) encounter: &'a Encounter,
    pub(super) findings: &'a [Finding],
    /// What is kept for the encounter.
    pub(super) kept: Vec<Filed>,
    pub(super) people: &'a People,
    pub(super) edition: &'a str,
    /// Whether the policy still has a rule of this key.
    pub(super) has_rule: &'a dyn Fn(&str) -> bool,
    pub(super) stamp: Stamp,
    pub(super) zone: &'a TimeZone,
}

/// Compares the two.
pub(super) fn changes(context: &mut Context, given: Given<'_>) -> Result<Changes> {
    let Given { encounter, findings, kept, people, edition, has_rule, stamp, zone } = given;
    let owed = findings.iter().filter(|one| one.standing != Standing::Late);
    let mut found: HashMap<(String, Subject), &Finding> =
        owed.map(|one| ((one.rule.clone(), subject(&one.subject)), one)).collect();
    let mut changes = Changes::default();
    for filed in kept {
        let key = (filed.deficiency.rule.clone(), filed.deficiency.subject.clone());
        let (setting, read) = (encounter.visit.setting, filed.deficiency.version);
        let next = match found.remove(&key) {
            Some(finding) => still_found(filed.deficiency, finding, &stamp, zone),
            None => no_longer_found(filed.deficiency, has_rule, &stamp),
        };
        let next = next.map_err(|error| Error::refused(error.to_string()))?;
        changes.moved.extend(next.map(|deficiency| (Filed { deficiency, setting }, read)));
    }
    let discharged = encounter.visit.stay.until();
    let mut new: Vec<&Finding> = found.into_values().collect();
    new.sort_by_key(|one| one.identity());
    for finding in new {
        let raised = raised(finding, encounter.patient, discharged, edition, people, zone)?;
        let id = context.id(DeficiencyId::from_bits);
        let deficiency = match finding.standing {
            Standing::Predicted => Deficiency::predicted(id, raised, stamp.clone()),
            Standing::Open | Standing::Late => Deficiency::open(id, raised, stamp.clone(), zone),
        };
        changes.new.push(Filed { deficiency, setting: encounter.visit.setting });
    }
    Ok(changes)
}

type Next = std::result::Result<Option<Deficiency>, InvalidTransition>;

/// A kept deficiency that the rules find again.
fn still_found(kept: Deficiency, finding: &Finding, stamp: &Stamp, zone: &TimeZone) -> Next {
    let basis = finding.clock.as_ref().and_then(|clock| clock.from).unwrap_or(stamp.at);
    match kept.state {
        State::Predicted { .. } if finding.standing == Standing::Open => {
            kept.fall_due(stamp.clone(), basis, zone).map(Some)
        }
        State::Cleared { .. } | State::Withdrawn { .. } => {
            kept.reopen(stamp.clone(), "the rules find it again in the record", basis, zone).map(Some)
        }
        _ => Ok(None),
    }
}

/// A kept deficiency that the rules do not find any more.
fn no_longer_found(kept: Deficiency, has_rule: &dyn Fn(&str) -> bool, stamp: &Stamp) -> Next {
    match kept.state {
        _ if kept.state.is_settled() => Ok(None),
        _ if !has_rule(&kept.rule) => {
            kept.withdraw(stamp.clone(), "the policy does not ask for it any more").map(Some)
        }
        _ => kept.clear(stamp.clone(), "the record, read again, does not lack it any more").map(Some),
    }
}

/// What is owed and predicted of an encounter after its changes, and when the first of it is due.
pub(super) fn tally<'a>(all: impl Iterator<Item = &'a Deficiency>) -> (i64, i64, Option<Timestamp>) {
    let (mut owed, mut predicted, mut due) = (0, 0, None::<Timestamp>);
    for one in all {
        if one.is_owed() {
            owed += 1;
            due = due.into_iter().chain(one.due()).min();
        } else if matches!(one.state, State::Predicted { .. }) {
            predicted += 1;
        }
    }
    (owed, predicted, due)
}

/// Kept deficiencies by encounter.
pub(super) fn by_encounter(all: Vec<Filed>) -> HashMap<EncounterId, Vec<Filed>> {
    let mut map: HashMap<EncounterId, Vec<Filed>> = HashMap::new();
    for one in all {
        map.entry(one.deficiency.encounter).or_default().push(one);
    }
    map
}
