//! Full text: where words stand, in one chart or in all.

use chart::access::Permission;
use chart::id::PatientId;
use serde_json::json;
use store::search::{self, Hit, Query, Scope};
use store::{Page, Store};

use crate::charts::{Banner, banner};
use crate::{Context, Result, gate};

/// Where the words stand in all charts.
#[derive(Debug, Clone, Default)]
pub struct Everywhere {
    /// The best places, as many as were asked for.
    pub hits: Vec<Hit>,
    /// How many there are.
    pub count: i64,
}

/// Where the words stand in one chart.
#[derive(Debug, Clone)]
pub struct InChart {
    /// Who it is.
    pub banner: Banner,
    /// The best places, as many as were asked for.
    pub hits: Vec<Hit>,
    /// How many there are.
    pub count: i64,
}

/// Searches the text of every chart that is not restricted. The audit trail says in whose charts something was shown.
///
/// # Errors
/// [`crate::Error::Forbidden`] without the permission.
pub async fn everywhere(store: &Store, context: &Context, typed: &str, page: Page) -> Result<Everywhere> {
    context.must(Permission::ChartSearch)?;
    let Some(query) = Query::read(typed) else { return Ok(Everywhere::default()) };
    let mut view = store.view().await?;
    let scope = Scope::default();
    let hits = search::find(&mut view, &query, &scope, page).await?;
    let count = search::count(&mut view, &query, &scope).await?;
    let mut shown: Vec<PatientId> = hits.iter().map(|hit| hit.patient).collect();
    shown.sort_unstable();
    shown.dedup();
    view.finish(context.event("chart-search").detail(json!({ "found": count, "shown": shown }))).await?;
    Ok(Everywhere { hits, count })
}

/// Searches the text of one chart.
///
/// # Errors
/// [`crate::Error::Forbidden`] without the permission, [`crate::Error::Closed`] when the chart is closed to the actor.
pub async fn in_chart(
    store: &Store,
    context: &Context,
    id: PatientId,
    typed: &str,
    page: Page,
) -> Result<InChart> {
    let mut view = store.view().await?;
    let patient = gate::open(&mut view, context, id, Permission::ChartRead).await?;
    let scope = Scope { patients: vec![patient.id], with_restricted: true, ..Scope::default() };
    let (hits, count) = match Query::read(typed) {
        Some(query) => {
            let hits = search::find(&mut view, &query, &scope, page).await?;
            (hits, search::count(&mut view, &query, &scope).await?)
        }
        None => (Vec::new(), 0),
    };
    let banner = banner(&mut view, patient).await?;
    let event = context.event("chart-read").patient(banner.patient.id);
    view.finish(event.detail(json!({ "part": "search", "found": count }))).await?;
    Ok(InChart { banner, hits, count })
}
