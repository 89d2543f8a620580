//! A practitioner's own letters: they stand in the inbox until they are read.

use chart::access::Permission;
use chart::id::LetterId;
use chart::letter::Letter;
use chart::machine::Stamp;
use store::department::letters;
use store::{Reader, Store};

use super::LISTED;
use crate::signing::{Me, me};
use crate::{Context, Error, Result};

/// The letters to this person that were sent and not yet acknowledged.
pub(crate) async fn unread(reader: &mut Reader, me: &Me) -> Result<Vec<Letter>> {
    let Some(party) = me.party else { return Ok(Vec::new()) };
    Ok(letters::list(reader, &["issued"], Some(&party.to_string()), LISTED).await?)
}

/// A letter to whoever acts.
///
/// # Errors
/// [`Error::Missing`] when it is to somebody else, or was not sent.
pub async fn read_own(store: &Store, context: &Context, id: LetterId) -> Result<Letter> {
    context.must(Permission::DocumentSign)?;
    let mut view = store.view().await?;
    let (letter, _) = own(&mut view, context, id).await?;
    view.finish(context.event("letter-read").object("letter", id)).await?;
    Ok(letter)
}

/// The practitioner says that the letter is read. It is no admission, and the work it names stays owed.
///
/// # Errors
/// [`Error::Missing`] as [`read_own`]; refused when it has been acknowledged.
pub async fn acknowledge_own(store: &Store, context: &Context, id: LetterId) -> Result<()> {
    context.must(Permission::DocumentSign)?;
    let mut tx = store.begin().await?;
    let (letter, by) = own(&mut tx, context, id).await?;
    let read = letter.version;
    let next = letter.acknowledge(by).map_err(|error| Error::refused(error.to_string()))?;
    letters::update(&mut tx, &next, read, context.at).await?;
    tx.commit(context.event("letter-acknowledge").object("letter", id)).await?;
    Ok(())
}

/// The letter and who reads it; a draft, and a letter to another, are none of theirs.
async fn own(reader: &mut Reader, context: &Context, id: LetterId) -> Result<(Letter, Stamp)> {
    let me = me(reader, context).await?;
    let letter = letters::get(reader, id).await?;
    let is_mine = me.party.is_some() && letter.to.party == me.party;
    if !is_mine || !letter.was_sent() {
        return Err(Error::Missing { what: "letter", id: id.to_string() });
    }
    Ok((letter, Stamp { by: me.actor, at: context.at }))
}
