//! Reading what is owed: the desk's queues, and the completeness of one chart.

use chart::access::{Permission, Scope};
use chart::deficiency::DeficiencyKind;
use chart::encounter::{Encounter, Setting};
use chart::id::{PartyId, PatientId};
use chart::patient::Patient;
use store::analyses::{self, Analysis, State};
use store::deficiencies::{self, Filed, Filter, Pile};
use store::{Page, Reader, Store};

use super::evaluate;
use crate::charts::{Banner, banner};
use crate::{Context, Error, Result, Who, gate};

/// Deficiencies of one chart that are shown at most.
const MOST_OF_A_CHART: u32 = 2_000;
/// Encounters of one chart that are shown at most.
const MOST_ENCOUNTERS: u32 = 500;

/// What is asked of a queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Queue {
    /// On this pile; owed when not said.
    pub pile: Option<Pile>,
    /// Of this type.
    pub kind: Option<DeficiencyKind>,
    /// In this setting.
    pub setting: Option<Setting>,
}

/// The completeness of a chart.
#[derive(Debug, Clone)]
pub struct InChart {
    /// Who it is.
    pub banner: Banner,
    /// The encounters, the latest first, each with its analysis and its deficiencies.
    pub encounters: Vec<(Encounter, Option<Analysis>, Vec<Filed>)>,
    /// Practitioners of the directory, who may owe what another was thought to owe.
    pub practitioners: Vec<(PartyId, String)>,
}

/// A queue with its length; a patient for each row, without a name where the chart is restricted.
#[derive(Debug, Clone)]
pub struct Board<T> {
    /// The rows of the page.
    pub rows: Vec<(T, Option<Patient>)>,
    /// How many there are in all.
    pub count: i64,
}

/// What is owed in a chart, encounter by encounter.
///
/// # Errors
/// [`crate::Error::Closed`] when the chart is closed to the actor.
pub async fn in_chart(store: &Store, context: &Context, id: PatientId) -> Result<InChart> {
    let mut view = store.view().await?;
    let patient = gate::open(&mut view, context, id, Permission::DeficiencyRead).await?;
    let id = patient.id;
    let filter = store::encounters::Filter { patient: Some(id), ..Default::default() };
    let encounters = store::encounters::list(&mut view, &filter, Page::first(MOST_ENCOUNTERS)).await?;
    let mut analyses = evaluate::analysed(&mut view, id).await?;
    let filter = Filter { patient: Some(id), ..Filter::default() };
    let all = deficiencies::list(&mut view, &filter, Page::first(MOST_OF_A_CHART)).await?;
    let mut filed = super::apply::by_encounter(all);
    let rows = encounters.into_iter().map(|encounter| {
        let own = filed.remove(&encounter.id).unwrap_or_default();
        let analysis = analyses.remove(&encounter.id);
        (encounter, analysis, own)
    });
    let encounters = rows.collect();
    let banner = banner(&mut view, patient).await?;
    let practitioners = crate::signing::practitioners(&mut view).await?;
    view.finish(
        context.event("chart-read").patient(id).detail(serde_json::json!({ "part": "completeness" })),
    )
    .await?;
    let practitioners = practitioners.into_iter().map(|one| (one.id, one.party.name)).collect();
    Ok(InChart { banner, encounters, practitioners })
}

/// The deficiencies of a queue, the first due first.
///
/// # Errors
/// [`crate::Error::Forbidden`] without the permission.
pub async fn queue(store: &Store, context: &Context, asked: &Queue, page: Page) -> Result<Board<Filed>> {
    let scope = context.must(Permission::DeficiencyRead)?;
    let mut view = store.view().await?;
    let filter = Filter {
        responsible: own(context, scope),
        pile: Some(asked.pile.unwrap_or(Pile::Owed)),
        kinds: asked.kind.into_iter().collect(),
        settings: asked.setting.into_iter().collect(),
        ..Filter::default()
    };
    let found = deficiencies::list(&mut view, &filter, page).await?;
    let count = deficiencies::count(&mut view, &filter).await?;
    let rows = named(&mut view, found, |one| one.deficiency.patient).await?;
    view.finish(context.event("deficiencies-list")).await?;
    Ok(Board { rows, count })
}

/// Whose work is shown to one who sees only their own patients: their own.
fn own(context: &Context, scope: Scope) -> Option<String> {
    let Who::User { party, .. } = &context.who else { return None };
    // Nobody's key: who is not in the directory owes nothing.
    (scope == Scope::OwnPatients).then(|| party.map_or_else(|| "-".into(), |party| party.to_string()))
}

/// Encounters that wait for analysis, the longest discharged first.
///
/// # Errors
/// [`crate::Error::Forbidden`] without the permission.
pub async fn waiting(
    store: &Store,
    context: &Context,
    states: &[State],
    page: Page,
) -> Result<Board<Analysis>> {
    if context.must(Permission::DeficiencyRead)? == Scope::OwnPatients {
        return Err(Error::refused(
            "records are analysed at the analyst's desk; what you owe stands under Deficiencies",
        ));
    }
    let mut view = store.view().await?;
    let filter = analyses::Filter { states: states.to_vec(), ..Default::default() };
    let found = analyses::list(&mut view, &filter, page).await?;
    let count = analyses::count(&mut view, &filter).await?;
    let rows = named(&mut view, found, |one| one.patient).await?;
    view.finish(context.event("analyses-list")).await?;
    Ok(Board { rows, count })
}

/// Rows with their patients; a restricted one stays unnamed.
async fn named<T>(
    reader: &mut Reader,
    rows: Vec<T>,
    patient: impl Fn(&T) -> PatientId,
) -> Result<Vec<(T, Option<Patient>)>> {
    let ids: Vec<PatientId> = rows.iter().map(&patient).collect();
    let found = store::patients::by_ids(reader, &ids).await?;
    let named = |row: T| {
        let one = found.get(&patient(&row)).filter(|one| one.restriction.is_none()).cloned();
        (row, one)
    };
    Ok(rows.into_iter().map(named).collect())
}
