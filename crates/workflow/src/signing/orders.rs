//! Spoken orders: authenticated by who gave them (42 CFR 482.24(c)(2)).

use chart::access::Permission;
use chart::entry::{Entry, EntryContent};
use chart::id::EntryId;
use serde_json::json;
use store::access::accounts;
use store::{Reader, Store};

use super::me;
use crate::access::{Credential, prove};
use crate::charts::{Banner, banner};
use crate::{Context, Error, Result, completeness, gate};

/// Reads a spoken order in order to authenticate it; also whether the account asks for a code.
pub async fn order(store: &Store, context: &Context, id: EntryId) -> Result<(Banner, Entry, bool)> {
    let mut view = store.view().await?;
    let entry = spoken(&mut view, id).await?;
    let patient = gate::open(&mut view, context, entry.patient, Permission::DocumentSign).await?;
    let asks_code = super::asks_code(&mut view, context).await?;
    let banner = banner(&mut view, patient).await?;
    view.finish(context.event("entry-read").patient(banner.patient.id).object("entry", id)).await?;
    Ok((banner, entry, asks_code))
}

/// Authenticates a spoken order, now. Who gave it does so, or another practitioner who is responsible for the patient.
///
/// # Errors
/// [`Error::Refused`] when the credential is not right, or the order was changed or authenticated before.
pub async fn authenticate_order(
    store: &Store,
    context: &mut Context,
    (id, version): (EntryId, i64),
    credential: Credential,
) -> Result<()> {
    context.must(Permission::DocumentSign)?;
    let proof = prove(store, context, credential).await?;
    let mut tx = store.begin().await?;
    let mut entry = spoken(&mut tx, id).await?;
    let patient = gate::open(&mut tx, context, entry.patient, Permission::DocumentSign).await?;
    let me = me(&mut tx, context).await?;
    let EntryContent::Order(order) = &mut entry.content else { return Err(not_spoken()) };
    if order.authenticated.is_some() {
        return Err(Error::refused("the order is authenticated already"));
    }
    let by = order.by.as_ref().and_then(|by| by.key.as_ref());
    let by_giver = by.is_some_and(|key| me.keys.contains(key));
    order.authenticated = Some(context.at.into());
    entry.version = version;
    let version = store::entries::update(&mut tx, &entry).await?;
    completeness::ask(&mut tx, context, patient.id).await?;
    accounts::succeeded(&mut tx, proof.account.id).await?;
    let event = context.event("order-authenticate").patient(patient.id).object("entry", id);
    tx.commit(event.detail(json!({ "version": version, "by-giver": by_giver, "method": proof.method })))
        .await?;
    Ok(())
}

async fn spoken(reader: &mut Reader, id: EntryId) -> Result<Entry> {
    let entry = store::entries::get(reader, id).await?;
    match &entry.content {
        EntryContent::Order(order) if order.verbal_to.is_some() => Ok(entry),
        _ => Err(not_spoken()),
    }
}

fn not_spoken() -> Error {
    Error::refused("this is no spoken order: there is nothing to authenticate")
}
