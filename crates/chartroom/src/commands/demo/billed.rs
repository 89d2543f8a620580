//! What ended weeks ago has its bill, as in a department that keeps up; the last weeks wait.

use std::error::Error;

use chart::amendment::Billing;
use chart::encounter::Encounter;
use chart::id::EncounterId;
use hospital::zone;
use jiff::ToSpan;
use jiff::civil::Date;
use store::{Page, Store};
use workflow::amending::note_billing;

use crate::record::context;

/// Days from discharge until a bill has gone out.
const BILLED_AFTER: i64 = 5;
/// What ended within these days is left to be coded.
const WAITING: i64 = 21;
/// Encounters read at once.
const AT_ONCE: u32 = 500;

/// Notes the bill of every encounter that ended long ago and that nobody is coding.
pub(super) async fn fill(store: &Store, today: Date) -> Result<(), Box<dyn Error>> {
    let before = today.checked_sub(WAITING.days())?.to_zoned(zone())?.timestamp();
    for encounter in ended(store).await? {
        let Some(until) = encounter.visit.stay.until().filter(|until| *until < before) else { continue };
        if !is_being_coded(store, encounter.id).await? {
            let billed = until.to_zoned(zone()).checked_add(BILLED_AFTER.days())?.timestamp();
            let noted = Billing { billed: Some(billed), audit_requested: None };
            note_billing(store, &context("demo"), encounter.id, noted).await?;
        }
    }
    Ok(())
}

async fn ended(store: &Store) -> Result<Vec<Encounter>, Box<dyn Error>> {
    let filter = store::encounters::Filter { status: Some("closed"), ..Default::default() };
    let mut view = store.view().await?;
    let mut all = Vec::new();
    loop {
        let skip = u32::try_from(all.len())?;
        let page = Page { skip, take: AT_ONCE };
        let next = store::encounters::list(&mut view, &filter, page).await?;
        if next.is_empty() {
            break;
        }
        all.extend(next);
    }
    view.close().await?;
    Ok(all)
}

/// A closed code set may have its bill; one that is open or held is still at work.
async fn is_being_coded(store: &Store, encounter: EncounterId) -> Result<bool, Box<dyn Error>> {
    let mut view = store.view().await?;
    let sets = store::coding::of_encounter(&mut view, encounter).await?;
    view.close().await?;
    Ok(sets.iter().any(|set| set.state.key() != "final"))
}
