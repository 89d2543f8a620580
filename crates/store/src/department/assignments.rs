//! Who works on an item of a queue, and whether it goes first.

use std::collections::HashMap;

use chart::id::UserId;
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, micros};
use crate::{Page, Reader, Result, Tx};

/// An item given to somebody, or put before others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The queue's source: `accuracy`.
    pub source: String,
    /// The item's key in its source.
    pub item: String,
    /// Who works on it.
    pub assignee: Option<UserId>,
    /// 0 for the order of the clock; 1 for first.
    pub priority: i64,
    /// Who gave it.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// What was said with it.
    pub note: String,
}

const PUT: &str = "
insert into assignment (source, item, assignee, priority, made_by, made_at, note)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (source, item) do update
set assignee = excluded.assignee, priority = excluded.priority, made_by = excluded.made_by,
  made_at = excluded.made_at, note = excluded.note
";

/// Gives an item to somebody; a later word takes the place of an earlier one, which the audit trail keeps.
pub async fn put(tx: &mut Tx, one: &Assignment) -> Result<()> {
    let query = sqlx::query(PUT)
        .bind(one.source.as_str())
        .bind(one.item.as_str())
        .bind(one.assignee.map(|id| id.to_string()))
        .bind(one.priority)
        .bind(one.by.to_string())
        .bind(micros(one.at))
        .bind(one.note.as_str());
    query.execute(tx.sql()).await?;
    Ok(())
}

const ROWS: &str = "
select source, item, assignee, priority, made_by, made_at, note
from assignment
";

/// What is said of these items of a source.
pub async fn of_items(
    reader: &mut Reader,
    source: &str,
    items: &[String],
) -> Result<HashMap<String, Assignment>> {
    if items.is_empty() {
        return Ok(HashMap::new());
    }
    let mut conditions = Conditions::default();
    conditions.with("source =", Some(source.to_owned()))?;
    conditions.any_of("item", items.iter().cloned())?;
    let rows = conditions.rows(reader, ROWS, "order by item", Page::first(u32::MAX)).await?;
    Ok(row::all(&rows, read)?.into_iter().map(|one| (one.item.clone(), one)).collect())
}

/// What was given to this person, the latest first.
pub async fn of_person(reader: &mut Reader, person: UserId, page: Page) -> Result<Vec<Assignment>> {
    let mut conditions = Conditions::default();
    conditions.with("assignee =", Some(person.to_string()))?;
    row::all(&conditions.rows(reader, ROWS, "order by made_at desc, source, item", page).await?, read)
}

fn read(row: &AnyRow) -> Result<Assignment> {
    Ok(Assignment {
        source: row::text(row, "source")?,
        item: row::text(row, "item")?,
        assignee: row::opt_parsed(row, "assignee")?,
        priority: row::int(row, "priority")?,
        by: row::parsed(row, "made_by")?,
        at: row::instant(row, "made_at")?,
        note: row::text(row, "note")?,
    })
}
