//! What waits at somebody's desk, and the directory of people and places.

use chart::access::Permission;
use chart::directory::PartyKind;
use chart::id::PatientId;
use chart::intake::Channel;
use chart::patient::Patient;
use jiff::Timestamp;
use store::arrivals::{self, State};
use store::merges::{self, ReviewState};
use store::parties::{self, Filed};
use store::{Page, Reader, Store, audit};

use crate::{Context, Result};

/// Events of one's own that are looked through for charts opened lately.
const LOOK_BACK: u32 = 60;
/// Charts listed as opened lately.
const RECENT: usize = 8;

/// What waits, and what was opened lately. A figure is `None` where the role has nothing to do with it.
#[derive(Debug, Clone, Default)]
pub struct Desk {
    /// Papers to be filed.
    pub unfiled: Option<i64>,
    /// Messages that were rejected.
    pub rejected: Option<i64>,
    /// Pairs of records that may be one person.
    pub duplicates: Option<i64>,
    /// Charts this person opened, the latest first, each once.
    pub recent: Vec<(Timestamp, Patient)>,
}

/// The desk of the role worn. Nothing here is a patient's data but the names of charts the person opened themselves.
///
/// # Errors
/// When the store fails.
pub async fn mine(store: &Store, context: &Context) -> Result<Desk> {
    let mut view = store.view().await?;
    let may = |permission| context.must(permission).is_ok();
    let desk = Desk {
        unfiled: match may(Permission::DocumentIndex) {
            true => Some(waiting(&mut view, Channel::Upload, State::Waiting).await?),
            false => None,
        },
        rejected: match may(Permission::InterfaceRead) {
            true => Some(waiting(&mut view, Channel::Hl7, State::Rejected).await?),
            false => None,
        },
        duplicates: match may(Permission::PatientMerge) {
            true => Some(merges::count_reviews(&mut view, ReviewState::Open).await?),
            false => None,
        },
        recent: if may(Permission::PatientRead) { recent(&mut view, context).await? } else { Vec::new() },
    };
    view.close().await?;
    Ok(desk)
}

async fn waiting(reader: &mut Reader, channel: Channel, state: State) -> Result<i64> {
    let filter =
        arrivals::Filter { states: vec![state], channel: Some(channel), ..arrivals::Filter::default() };
    Ok(arrivals::count(reader, &filter).await?)
}

async fn recent(reader: &mut Reader, context: &Context) -> Result<Vec<(Timestamp, Patient)>> {
    let filter =
        audit::Filter { user: context.user(), action: Some("chart-read".into()), ..audit::Filter::default() };
    let lines = audit::lines(reader, &filter, Page::first(LOOK_BACK)).await?;
    let mut seen: Vec<PatientId> = Vec::new();
    let mut recent = Vec::new();
    for (at, id) in lines.iter().filter_map(|line| Some((line.event.at, line.event.patient?))) {
        if recent.len() == RECENT || seen.contains(&id) {
            continue;
        }
        seen.push(id);
        // A restricted chart is opened through the search, where its name is masked.
        let patient = store::patients::by_id(reader, id).await?.filter(|one| one.restriction.is_none());
        recent.extend(patient.map(|patient| (at, patient)));
    }
    Ok(recent)
}

/// Entries of the directory whose name begins so.
///
/// # Errors
/// [`crate::Error::Forbidden`] without the permission.
pub async fn directory(
    store: &Store,
    context: &Context,
    kind: Option<PartyKind>,
    named: &str,
    page: Page,
) -> Result<Vec<Filed>> {
    context.must(Permission::DirectoryRead)?;
    let mut view = store.view().await?;
    let found = parties::list(&mut view, kind, named, page).await?;
    view.close().await?;
    Ok(found)
}
