//! Stays of the demo hospital in every stage of coding: their problem lists, taken over by the demo's coder.

use std::error::Error;

use chart::access::Role;
use chart::coded::system;
use chart::coding::{Change, CodeSet, CodedDiagnosis, Origin, Overridden, Present, Purpose};
use chart::encounter::{Encounter, Setting};
use chart::entry::EntryContent;
use chart::id::EncounterId;
use codeset::Code;
use hospital::zone;
use store::{Page, Store};
use workflow::coding::{Books, Verb, act, begin, read};
use workflow::{Context, Who};

use super::seed::open_stays;
use crate::record::context;

/// Who codes in the demo.
const CODER: &str = "coder";
/// Stays that somebody has begun to code; all later ones wait.
const BEGUN: usize = 24;

/// How far a stay has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Open,
    Held(&'static str),
    Closed,
}

/// One after the other, as stays go through a department.
const STAGES: [Stage; 6] = [
    Stage::Open,
    Stage::Closed,
    Stage::Held("query"),
    Stage::Closed,
    Stage::Held("pathology"),
    Stage::Held("discharge-summary"),
];

/// Codes the newest stays that have ended.
pub(super) async fn fill(store: &Store) -> Result<(), Box<dyn Error>> {
    let books = Books::open(crate::held::open(None)?)?;
    let mut view = store.view().await?;
    let coder = store::access::accounts::by_login(&mut view, CODER).await?;
    let filter = store::encounters::Filter {
        settings: vec![Setting::Inpatient],
        status: Some("closed"),
        ..Default::default()
    };
    let stays = open_stays(&mut view, &filter, BEGUN).await?;
    view.close().await?;
    let coder = coder.ok_or_else(|| format!("the demo has no account {CODER}"))?;
    let who = Who::User { id: coder.id, role: Role::Coder, party: coder.party };
    for (stay, stage) in stays.iter().zip(STAGES.iter().cycle()) {
        code(store, &books, &who, stay, *stage).await?;
    }
    Ok(())
}

pub(super) fn acting(who: &Who) -> Context {
    let mut context = context("demo");
    context.who = who.clone();
    context
}

async fn code(
    store: &Store,
    books: &Books,
    who: &Who,
    stay: &Encounter,
    stage: Stage,
) -> Result<(), Box<dyn Error>> {
    let lines = problems(store, stay.id).await?;
    let mut set = begin(store, &mut acting(who), stay.id, Purpose::Record).await?;
    for line in lines {
        let verb = Verb::Change(Change::AddDiagnosis(line, None), String::new());
        // A code that is on the list twice is left out.
        if let Ok(done) = act(store, &acting(who), books, (set.id, set.version), verb, &zone()).await {
            set = done.set;
        }
    }
    match stage {
        Stage::Open => Ok(()),
        Stage::Held(reason) => hold(store, books, who, &set, reason).await,
        Stage::Closed => close(store, books, who, &set).await,
    }
}

async fn hold(
    store: &Store,
    books: &Books,
    who: &Who,
    set: &CodeSet,
    reason: &str,
) -> Result<(), Box<dyn Error>> {
    let verb = Verb::Hold(reason.to_owned(), String::new());
    act(store, &acting(who), books, (set.id, set.version), verb, &zone()).await?;
    Ok(())
}

/// Closes the codes. What may be set aside is, with a reason; what is not fit to be closed then waits for a second review.
async fn close(store: &Store, books: &Books, who: &Who, set: &CodeSet) -> Result<(), Box<dyn Error>> {
    let desk = read(store, &acting(who), books, (set.encounter, Purpose::Record), &zone()).await?;
    let objections = desk.side.iter().flat_map(|side| side.computed.objections());
    let set_aside = objections.filter(|one| one.may_override).map(|one| Overridden {
        finding: one.finding,
        reason: "The record has it so; the physician was asked.".into(),
    });
    let verb = Verb::Finalize(set_aside.collect());
    match act(store, &acting(who), books, (set.id, set.version), verb, &zone()).await {
        Ok(_) => Ok(()),
        Err(workflow::Error::Refused(_)) => hold(store, books, who, set, "second-review").await,
        Err(other) => Err(other.into()),
    }
}

/// The diagnoses of the encounter that carry a code of ICD-10-CM.
async fn problems(store: &Store, encounter: EncounterId) -> Result<Vec<CodedDiagnosis>, Box<dyn Error>> {
    let filter = store::entries::Filter { encounter: Some(encounter), ..Default::default() };
    let mut view = store.view().await?;
    let entries = store::entries::list(&mut view, &filter.kinds(&["diagnosis"]), Page::first(50)).await?;
    view.close().await?;
    let line = |content: &EntryContent| {
        let EntryContent::Diagnosis(diagnosis) = content else { return None };
        let mut codings = diagnosis.what.codings.iter();
        let coding = codings.find(|coding| coding.system == system::ICD10CM)?;
        let code = Code::parse(&coding.code).ok()?;
        Some(CodedDiagnosis { code, present: Present::Yes, origin: Origin::Received, evidence: Vec::new() })
    };
    Ok(entries.iter().filter_map(|entry| line(&entry.content)).collect())
}
