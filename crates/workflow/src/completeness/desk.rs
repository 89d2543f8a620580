//! The analyst's desk for one encounter: what its record lacks beside the documents, in the order of the chart.

use chart::access::Permission;
use chart::document::Document;
use chart::document_type::document_types;
use chart::encounter::Encounter;
use chart::id::{EncounterId, PatientId};
use completeness::{Stand, chart_order};
use jiff::civil::Date;
use store::analyses::{self, Analysis};
use store::deficiencies::{self, Filed, Filter};
use store::{Page, Store};

use super::policy;
use crate::charts::{Banner, banner};
use crate::{Context, Error, Result, gate};

/// Documents of one encounter that are shown at most.
const MOST: u32 = 2_000;

/// One encounter as it is analysed and assembled.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Who it is.
    pub banner: Banner,
    /// The encounter.
    pub encounter: Encounter,
    /// How far the analysis has come.
    pub analysis: Option<Analysis>,
    /// What is lacking, the first due first.
    pub deficiencies: Vec<Filed>,
    /// The documents, as the chart is assembled.
    pub documents: Vec<Document>,
    /// The order of the chart, with what the profile asks for.
    pub order: Vec<Stand>,
}

/// Reads it, under the policy of a day.
///
/// # Errors
/// [`Error::Missing`] when the encounter is not of this patient; [`Error::Closed`] when the chart is closed to the actor.
pub async fn desk(
    store: &Store,
    context: &Context,
    patient: PatientId,
    encounter: EncounterId,
    day: Date,
) -> Result<Desk> {
    let mut view = store.view().await?;
    let patient = gate::open(&mut view, context, patient, Permission::DeficiencyRead).await?;
    let id = patient.id;
    let missing = || Error::Missing { what: "encounter", id: encounter.to_string() };
    let found = store::encounters::by_id(&mut view, encounter).await?;
    let encounter = found.filter(|one| one.patient == id).ok_or_else(missing)?;
    let analysis = analyses::of_encounter(&mut view, encounter.id).await?;
    let filter = Filter { encounter: Some(encounter.id), ..Filter::default() };
    let deficiencies = deficiencies::list(&mut view, &filter, Page::first(MOST)).await?;
    let filter = store::documents::Filter { encounter: Some(encounter.id), ..Default::default() };
    let mut documents = store::documents::list(&mut view, &filter, Page::first(MOST)).await?;
    documents.sort_by_key(|one| (place(one), one.content.written.map(chart::date::When::sort_key)));
    let (policy, _) = policy::in_force(&mut view, day).await?;
    let order = chart_order(&policy, encounter.visit.setting);
    let banner = banner(&mut view, patient).await?;
    let event = context.event("chart-read").patient(id).object("encounter", encounter.id);
    view.finish(event.detail(serde_json::json!({ "part": "analysis" }))).await?;
    Ok(Desk { banner, encounter, analysis, deficiencies, documents, order })
}

/// Where a document stands in the chart; those without a type of ours come last.
fn place(document: &Document) -> usize {
    let types = document_types().all();
    let key = document.content.type_key();
    key.and_then(|key| types.iter().position(|kind| kind.key == key)).unwrap_or(types.len())
}
