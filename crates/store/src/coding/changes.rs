//! The codes as they were before each change: the history shows both, and a change is taken back by them.

use chart::coding::Codes;
use chart::id::CodeSetId;
use sqlx::any::AnyRow;

use crate::row::{self, body};
use crate::{Reader, Result, Tx};

/// A change of a code set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The version that it made.
    pub version: i64,
    /// The version whose change it took back.
    pub taken_back: Option<i64>,
    /// The codes before it.
    pub before: Codes,
}

const PUT: &str = "
insert into code_change (code_set, version, taken_back, body)
values ($1, $2, $3, $4)
";

/// Keeps what the codes were before a change.
pub async fn put_changed(tx: &mut Tx, set: CodeSetId, changed: &Changed) -> Result<()> {
    let query = sqlx::query(PUT)
        .bind(set.to_string())
        .bind(changed.version)
        .bind(changed.taken_back)
        .bind(body(&changed.before)?);
    query.execute(tx.sql()).await?;
    Ok(())
}

const OF_CODE_SET: &str = "
select version, taken_back, body
from code_change
where code_set = $1
order by version
";

/// Every change of a code set, the oldest first.
pub async fn changed(reader: &mut Reader, set: CodeSetId) -> Result<Vec<Changed>> {
    let rows = sqlx::query(OF_CODE_SET).bind(set.to_string()).fetch_all(reader.sql()).await?;
    row::all(&rows, read)
}

fn read(row: &AnyRow) -> Result<Changed> {
    use sqlx::Row;
    Ok(Changed {
        version: row::int(row, "version")?,
        taken_back: row.try_get("taken_back")?,
        before: row::json(row, "body")?,
    })
}

/// The change that would be taken back next: the last that no later one took back.
#[must_use]
pub fn last_standing(all: &[Changed]) -> Option<&Changed> {
    let mut standing: Vec<&Changed> = Vec::new();
    for one in all {
        match one.taken_back {
            None => standing.push(one),
            Some(version) => standing.retain(|earlier| earlier.version != version),
        }
    }
    standing.pop()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_taken_back_one_after_the_other() {
        let change = |version, taken_back| Changed { version, taken_back, before: Codes::default() };
        let mut all = vec![change(2, None), change(3, None), change(5, Some(3))];
        assert_eq!(last_standing(&all).map(|one| one.version), Some(2));
        all.push(change(6, None));
        assert_eq!(last_standing(&all).map(|one| one.version), Some(6));
        all.extend([change(7, Some(6)), change(8, Some(2))]);
        assert_eq!(last_standing(&all), None);
    }
}
