//! Who writes and signs: the account, and the names under which the record knows them.

use chart::directory::Named;
use chart::document::Document;
use chart::id::PartyId;
use chart::intake::{KeyKind, SourceKey};
use chart::machine::{Actor, Stamp};
use store::Reader;
use store::access::accounts;

use crate::patients::OWN;
use crate::{Context, Error, Result, gate};

/// Somebody who is signed in, as the record names them.
#[derive(Debug, Clone)]
pub(crate) struct Me {
    /// The account, with the name to show.
    pub(crate) actor: Actor,
    /// The entry in the directory.
    pub(crate) party: Option<PartyId>,
    /// The name to put into what is written here.
    pub(crate) named: Named,
    /// Every key that means this person in records.
    pub(crate) keys: Vec<SourceKey>,
    /// What the directory says about them: `MD`, `Surgery`.
    pub(crate) credentials: String,
}

impl Me {
    /// This person, now.
    pub(crate) fn stamp(&self, context: &Context) -> Stamp {
        Stamp { by: self.actor.clone(), at: context.at }
    }

    /// Whether the document names this person as an author.
    pub(crate) fn wrote(&self, document: &Document) -> bool {
        document.content.authors.iter().any(|by| by.key.as_ref().is_some_and(|key| self.keys.contains(key)))
    }
}

/// Who acts.
///
/// # Errors
/// [`Error::Refused`] for a part of the program: only people write and sign.
pub(crate) async fn me(reader: &mut Reader, context: &Context) -> Result<Me> {
    let user = context.user().ok_or_else(|| Error::refused("only somebody who is signed in can do this"))?;
    let account = accounts::by_id(reader, user).await?;
    let account = account.ok_or_else(|| Error::refused("the account is gone: sign in again"))?;
    let own = SourceKey::new(OWN, KeyKind::Party, format!("user/{user}"));
    let mut keys = Vec::new();
    let mut credentials = String::new();
    if let Some(party) = account.party {
        keys = gate::keys_of(reader, party).await?;
        credentials =
            store::parties::by_id(reader, party).await?.map(|filed| said(&filed.party)).unwrap_or_default();
    }
    keys.push(own);
    let named = Named { name: account.name.clone(), key: keys.first().cloned() };
    Ok(Me { actor: Actor::person(user, account.name), party: account.party, named, keys, credentials })
}

fn said(party: &chart::directory::Party) -> String {
    party.types.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join(", ")
}
