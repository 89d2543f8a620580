//! Settings of the house, by name.

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::row::{self, body, micros};
use crate::{Reader, Result, Tx, version};

/// A setting with the version it was read in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting<T> {
    /// Counts changes, from 1; 0 for one that is not there yet.
    pub version: i64,
    /// What it says.
    pub value: T,
}

const GET: &str = "
select version, body
from setting
where name = $1
";

/// The setting of this name.
pub async fn get<T: DeserializeOwned>(reader: &mut Reader, name: &str) -> Result<Option<Setting<T>>> {
    let row = sqlx::query(GET).bind(name).fetch_optional(reader.sql()).await?;
    row.map(|row| Ok(Setting { version: row::int(&row, "version")?, value: row::json(&row, "body")? }))
        .transpose()
}

/// The setting of this name, or the value that holds until somebody stores one.
pub async fn kept<T: DeserializeOwned + Default>(reader: &mut Reader, name: &str) -> Result<Setting<T>> {
    Ok(get(reader, name).await?.unwrap_or_else(|| Setting { version: 0, value: T::default() }))
}

const ADD: &str = "
insert into setting (name, version, body, updated)
values ($1, 1, $2, $3)
on conflict (name) do nothing
";

const CHANGE: &str = "
update setting
set version = version + 1, body = $2, updated = $3
where name = $1
  and version = $4
";

/// Stores a setting that was read in `setting.version`, or is new with version 0. Gives the new version.
pub async fn set<T: Serialize>(tx: &mut Tx, name: &str, setting: &Setting<T>, at: Timestamp) -> Result<i64> {
    let statement = if setting.version == 0 { ADD } else { CHANGE };
    let mut query = sqlx::query(statement).bind(name).bind(body(&setting.value)?).bind(micros(at));
    if setting.version > 0 {
        query = query.bind(setting.version);
    }
    let changed = query.execute(tx.sql()).await?;
    version::after(&changed, "setting", name, setting.version)
}
