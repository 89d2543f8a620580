//! Documentation alerts of records that were read: raised, kept up to date, cleared by themselves.

use std::collections::HashMap;

use alerts::{Alert, Changes};
use chart::encounter::Encounter;
use chart::id::{EncounterId, PatientId};
use chart::record::Record;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use store::Tx;
use store::alerts::{AlertState, Filed};

use crate::{Context, Result};

/// What the rules find in a record, encounter by encounter.
pub(crate) fn found(record: &Record, zone: &TimeZone) -> Vec<Vec<Alert>> {
    record.encounters.iter().map(|encounter| alerts::evaluate(record, encounter.id, zone)).collect()
}

/// Compares what was found in each of these records with the alerts that are kept, and keeps the difference.
pub(crate) async fn of_records(
    tx: &mut Tx,
    context: &Context,
    records: &[Record],
    all: Vec<Vec<Vec<Alert>>>,
) -> Result<()> {
    let patients: Vec<PatientId> = records.iter().map(|record| record.patient.id).collect();
    let mut kept: HashMap<EncounterId, Vec<Filed>> = HashMap::new();
    for one in store::alerts::of_patients(tx, &patients).await? {
        kept.entry(one.encounter).or_default().push(one);
    }
    let mut changed = Vec::new();
    for (record, found) in records.iter().zip(all) {
        for (encounter, found) in record.encounters.iter().zip(found) {
            let before = kept.remove(&encounter.id).unwrap_or_default();
            changed.extend(differences(encounter, before, &found, context.at));
        }
    }
    Ok(store::alerts::put(tx, &changed).await?)
}

/// What is to be written of one encounter. What a person dismissed stays dismissed; what had cleared and is found
/// again is raised again.
fn differences(encounter: &Encounter, kept: Vec<Filed>, found: &[Alert], at: Timestamp) -> Vec<Filed> {
    let standing = kept.iter().filter(|one| one.state != AlertState::Cleared);
    let identities: Vec<String> = standing.map(|one| one.alert.identity.clone()).collect();
    let changes = Changes::between(&identities, found);
    let mut written: Vec<Filed> = changes.raised.iter().map(|one| raised(encounter, one, at)).collect();
    for one in kept.into_iter().filter(|one| one.state == AlertState::Open) {
        let now = changes.stays.iter().find(|alert| alert.identity == one.alert.identity);
        match now {
            None => written.push(Filed { state: AlertState::Cleared, updated: at, ..one }),
            Some(alert) if **alert != one.alert => {
                written.push(Filed { alert: (*alert).clone(), updated: at, ..one });
            }
            Some(_) => {}
        }
    }
    written
}

fn raised(encounter: &Encounter, alert: &Alert, at: Timestamp) -> Filed {
    Filed {
        alert: alert.clone(),
        patient: encounter.patient,
        encounter: encounter.id,
        state: AlertState::Open,
        raised: at,
        updated: at,
        dismissal: None,
    }
}
