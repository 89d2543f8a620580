//! The history of who a patient is: every change, field by field, with who made it and what it overruled.

use std::collections::{BTreeMap, BTreeSet};

use chart::access::Permission;
use chart::difference::{Difference, differences};
use chart::id::{PatientId, UserId};
use chart::intake::Origin;
use chart::patient::Demographics;
use jiff::Timestamp;
use store::access::accounts;
use store::patients::Version;
use store::{Reader, Store};

use crate::charts::{self, Banner};
use crate::{Context, Result, gate};

/// The audit trail's word for a correction by hand.
pub(crate) const CORRECTED: &str = "patient-correct";

/// A patient with everything that was ever said of who they are.
#[derive(Debug, Clone)]
pub struct History {
    /// Who it is now.
    pub banner: Banner,
    /// The changes, the latest first.
    pub steps: Vec<Step>,
}

/// A change of who a person is said to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The version it made.
    pub version: i64,
    /// When.
    pub at: Timestamp,
    /// The name of the person who made it, where one did.
    pub by: Option<String>,
    /// Where it came from; `None` for what was stored before versions were kept.
    pub origin: Option<Origin>,
    /// Why, where that was said.
    pub reason: Option<String>,
    /// The fields that changed; of the first version, all that was known.
    pub changes: Vec<Change>,
}

/// A field that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it said before and after.
    pub difference: Difference,
    /// Whether a correction by hand was overruled by something else.
    pub overrules: bool,
}

/// Reads the history of who a patient is.
///
/// # Errors
/// [`crate::Error::Forbidden`] without the permission, [`crate::Error::Closed`] when the chart opens only with a reason.
pub async fn of_patient(store: &Store, context: &Context, id: PatientId) -> Result<History> {
    let mut view = store.view().await?;
    let patient = gate::open(&mut view, context, id, Permission::PatientRead).await?;
    let versions = store::patients::versions(&mut view, patient.id).await?;
    let names = names(&mut view, &versions).await?;
    let banner = charts::banner(&mut view, patient).await?;
    view.finish(context.event("patient-history").patient(banner.patient.id)).await?;
    Ok(History { banner, steps: steps(&versions, &names) })
}

async fn names(reader: &mut Reader, versions: &[Version]) -> Result<BTreeMap<UserId, String>> {
    let mut names = BTreeMap::new();
    for id in versions.iter().filter_map(|one| one.by).collect::<BTreeSet<_>>() {
        let account = accounts::by_id(reader, id).await?;
        names.extend(account.map(|account| (id, account.name)));
    }
    Ok(names)
}

/// The fields that a person corrected and nothing has overruled since.
pub(crate) fn corrected_by_hand(versions: &[Version]) -> BTreeSet<&'static str> {
    let mut corrected = BTreeSet::new();
    for pair in versions.windows(2) {
        compare(&pair[0].demographics, &pair[1], &mut corrected);
    }
    corrected
}

fn steps(versions: &[Version], names: &BTreeMap<UserId, String>) -> Vec<Step> {
    let mut corrected = BTreeSet::new();
    let mut before = Demographics::default();
    let mut steps = Vec::new();
    for one in versions {
        let changes = compare(&before, one, &mut corrected);
        before.clone_from(&one.demographics);
        if !changes.is_empty() {
            steps.push(Step {
                version: one.version,
                at: one.stored,
                by: one.by.and_then(|id| names.get(&id).cloned()),
                origin: one.origin.clone(),
                reason: one.reason.clone(),
                changes,
            });
        }
    }
    steps.reverse();
    steps
}

/// What a version changed, keeping account of the fields that were `corrected` by hand.
fn compare(before: &Demographics, after: &Version, corrected: &mut BTreeSet<&'static str>) -> Vec<Change> {
    let by_hand = after.action.as_deref() == Some(CORRECTED);
    let change = |difference: Difference| {
        let was =
            if by_hand { !corrected.insert(difference.field) } else { corrected.remove(difference.field) };
        Change { overrules: was && !by_hand, difference }
    };
    differences(before, &after.demographics).into_iter().map(change).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(number: i64, birth: &str, mother: &str, action: Option<&str>) -> Version {
        Version {
            version: number,
            demographics: Demographics {
                birth: birth.parse().ok(),
                mothers_maiden_name: mother.into(),
                ..Demographics::default()
            },
            stored: Timestamp::UNIX_EPOCH,
            origin: None,
            by: None,
            action: action.map(str::to_owned),
            reason: None,
        }
    }

    #[test]
    fn what_overrules_a_correction_is_marked_once() {
        let versions = [
            version(1, "1957-03-02", "", None),
            version(2, "1957-02-03", "", Some(CORRECTED)),
            version(3, "1957-02-03", "", None),
            version(4, "1957-03-02", "Ferrous", None),
            version(5, "1957-03-04", "Ferrous", None),
        ];
        let told: Vec<(i64, Vec<(&str, bool)>)> = steps(&versions, &BTreeMap::new())
            .into_iter()
            .map(|step| {
                (step.version, step.changes.iter().map(|one| (one.difference.field, one.overrules)).collect())
            })
            .collect();
        let expected = [
            (5, vec![("Birth date", false)]),
            (4, vec![("Birth date", true), ("Mother's maiden name", false)]),
            (2, vec![("Birth date", false)]),
            (1, vec![("Birth date", false)]),
        ];
        assert_eq!(told, expected);
        assert_eq!(corrected_by_hand(&versions[..3]).into_iter().collect::<Vec<_>>(), ["Birth date"]);
        assert!(corrected_by_hand(&versions).is_empty());
    }
}
