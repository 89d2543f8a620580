//! What senders call things, and which of our things they mean.

use std::collections::HashMap;

use chart::id::Digest;
use chart::intake::SourceKey;
use jiff::Timestamp;
use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

use crate::row::{self, key_of, micros};
use crate::write::{Insert, Values, places};
use crate::{Reader, Result, Tx};

/// What a key leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The identifier of the patient, encounter, entry, document or party, as text.
    pub id: String,
    /// The last original that was applied under this key: when the same comes again, nothing changes.
    pub original: Option<Digest>,
}

/// A key with what it leads to.
pub type Binding = (SourceKey, Target);

const INSERT: Insert<'_> = Insert {
    head: "
insert into source_key (system, kind, source_key, target, original, applied)
values",
    width: 6,
    tail: "
on conflict (system, kind, source_key) do update
set target = excluded.target, original = excluded.original, applied = excluded.applied",
};

/// Remembers what the keys lead to; a key that is known already leads there from now on. No key twice in one call.
pub async fn set(tx: &mut Tx, bindings: &[Binding], at: Timestamp) -> Result<()> {
    let bind = |(key, target): &Binding, values: &mut Values| {
        values.add(key.system.as_str())?;
        values.add(key_of(&key.kind)?)?;
        values.add(key.key.as_str())?;
        values.add(target.id.as_str())?;
        values.add(target.original.map(|digest| digest.to_string()))?;
        values.add(micros(at))
    };
    INSERT.run(tx, bindings, bind).await.map(|_| ())
}

const ONE: &str = "
select system, kind, source_key, target, original
from source_key
where system = $1
  and kind = $2
  and source_key = $3
";

/// What the key leads to.
pub async fn find(reader: &mut Reader, key: &SourceKey) -> Result<Option<Target>> {
    let query = sqlx::query(ONE).bind(key.system.as_str()).bind(key_of(&key.kind)?).bind(key.key.as_str());
    let row = query.fetch_optional(reader.sql()).await?;
    row.map(|row| binding(&row).map(|(_, target)| target)).transpose()
}

const MANY: &str = "
select system, kind, source_key, target, original
from source_key
where system = $1
  and kind = $2
  and source_key in
";

/// Keys in one statement; the last is filled up with its own last key, so that few statements are prepared.
const CHUNK: usize = 200;

/// What the keys lead to, for those that are known.
pub async fn find_all(reader: &mut Reader, keys: &[SourceKey]) -> Result<HashMap<SourceKey, Target>> {
    let mut groups: HashMap<(&str, String), Vec<&str>> = HashMap::new();
    for key in keys {
        groups.entry((&key.system, key_of(&key.kind)?)).or_default().push(&key.key);
    }
    let mut found = HashMap::with_capacity(keys.len());
    for ((system, kind), keys) in groups {
        for chunk in keys.chunks(CHUNK) {
            found.extend(find_chunk(reader, system, &kind, chunk).await?);
        }
    }
    Ok(found)
}

async fn find_chunk(reader: &mut Reader, system: &str, kind: &str, keys: &[&str]) -> Result<Vec<Binding>> {
    let Some(last) = keys.last() else { return Ok(Vec::new()) };
    let width = if keys.len() > CHUNK / 10 { CHUNK } else { CHUNK / 10 };
    let sql = format!("{MANY} ({})", places(2, width));
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(system).bind(kind);
    for place in 0..width {
        query = query.bind(*keys.get(place).unwrap_or(last));
    }
    row::all(&query.fetch_all(reader.sql()).await?, binding)
}

fn binding(row: &AnyRow) -> Result<Binding> {
    let key = SourceKey {
        system: row::text(row, "system")?,
        kind: row::choice(row, "kind")?,
        key: row::text(row, "source_key")?,
    };
    Ok((key, Target { id: row::text(row, "target")?, original: row::opt_parsed(row, "original")? }))
}

const OF_TARGET: &str = "
select system, kind, source_key, target, original
from source_key
where target = $1
order by system, kind, source_key
";

/// Every key that leads to the thing with this identifier.
pub async fn of_target(reader: &mut Reader, id: impl std::fmt::Display) -> Result<Vec<Binding>> {
    row::all(&sqlx::query(OF_TARGET).bind(id.to_string()).fetch_all(reader.sql()).await?, binding)
}

const MOVE: &str = "
update source_key
set target = $2, applied = $3
where target = $1
";

/// Everything that led to `from` leads to `to` from now on: two encounters were found to be one. Gives how many.
pub async fn redirect(
    tx: &mut Tx,
    from: impl std::fmt::Display,
    to: impl std::fmt::Display,
    at: Timestamp,
) -> Result<u64> {
    let query = sqlx::query(MOVE).bind(from.to_string()).bind(to.to_string()).bind(micros(at));
    Ok(query.execute(tx.sql()).await?.rows_affected())
}
