//! Where a row came from: the columns that encounters, entries and documents share.

use chart::id::Digest;
use chart::intake::{Origin, SourceKey};
use sqlx::any::AnyRow;

use crate::Result;
use crate::row::{self, key_of, micros};
use crate::write::Values;

/// How many columns: `channel, source_system, source_kind, source_key, original, received`.
pub(crate) const WIDTH: usize = 6;

/// Adds the columns' values.
pub(crate) fn add(origin: &Origin, values: &mut Values) -> Result<()> {
    let key = origin.key.as_ref();
    values.add(key_of(&origin.channel)?)?;
    values.add(key.map(|key| key.system.as_str()))?;
    values.add(key.map(|key| key_of(&key.kind)).transpose()?)?;
    values.add(key.map(|key| key.key.as_str()))?;
    values.add(origin.original.map(|digest| digest.to_string()))?;
    values.add(micros(origin.received))
}

/// The origin out of a row.
pub(crate) fn read(row: &AnyRow) -> Result<Origin> {
    let original: Option<Digest> = row::opt_parsed(row, "original")?;
    let key = match row::opt_text(row, "source_key")? {
        Some(key) => Some(SourceKey {
            system: row::text(row, "source_system")?,
            kind: row::choice(row, "source_kind")?,
            key,
        }),
        None => None,
    };
    Ok(Origin {
        channel: row::choice(row, "channel")?,
        key,
        original,
        received: row::instant(row, "received")?,
    })
}
