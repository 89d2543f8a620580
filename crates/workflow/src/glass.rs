//! Breaking the glass: opening a chart that is closed to one, for a reason that is written down (45 CFR 164.312(a)(2)(ii)).

use chart::access::Permission;
use chart::id::PatientId;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::Store;
use store::access::glass::Grant;

use crate::{Context, Error, Result, gate};

/// How long a broken glass stays broken.
pub const OPEN_FOR: SignedDuration = SignedDuration::from_hours(4);
/// A reason of fewer letters says nothing.
const SHORTEST_REASON: usize = 10;

/// Opens a chart to the actor for [`OPEN_FOR`]. The privacy officer sees it; gives until when.
pub async fn break_glass(store: &Store, context: &Context, id: PatientId, reason: &str) -> Result<Timestamp> {
    context.must(Permission::ChartBreakGlass)?;
    let Some(user) = context.user() else { return Err(Error::refused("only a person breaks the glass")) };
    let reason = reason.trim();
    if reason.chars().count() < SHORTEST_REASON {
        return Err(Error::refused(
            "say why you need this chart now, in a few words: the privacy officer will read it",
        ));
    }
    let mut tx = store.begin().await?;
    let patient = gate::surviving(&mut tx, id).await?;
    let until = context.at + OPEN_FOR;
    let grant = Grant {
        account: user,
        patient: patient.id,
        granted: context.at,
        expires: until,
        reason: reason.to_owned(),
    };
    store::access::glass::insert(&mut tx, &grant).await?;
    let event = context.event("glass-break").patient(patient.id).reason(reason);
    tx.commit(event.detail(json!({ "until": until }))).await?;
    Ok(until)
}
