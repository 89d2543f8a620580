//! What waits for somebody's signature in the encounters they take part in: documents, and orders they spoke.

use chart::document::Document;
use chart::entry::{Entry, EntryContent};
use chart::intake::SourceKey;

use crate::condition::Conditions;
use crate::{Page, Reader, Result, documents, entries, row};

const DOCUMENTS: &str = "
select id, version, patient, encounter, body,
  channel, source_system, source_kind, source_key, original, received
from document
";

/// Documents without a signature of which somebody with one of these keys is an author, the oldest first; `page` counts
/// what is looked at.
pub async fn documents(reader: &mut Reader, keys: &[SourceKey], page: Page) -> Result<Vec<Document>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let mut conditions = Conditions::default();
    conditions.plain("status = 'preliminary'");
    attended(&mut conditions, keys)?;
    let rows = conditions.rows(reader, DOCUMENTS, "order by at, id", page).await?;
    let mut found = row::all(&rows, documents::read)?;
    let is_own = |one: &Document| {
        one.content.authors.iter().any(|by| by.key.as_ref().is_some_and(|key| keys.contains(key)))
    };
    found.retain(is_own);
    Ok(found)
}

const ENTRIES: &str = "
select id, version, patient, encounter, in_error, body,
  channel, source_system, source_kind, source_key, original, received
from entry
";

/// Spoken orders that somebody with one of these keys gave and nobody has authenticated, the oldest first.
pub async fn verbal_orders(reader: &mut Reader, keys: &[SourceKey], page: Page) -> Result<Vec<Entry>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let mut conditions = Conditions::default();
    conditions.plain("kind = 'order'");
    conditions.plain("in_error = 0");
    // The body is this program's own JSON, without spaces.
    conditions.plain(r#"body like '%"verbal_to":{%'"#);
    conditions.plain(r#"body like '%"authenticated":null%'"#);
    attended(&mut conditions, keys)?;
    let rows = conditions.rows(reader, ENTRIES, "order by at, id", page).await?;
    let mut found = row::all(&rows, entries::read)?;
    found.retain(|one| match &one.content {
        EntryContent::Order(order) => {
            order.by.as_ref().and_then(|by| by.key.as_ref()).is_some_and(|key| keys.contains(key))
        }
        _ => false,
    });
    Ok(found)
}

fn attended(conditions: &mut Conditions, keys: &[SourceKey]) -> Result<()> {
    conditions.any_pair(
        "encounter in (select encounter from encounter_attendance where (source_key, system) in",
        keys.iter().map(|key| (key.key.clone(), key.system.clone())),
    )
}
