//! Open documentation alerts, and what becomes of them by a person's word.

use alerts::AlertKind;
use chart::access::Permission;
use chart::id::{PatientId, QueryId};
use chart::machine::Stamp;
use chart::patient::Patient;
use serde_json::json;
use store::alerts::{self as kept, AlertState, Dismissal, Filed, Filter};
use store::{Page, Store};

use super::actor;
use crate::{Context, Error, Result, gate};

/// A reason of fewer letters says nothing.
const SHORTEST_REASON: usize = 8;

/// An open alert.
#[derive(Debug, Clone)]
pub struct OpenAlert {
    /// What was found.
    pub filed: Filed,
    /// In whose record.
    pub patient: Patient,
    /// The query that asks about it already.
    pub asked: Option<QueryId>,
}

/// Open alerts, the oldest first.
#[derive(Debug, Clone)]
pub struct AlertBoard {
    /// Those of charts that open to the reader.
    pub rows: Vec<OpenAlert>,
    /// How many are open of this kind, with those of closed charts.
    pub count: i64,
}

/// Reads the open alerts of a kind, or of all.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn open_alerts(
    store: &Store,
    context: &Context,
    kind: Option<AlertKind>,
    page: Page,
) -> Result<AlertBoard> {
    context.must(Permission::QueryRead)?;
    let mut view = store.view().await?;
    let filter = Filter { state: Some(AlertState::Open), kind, ..Filter::default() };
    let count = kept::count(&mut view, &filter).await?;
    let found = kept::list(&mut view, &filter, page).await?;
    let patients: Vec<PatientId> = found.iter().map(|one| one.patient).collect();
    let owed = store::queries::owed_of_patients(&mut view, &patients).await?;
    let mut rows = Vec::new();
    for filed in found {
        if gate::opens(&mut view, context, filed.patient, Permission::QueryRead).await? {
            let patient = gate::surviving(&mut view, filed.patient).await?;
            let asks = |query: &&chart::query::Query| {
                query.encounter == filed.encounter && query.ask.template == filed.alert.template
            };
            let asked = owed.iter().find(asks).map(|query| query.id);
            rows.push(OpenAlert { filed, patient, asked });
        }
    }
    let shown: Vec<PatientId> = rows.iter().map(|one| one.patient.id).collect();
    view.finish(context.event("alerts-list").detail(json!({ "shown": shown }))).await?;
    Ok(AlertBoard { rows, count })
}

/// Says that an alert is none, with a reason. It is not raised again.
///
/// # Errors
/// [`Error::Refused`] without a reason, or when it is not open any more; [`Error::Closed`] when the chart is closed.
pub async fn dismiss(store: &Store, context: &Context, identity: &str, reason: &str) -> Result<PatientId> {
    context.must(Permission::QueryWrite)?;
    let reason = reason.trim();
    if reason.chars().count() < SHORTEST_REASON {
        return Err(Error::refused("say in a few words why there is nothing to ask"));
    }
    let mut tx = store.begin().await?;
    let filed = kept::get(&mut tx, identity).await?;
    let patient = gate::open(&mut tx, context, filed.patient, Permission::QueryWrite).await?;
    if filed.state != AlertState::Open {
        return Err(Error::refused(
            "this alert is not open any more: the chart or a colleague has settled it",
        ));
    }
    let by = Stamp { by: actor(&mut tx, context).await?, at: context.at };
    let dismissal = Some(Dismissal { by, reason: reason.to_owned() });
    let rule = filed.alert.rule.clone();
    let dismissed = Filed { state: AlertState::Dismissed, updated: context.at, dismissal, ..filed };
    kept::put(&mut tx, std::slice::from_ref(&dismissed)).await?;
    let event = context.event("alert-dismiss").patient(patient.id).object("encounter", dismissed.encounter);
    tx.commit(event.reason(reason).detail(json!({ "rule": rule }))).await?;
    Ok(patient.id)
}
