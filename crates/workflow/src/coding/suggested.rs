//! Codes that the documents of an encounter suggest, and what a coder does with them. Nothing is final by itself.

use std::collections::HashSet;

use chart::access::Permission;
use chart::coding::{
    Change, Citation, CodeSet, CodedDiagnosis, Codes, CodingState, Origin, Present, Purpose,
};
use chart::document::{Document, DocumentStatus};
use chart::encounter::Encounter;
use chart::id::{CodeSetId, EncounterId};
use codeset::Code;
use codeset::manual::Classification;
use jiff::tz::TimeZone;
use serde_json::json;
use store::coding::{self, Decided, Decision, Learned};
use store::{Page, Reader, Store};
use suggest::{Evidence, Standing, Suggestion};

use super::reading::Experience;
use super::synonyms::read_anew;
use super::verbs::{act_in, stamp};
use super::{Books, Facts, Verb, shadow};
use crate::charts::{Banner, banner};
use crate::{Context, Error, Result, auditing, gate};

/// Documents that are read at most.
const DOCUMENTS: Page = Page { skip: 0, take: 500 };
/// Suggestions that are shown at most.
const SHOWN: usize = 40;

/// What the documents of an encounter suggest.
#[derive(Debug, Clone)]
pub struct Suggested {
    /// Whose chart.
    pub banner: Banner,
    /// The encounter.
    pub encounter: Encounter,
    /// The codes that a suggestion is taken into; `None` before coding has begun.
    pub set: Option<CodeSet>,
    /// The documents that were read.
    pub documents: Vec<Document>,
    /// What is neither coded nor decided on, best first.
    pub suggestions: Vec<Suggestion>,
}

/// What a coder does with a suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The code is taken, with its evidence.
    Accept(Present),
    /// Another is taken in its place, with the same evidence.
    Replace(Code, Present),
    /// It is not taken, for this reason.
    Reject(String),
}

/// Reads what is suggested.
///
/// # Errors
/// [`Error::Forbidden`] without the permission, [`Error::Closed`] when the chart is closed to the actor.
pub async fn suggested(
    store: &Store,
    context: &Context,
    books: &Books,
    (id, purpose): (EncounterId, Purpose),
    zone: &TimeZone,
) -> Result<Suggested> {
    context.must(Permission::CodingRead)?;
    read_anew(store, books).await?;
    let mut view = store.view().await?;
    let encounter = store::encounters::get(&mut view, id).await?;
    let patient = gate::open(&mut view, context, encounter.patient, Permission::ChartRead).await?;
    auditing::must_not_be_blind(&mut view, context, id).await?;
    let facts = Facts::of(&encounter, &patient.demographics, zone, context.at);
    let set = coding::find(&mut view, id, purpose).await?;
    let documents = documents(&mut view, id).await?;
    let mut suggestions = open(&mut view, books, &facts, (id, &documents), set.as_ref()).await?;
    suggestions.truncate(SHOWN);
    let banner = banner(&mut view, patient).await?;
    let event = context.event("suggestions-read").patient(banner.patient.id).object("encounter", id);
    view.finish(event).await?;
    Ok(Suggested { banner, encounter, set, documents, suggestions })
}

/// The documents of an encounter that still hold.
pub(super) async fn documents(reader: &mut Reader, encounter: EncounterId) -> Result<Vec<Document>> {
    let filter = store::documents::Filter { encounter: Some(encounter), ..Default::default() };
    let mut all = store::documents::list(reader, &filter, DOCUMENTS).await?;
    let is_gone = |status| matches!(status, DocumentStatus::Superseded | DocumentStatus::EnteredInError);
    all.retain(|one| !is_gone(one.content.status));
    Ok(all)
}

/// What is suggested, may be proposed or asked about, and is neither coded nor decided on.
async fn open(
    reader: &mut Reader,
    books: &Books,
    facts: &Facts,
    (encounter, documents): (EncounterId, &[Document]),
    set: Option<&CodeSet>,
) -> Result<Vec<Suggestion>> {
    let experience = Experience::of(&coding::learned(reader).await?);
    let decided = coding::decided(reader, encounter).await?;
    let mut gone: HashSet<Code> = decided.iter().map(|one| one.code).collect();
    gone.extend(set.iter().flat_map(|set| &set.codes.diagnoses).map(|line| line.code));
    let mut all = books.suggestions(documents, &experience, facts.discharged)?;
    all.retain(|one| one.standing != Standing::Withheld && !gone.contains(&one.code));
    Ok(all)
}

/// Does it, and keeps what was decided; `version` is the one that the person saw. Gives the codes as they were, when
/// they were changed.
///
/// # Errors
/// [`Error::Refused`] when it is no longer suggested, the code cannot be reported as it stands, no reason is given, or
/// the code set does not let it.
pub async fn decide(
    store: &Store,
    context: &Context,
    books: &Books,
    (id, version): (CodeSetId, i64),
    (code, answer): (Code, Answer),
    zone: &TimeZone,
) -> Result<Option<Codes>> {
    context.must(Permission::CodingWork)?;
    read_anew(store, books).await?;
    let mut tx = store.begin().await?;
    let set = coding::get(&mut tx, id).await?;
    let patient = gate::open(&mut tx, context, set.patient, Permission::ChartRead).await?;
    if matches!(set.state, CodingState::Final { .. }) {
        return Err(Error::refused("the codes are final: open them again first"));
    }
    let encounter = store::encounters::get(&mut tx, set.encounter).await?;
    let facts = Facts::of(&encounter, &patient.demographics, zone, context.at);
    // What the program alone would say is asked before a decision is counted.
    shadow::keep(&mut tx, context, books, (&encounter, &set), &facts).await?;
    let documents = documents(&mut tx, set.encounter).await?;
    let all = open(&mut tx, books, &facts, (set.encounter, &documents), Some(&set)).await?;
    let found = all.into_iter().find(|one| one.code == code);
    let found =
        found.ok_or_else(|| Error::refused("this is not suggested any more: look at the list again"))?;
    let by = stamp(&mut tx, context).await?.by.name;
    let decided = decided(&found, set.encounter, &answer, context, by)?;
    coding::put_decided(&mut tx, &decided).await?;
    let Some(line) = line(books, &facts, &found, &documents, &answer)? else {
        let event = context.event("suggestion-reject").patient(patient.id).object("encounter", set.encounter);
        tx.commit(event.detail(json!({ "code": code, "reason": decided.reason }))).await?;
        return Ok(None);
    };
    let verb = Verb::Change(Change::AddDiagnosis(line, None), String::new());
    let (done, event) = act_in(&mut tx, context, books, (id, version), verb, zone).await?;
    tx.commit(event).await?;
    Ok(Some(done.before))
}

fn decided(
    found: &Suggestion,
    encounter: EncounterId,
    answer: &Answer,
    context: &Context,
    by: String,
) -> Result<Decided> {
    let (decision, chosen, reason) = match answer {
        Answer::Accept(_) => (Decision::Accepted, None, String::new()),
        Answer::Replace(code, _) => (Decision::Replaced, Some(*code), String::new()),
        Answer::Reject(why) if why.trim().is_empty() => {
            return Err(Error::refused("say why it is not taken"));
        }
        Answer::Reject(why) => (Decision::Rejected, None, why.trim().to_owned()),
    };
    let phrase = found.path.first().map(|step| step.phrase.clone()).unwrap_or_default();
    Ok(Decided { encounter, code: found.code, phrase, decision, chosen, reason, at: context.at, by })
}

/// The line that goes into the code set; none when the suggestion is not taken.
fn line(
    books: &Books,
    facts: &Facts,
    found: &Suggestion,
    documents: &[Document],
    answer: &Answer,
) -> Result<Option<CodedDiagnosis>> {
    let (code, present) = match answer {
        Answer::Reject(_) => return Ok(None),
        Answer::Accept(_) if found.standing == Standing::Query => {
            return Err(Error::refused(format!("it cannot be coded from: {}", found.reason)));
        }
        Answer::Accept(present) => (found.code, *present),
        Answer::Replace(code, present) => (*code, *present),
    };
    if !books.is_valid(Classification::Icd10cm, code, facts.discharged) {
        return Err(Error::refused(format!(
            "{} cannot be reported as it stands: choose a more exact code in its place",
            code.dotted()
        )));
    }
    let cite = |one: &Evidence| citation(one, documents);
    let evidence = found.evidence.iter().filter_map(cite).collect();
    Ok(Some(CodedDiagnosis { code, present, origin: Origin::Suggested, evidence }))
}

fn citation(evidence: &Evidence, documents: &[Document]) -> Option<Citation> {
    let document = documents.iter().find(|one| one.id.to_string() == evidence.document)?;
    Some(Citation { document: document.id, version: document.version, words: evidence.words.clone() })
}

/// What coders here decided, by code and phrase.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn learned(store: &Store, context: &Context) -> Result<Vec<Learned>> {
    context.must(Permission::CodingLearn)?;
    let mut view = store.view().await?;
    let learned = coding::learned(&mut view).await?;
    view.finish(context.event("suggestions-learned-read")).await?;
    Ok(learned)
}

/// Counts the decisions on a code anew from now on.
///
/// # Errors
/// [`Error::Refused`] without a reason.
pub async fn forget(store: &Store, context: &Context, code: Code, reason: &str) -> Result<()> {
    context.must(Permission::CodingLearn)?;
    if reason.trim().is_empty() {
        return Err(Error::refused("say why it is counted anew"));
    }
    let mut tx = store.begin().await?;
    let by = stamp(&mut tx, context).await?.by.name;
    coding::reset(&mut tx, code, context.at, &by, reason.trim()).await?;
    let event = context.event("suggestions-forget").detail(json!({ "code": code, "reason": reason.trim() }));
    tx.commit(event).await?;
    Ok(())
}
