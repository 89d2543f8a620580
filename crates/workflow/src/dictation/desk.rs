//! The transcription desk: the work list, one dictation, its voice.

use chart::access::Permission;
use chart::dictation::Dictation;
use chart::encounter::Encounter;
use chart::id::{DictationId, UserId};
use chart::intake::Original;
use chart::patient::Patient;
use serde_json::json;
use store::access::accounts;
use store::{Page, Reader, Store, dictations};

use super::is_author;
use crate::charts::{Banner, banner};
use crate::{Context, Error, Result, gate};

/// States in which somebody of the desk has something to do.
const AT_THE_DESK: [&str; 6] = ["dictated", "assigned", "in-progress", "sent-back", "typed", "reviewed"];
/// Accounts that are looked through for those who type.
const MOST_ACCOUNTS: u32 = 500;

/// The work list: those wanted at once first, then by the clock.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The dictations with whose records they are of.
    pub rows: Vec<(Dictation, Patient)>,
    /// How many there are.
    pub count: i64,
}

/// Reads the work list; only one's own where `mine`.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn desk(store: &Store, context: &Context, mine: bool, page: Page) -> Result<Desk> {
    context.must(Permission::DictationType)?;
    let mut view = store.view().await?;
    let typist = if mine { context.user() } else { None };
    let filter = dictations::Filter { states: AT_THE_DESK.to_vec(), typist, ..Default::default() };
    let mut rows = Vec::new();
    for one in dictations::list(&mut view, &filter, page).await? {
        // A restricted chart's dictation shows to those for whom the chart opens.
        if gate::opens(&mut view, context, one.patient, Permission::DictationType).await? {
            let patient = gate::surviving(&mut view, one.patient).await?;
            rows.push((one, patient));
        }
    }
    let count = dictations::count(&mut view, &filter).await?;
    view.finish(context.event("dictations-read").detail(json!({ "shown": rows.len() }))).await?;
    Ok(Desk { rows, count })
}

/// Somebody who types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typist {
    /// The account.
    pub user: UserId,
    /// The name to show.
    pub name: String,
}

/// A dictation with whose it is.
#[derive(Debug, Clone)]
pub struct DictationRead {
    /// Whose record.
    pub banner: Banner,
    /// The encounter.
    pub encounter: Encounter,
    /// The dictation.
    pub dictation: Dictation,
    /// Whether it is the reader's own.
    pub is_author: bool,
    /// Whether the reader's account asks for a code beside the password.
    pub asks_code: bool,
    /// Who could type it; empty for those who do not assign.
    pub typists: Vec<Typist>,
}

/// Reads a dictation: its author, or who types, reviews or assigns.
pub async fn read(store: &Store, context: &Context, id: DictationId) -> Result<DictationRead> {
    let mut view = store.view().await?;
    let dictation = dictations::get(&mut view, id).await?;
    let is_author = is_author(context, &dictation);
    let patient = gate::open(&mut view, context, dictation.patient, permission(is_author)).await?;
    let encounter = store::encounters::get(&mut view, dictation.encounter).await?;
    let asks_code = crate::signing::asks_code(&mut view, context).await?;
    let typists = match context.must(Permission::DictationAssign) {
        Ok(_) => typists(&mut view).await?,
        Err(_) => Vec::new(),
    };
    let banner = banner(&mut view, patient).await?;
    let event = context.event("dictation-read").patient(banner.patient.id).object("dictation", id);
    view.finish(event).await?;
    Ok(DictationRead { banner, encounter, dictation, is_author, asks_code, typists })
}

/// The voice, byte for byte.
pub async fn voice(store: &Store, context: &Context, id: DictationId) -> Result<Original> {
    let mut view = store.view().await?;
    let dictation = dictations::get(&mut view, id).await?;
    let permission = permission(is_author(context, &dictation));
    let patient = gate::open(&mut view, context, dictation.patient, permission).await?;
    let missing = || Error::Missing { what: "recording", id: id.to_string() };
    let digest = dictation.audio.ok_or_else(missing)?.digest;
    let original = store::originals::get(&mut view, digest).await?.ok_or_else(missing)?;
    view.finish(context.event("dictation-listen").patient(patient.id).object("dictation", id)).await?;
    Ok(original)
}

const fn permission(is_author: bool) -> Permission {
    if is_author { Permission::DictationDictate } else { Permission::DictationType }
}

async fn typists(reader: &mut Reader) -> Result<Vec<Typist>> {
    let all = accounts::list(reader, Page::first(MOST_ACCOUNTS)).await?;
    let types = |account: &accounts::Account| {
        let roles = crate::access::roles(account);
        account.active && chart::access::permits(&roles, Permission::DictationType).is_some()
    };
    let typing = all.into_iter().filter(types);
    Ok(typing.map(|account| Typist { user: account.id, name: account.name }).collect())
}
