//! Letters about records that wait.

use chart::id::LetterId;
use chart::letter::{Letter, LetterState};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, body, micros};
use crate::{Error, Page, Reader, Result, Tx, version};

const INSERT: &str = "
insert into letter (id, version, responsible_key, responsible, level, state, created, updated, body)
values ($1, $2, $3, $4, $5, $6, $7, $7, $8)
";

/// Adds a letter. `key` is what the practitioner's work is found by.
pub async fn insert(tx: &mut Tx, letter: &Letter, key: &str, at: Timestamp) -> Result<()> {
    let query = sqlx::query(INSERT)
        .bind(letter.id.to_string())
        .bind(letter.version)
        .bind(key)
        .bind(letter.to.name.name.as_str())
        .bind(i64::from(letter.level))
        .bind(letter.state.key())
        .bind(micros(at))
        .bind(body(letter)?);
    query.execute(tx.sql()).await?;
    Ok(())
}

const UPDATE: &str = "
update letter
set version = $3, state = $4, updated = $5, body = $6
where id = $1
  and version = $2
";

/// Stores what has become of a letter that was read in version `read`.
///
/// # Errors
/// [`Error::Conflict`] when somebody was faster.
pub async fn update(tx: &mut Tx, letter: &Letter, read: i64, at: Timestamp) -> Result<()> {
    let query = sqlx::query(UPDATE)
        .bind(letter.id.to_string())
        .bind(read)
        .bind(letter.version)
        .bind(letter.state.key())
        .bind(micros(at))
        .bind(body(letter)?);
    version::after(&query.execute(tx.sql()).await?, "letter", letter.id, read).map(|_| ())
}

const ROWS: &str = "
select body
from letter
";

/// Letters in one of these states, or to this one, the latest first.
pub async fn list(
    reader: &mut Reader,
    states: &[&str],
    key: Option<&str>,
    page: Page,
) -> Result<Vec<Letter>> {
    let mut conditions = Conditions::default();
    conditions.any_of("state", states.iter().map(|state| (*state).to_owned()))?;
    conditions.with("responsible_key =", key.map(str::to_owned))?;
    row::all(&conditions.rows(reader, ROWS, "order by created desc, id desc", page).await?, read)
}

/// The letter, which must be there.
pub async fn get(reader: &mut Reader, id: LetterId) -> Result<Letter> {
    let mut conditions = Conditions::default();
    conditions.with("id =", Some(id.to_string()))?;
    let rows = conditions.rows(reader, ROWS, "", Page::first(1)).await?;
    read(rows.first().ok_or_else(|| Error::Missing { what: "letter", id: id.to_string() })?)
}

/// Whether a letter still stands: neither superseded nor withdrawn.
#[must_use]
pub const fn stands(letter: &Letter) -> bool {
    !matches!(letter.state, LetterState::Superseded { .. } | LetterState::Withdrawn { .. })
}

fn read(row: &AnyRow) -> Result<Letter> {
    row::json(row, "body")
}
