//! Drafting a query: what each template would quote from the record, and the draft made of one.

use chart::access::Permission;
use chart::deficiency::Responsible;
use chart::encounter::{Attends, Encounter};
use chart::id::{EncounterId, PartyId, PatientId, QueryId};
use chart::machine::Stamp;
use chart::query::{Ask, Author, Indicator, Query, Retention, Timing, query_ladder};
use chart::sign::View;
use clarify::{Asking, OwnWords, Template, TooLittle, templates};
use jiff::tz::TimeZone;
use serde_json::json;
use store::{Reader, Store, parties};

use super::{actor, opened};
use crate::charts::{Banner, banner};
use crate::{Context, Error, Result, gate};

/// About what somebody would ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// In whose record.
    pub patient: PatientId,
    /// In which encounter.
    pub encounter: EncounterId,
    /// The identity of the alert it comes from; empty where it comes from none.
    pub alert: String,
}

/// A template with what it would ask here.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The template.
    pub template: &'static Template,
    /// What it would ask, or why the record holds too little.
    pub composed: std::result::Result<Ask, TooLittle>,
}

/// What can be asked about an encounter.
#[derive(Debug, Clone)]
pub struct Offers {
    /// Whose chart.
    pub banner: Banner,
    /// The encounter.
    pub encounter: Encounter,
    /// Every template.
    pub offers: Vec<Offer>,
    /// The template that the alert names; empty without one.
    pub by_alert: String,
    /// Who takes part and may be asked, those responsible first.
    pub people: Vec<(Responsible, Attends)>,
    /// Who else of the directory may be asked. They see what the query cites while it is open.
    pub others: Vec<parties::Filed>,
    /// When in the life of the record it would be asked now.
    pub timing: Timing,
}

/// What each template would quote about an encounter.
///
/// # Errors
/// [`Error::Missing`] when encounter or alert are not of this record; [`Error::Closed`] when the chart is closed.
pub async fn offers(store: &Store, context: &Context, asked: &Asked, zone: &TimeZone) -> Result<Offers> {
    let mut view = store.view().await?;
    let patient = gate::open(&mut view, context, asked.patient, Permission::QueryWrite).await?;
    let record = opened::record(&mut view, &patient).await?;
    let encounter = opened::encounter(&record, asked.encounter)?.clone();
    let (by_alert, evidence) = evidence(&mut view, asked).await?;
    let people = opened::people(&mut view, &encounter).await?;
    let mut others = opened::practitioners(&mut view).await?;
    others.retain(|other| people.iter().all(|(who, _)| who.party != Some(other.id)));
    let timing = timing(&encounter);
    let asking = Asking {
        addressed: people.first().map_or_else(Responsible::default, |(who, _)| who.clone()),
        author: Author {
            by: actor(&mut view, context).await?,
            credentials: String::new(),
            contact: String::new(),
        },
        prior_reason: String::new(),
        timing,
        retention: Retention::Legal,
    };
    let chart = View::new(&record, encounter.id, zone);
    let offer = |template: &'static Template| {
        let of_alert: &[Indicator] = if template.key == by_alert { &evidence } else { &[] };
        Offer { template, composed: clarify::compose(template, &chart, of_alert, asking.clone()) }
    };
    let offers = templates().all().iter().map(offer).collect();
    let banner = banner(&mut view, patient).await?;
    let event = context.event("chart-read").patient(banner.patient.id).object("encounter", encounter.id);
    view.finish(event.detail(json!({ "part": "query" }))).await?;
    Ok(Offers { banner, encounter, offers, by_alert, people, others, timing })
}

/// While the patient is here a query is concurrent, then retrospective.
fn timing(encounter: &Encounter) -> Timing {
    match encounter.visit.stay.until() {
        None => Timing::Concurrent,
        Some(_) => Timing::Retrospective,
    }
}

/// The template and the evidence of the alert a query comes from.
async fn evidence(reader: &mut Reader, asked: &Asked) -> Result<(String, Vec<Indicator>)> {
    if asked.alert.is_empty() {
        return Ok((String::new(), Vec::new()));
    }
    let filed = store::alerts::get(reader, &asked.alert).await?;
    if filed.encounter != asked.encounter {
        return Err(Error::refused("the alert is about another encounter: ask about it there"));
    }
    Ok((filed.alert.template, filed.alert.evidence))
}

/// In which words something is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wording {
    /// Those of the template with this key.
    Template(String),
    /// Those of who asks.
    Own(OwnWords),
}

/// What a draft is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafting {
    /// About what.
    pub asked: Asked,
    /// In which words.
    pub wording: Wording,
    /// Who is asked.
    pub addressed: PartyId,
    /// The credentials of who asks: `RHIT, CCS`.
    pub credentials: String,
    /// How to reach who asks.
    pub contact: String,
    /// Why findings of another encounter are pertinent; empty where none are quoted.
    pub prior_reason: String,
    /// When in the life of the record.
    pub timing: Timing,
    /// How it is kept.
    pub retention: Retention,
}

fn composed(
    wording: &Wording,
    view: &View<'_>,
    (by_alert, evidence): (&str, &[Indicator]),
    asking: Asking,
) -> Result<Ask> {
    let key = match wording {
        Wording::Own(own) => {
            return clarify::compose_own(own, view, asking)
                .map_err(|error| Error::refused(error.to_string()));
        }
        Wording::Template(key) => key,
    };
    let missing = || Error::Missing { what: "template", id: key.clone() };
    let template = templates().by_key(key).ok_or_else(missing)?;
    let evidence = if by_alert == template.key { evidence } else { &[] };
    clarify::compose(template, view, evidence, asking).map_err(|error| Error::refused(error.to_string()))
}

/// Drafts a query. Nobody is asked until it is issued.
///
/// # Errors
/// [`Error::Refused`] when the record holds too little to quote; [`Error::Closed`] when the chart is closed.
pub async fn draft(
    store: &Store,
    context: &mut Context,
    drafting: Drafting,
    zone: &TimeZone,
) -> Result<Query> {
    let mut tx = store.begin().await?;
    let patient = gate::open(&mut tx, context, drafting.asked.patient, Permission::QueryWrite).await?;
    let record = opened::record(&mut tx, &patient).await?;
    let encounter = opened::encounter(&record, drafting.asked.encounter)?.id;
    let (by_alert, evidence) = evidence(&mut tx, &drafting.asked).await?;
    let by = actor(&mut tx, context).await?;
    let asking = Asking {
        addressed: opened::responsible(&mut tx, drafting.addressed).await?,
        author: Author { by: by.clone(), credentials: drafting.credentials, contact: drafting.contact },
        prior_reason: drafting.prior_reason,
        timing: drafting.timing,
        retention: drafting.retention,
    };
    let view = View::new(&record, encounter, zone);
    let ask = composed(&drafting.wording, &view, (&by_alert, &evidence), asking)?;
    let (id, span) = (context.id(QueryId::from_bits), query_ladder().span(drafting.timing));
    let query = Query::draft(id, (patient.id, encounter), ask, span, Stamp { by, at: context.at });
    store::queries::insert(&mut tx, &query, context.at).await?;
    let event = context.event("query-draft").patient(patient.id).object("query", id);
    tx.commit(event.detail(json!({ "template": query.ask.template }))).await?;
    Ok(query)
}
