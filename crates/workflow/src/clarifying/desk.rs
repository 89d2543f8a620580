//! The desk of queries: what is drafted, open, overdue, answered and settled; and one query whole.

use chart::access::Permission;
use chart::encounter::Encounter;
use chart::id::{PatientId, QueryId};
use chart::patient::Patient;
use chart::query::{Query, State, StateKey};
use chart::sign::View;
use clarify::lint::Finding;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use store::parties;
use store::queries::{self, Filter, OWED};
use store::{Page, Reader, Store};

use super::opened;
use crate::charts::{Banner, banner};
use crate::{Context, Result, gate};

/// Queries of one chart that are shown at most.
const OF_A_CHART: Page = Page::first(500);

/// A pile of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pile {
    /// Being written.
    Draft,
    /// An answer is owed.
    Open,
    /// An answer is owed and late.
    Overdue,
    /// Answered, to be closed.
    Answered,
    /// Closed or withdrawn.
    Settled,
}

impl Pile {
    /// All, in the order of the desk.
    pub const ALL: [Self; 5] = [Self::Open, Self::Overdue, Self::Answered, Self::Draft, Self::Settled];

    /// Its key in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Open => "open",
            Self::Overdue => "overdue",
            Self::Answered => "answered",
            Self::Settled => "settled",
        }
    }

    fn filter(self, now: Timestamp) -> Filter {
        let (states, due_before) = match self {
            Self::Draft => (vec![StateKey::Draft], None),
            Self::Open => (OWED.to_vec(), None),
            Self::Overdue => (OWED.to_vec(), Some(now)),
            Self::Answered => (vec![StateKey::Answered], None),
            Self::Settled => (vec![StateKey::Closed, StateKey::Withdrawn], None),
        };
        Filter { states, due_before, ..Filter::default() }
    }
}

/// A pile as it lies on the desk.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Its queries, the first due first; a patient whose chart is restricted stays unnamed.
    pub rows: Vec<(Query, Option<Patient>)>,
    /// How many lie on each pile.
    pub counts: Vec<(Pile, i64)>,
}

/// Reads a pile of the desk.
///
/// # Errors
/// [`crate::Error::Forbidden`] without the permission.
pub async fn desk(store: &Store, context: &Context, pile: Pile, page: Page) -> Result<Desk> {
    context.must(Permission::QueryRead)?;
    let mut view = store.view().await?;
    let mut rows = Vec::new();
    for query in queries::list(&mut view, &pile.filter(context.at), page).await? {
        let patient = store::patients::by_id(&mut view, query.patient).await?;
        rows.push((query, patient.filter(|one| one.restriction.is_none())));
    }
    let mut counts = Vec::new();
    for pile in Pile::ALL {
        counts.push((pile, queries::count(&mut view, &pile.filter(context.at)).await?));
    }
    view.finish(context.event("queries-list")).await?;
    Ok(Desk { rows, counts })
}

/// One query, whole.
#[derive(Debug, Clone)]
pub struct OneQuery {
    /// Whose chart.
    pub banner: Banner,
    /// About which encounter.
    pub encounter: Encounter,
    /// The query.
    pub query: Query,
    /// What stands in the way of issuing a draft.
    pub findings: Vec<Finding>,
    /// Whom else it could be put to.
    pub practitioners: Vec<parties::Filed>,
}

/// Reads a query. A draft is read by the linter against the record as it is now.
///
/// # Errors
/// [`crate::Error::Closed`] when the chart is closed to the actor.
pub async fn one(store: &Store, context: &Context, id: QueryId, zone: &TimeZone) -> Result<OneQuery> {
    let mut view = store.view().await?;
    let query = queries::get(&mut view, id).await?;
    let patient = gate::open(&mut view, context, query.patient, Permission::QueryRead).await?;
    let findings = findings(&mut view, &query, &patient, zone).await?;
    let encounter = store::encounters::get(&mut view, query.encounter).await?;
    let practitioners = opened::practitioners(&mut view).await?;
    let banner = banner(&mut view, patient).await?;
    view.finish(context.event("query-read").patient(banner.patient.id).object("query", id)).await?;
    Ok(OneQuery { banner, encounter, query, findings, practitioners })
}

async fn findings(
    reader: &mut Reader,
    query: &Query,
    patient: &Patient,
    zone: &TimeZone,
) -> Result<Vec<Finding>> {
    let State::Draft { .. } = query.state else { return Ok(Vec::new()) };
    let record = opened::record(reader, patient).await?;
    Ok(clarify::lint(&query.ask, &View::new(&record, query.encounter, zone)))
}

/// The queries that were put about a patient's record, with their answers; no drafts and nothing withdrawn.
///
/// # Errors
/// [`crate::Error::Closed`] when the chart is closed to the actor.
pub async fn of_patient(store: &Store, context: &Context, id: PatientId) -> Result<(Banner, Vec<Query>)> {
    let mut view = store.view().await?;
    let patient = gate::open(&mut view, context, id, Permission::ChartRead).await?;
    let states = [OWED.as_slice(), &[StateKey::Answered, StateKey::Closed]].concat();
    let filter = Filter { patient: Some(patient.id), states, ..Filter::default() };
    let found = queries::list(&mut view, &filter, OF_A_CHART).await?;
    let banner = banner(&mut view, patient).await?;
    let event = context.event("chart-read").patient(banner.patient.id);
    view.finish(event.detail(serde_json::json!({ "part": "queries" }))).await?;
    Ok((banner, found))
}
