//! The directory: practitioners, organizations and places.

use chart::directory::{Party, PartyKind};
use chart::id::PartyId;
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, body, folded, key_of, micros, prefix_end};
use crate::write::{Insert, Values};
use crate::{Page, Reader, Result, Tx, version};

/// An entry of the directory with its identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// Our identifier.
    pub id: PartyId,
    /// Counts changes, from 1.
    pub version: i64,
    /// What it says.
    pub party: Party,
}

const INSERT: Insert<'_> = Insert {
    head: "
insert into party (id, version, kind, name, folded_name, active, body, updated)
values",
    width: 8,
    tail: "",
};

/// Adds entries that are new, in their version as given; `at` is when.
pub async fn insert_all(tx: &mut Tx, parties: &[Filed], at: Timestamp) -> Result<()> {
    INSERT.run(tx, parties, |one, values| add_columns(one, at, values)).await.map(|_| ())
}

const UPDATE: &str = "
update party
set version = version + 1, kind = $3, name = $4, folded_name = $5, active = $6, body = $7, updated = $8
where id = $1
  and version = $2
";

/// Changes an entry; its version is the one it was read in. Gives the new version.
pub async fn update(tx: &mut Tx, filed: &Filed, at: Timestamp) -> Result<i64> {
    let mut values = Values::default();
    add_columns(filed, at, &mut values)?;
    let changed = sqlx::query_with(UPDATE, values.into_arguments()).execute(tx.sql()).await?;
    version::after(&changed, "directory entry", filed.id, filed.version)
}

fn add_columns(filed: &Filed, at: Timestamp, values: &mut Values) -> Result<()> {
    let party = &filed.party;
    values.add(filed.id.to_string())?;
    values.add(filed.version)?;
    values.add(key_of(&party.kind)?)?;
    values.add(party.name.as_str())?;
    values.add(folded(&party.name))?;
    values.add(i64::from(party.active))?;
    values.add(body(party)?)?;
    values.add(micros(at))
}

const BY_ID: &str = "
select id, version, body
from party
where id = $1
";

/// The entry.
pub async fn by_id(reader: &mut Reader, id: PartyId) -> Result<Option<Filed>> {
    let row = sqlx::query(BY_ID).bind(id.to_string()).fetch_optional(reader.sql()).await?;
    row.map(|row| read(&row)).transpose()
}

const ROWS: &str = "
select id, version, body
from party
";

/// The entries of a kind whose name begins with `name`, in any case; all of them when it is empty.
pub async fn list(
    reader: &mut Reader,
    kind: Option<PartyKind>,
    name: &str,
    page: Page,
) -> Result<Vec<Filed>> {
    let name = folded(name);
    let mut conditions = Conditions::default();
    conditions.with("kind =", kind.map(|kind| key_of(&kind)).transpose()?)?;
    conditions.with("folded_name <", Some(prefix_end(&name)))?;
    conditions.with("folded_name >=", Some(name))?;
    row::all(&conditions.rows(reader, ROWS, "order by folded_name, id", page).await?, read)
}

fn read(row: &AnyRow) -> Result<Filed> {
    Ok(Filed {
        id: row::parsed(row, "id")?,
        version: row::int(row, "version")?,
        party: row::json(row, "body")?,
    })
}
