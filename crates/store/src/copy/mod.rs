//! From one store to another, of either kind: every table, every row, counted and compared.

mod cell;
mod table;

use sqlx::AssertSqlSafe;

use crate::audit::{self, Verdict};
use crate::schema::{Table, copied};
use crate::{Error, Reader, Result, Store, Tx, search};
use table::Layout;

/// What was copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Every table with how many rows it has, the same on both sides.
    pub tables: Vec<(&'static str, u64)>,
    /// The audit trail as it was found in the new place.
    pub audit: Verdict,
}

impl Copied {
    /// All rows.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|(_, rows)| rows).sum()
    }
}

/// Copies everything from one store into another that is empty; it is migrated if need be.
///
/// The source is read in one state, so it may be in use; what is written to it meanwhile is not in the copy. The
/// copy appears as a whole or not at all, after every row was read back and compared.
pub async fn copy(from: &Store, to: &Store) -> Result<Copied> {
    to.migrate().await?;
    same_schema(from, to).await?;
    let mut source = from.view().await?;
    let mut tx = to.begin().await?;
    must_be_empty(&mut tx).await?;
    sqlx::query("delete from audit_head").execute(tx.sql()).await?;
    let mut tables = Vec::new();
    for table in copied() {
        tables.push((table.name, copy_table(&mut source, &mut tx, table).await?));
    }
    source.close().await?;
    search::index_again(&mut tx).await?;
    let audit = audit::verify(&mut tx, None).await?;
    tx.commit_unaudited().await?;
    Ok(Copied { tables, audit })
}

async fn copy_table(from: &mut Reader, to: &mut Tx, table: Table) -> Result<u64> {
    let layout = Layout::of(to, table).await?;
    let there = layout.copy(from, to).await?;
    let here = layout.sum(to).await?;
    if there != here {
        return Err(Error::Refused(format!(
            "table {} has {} rows where it came from and {} where it was copied to, or other contents: nothing was kept",
            table.name, there.rows, here.rows
        )));
    }
    Ok(here.rows)
}

async fn same_schema(from: &Store, to: &Store) -> Result<()> {
    let (from, to) = (from.schema().await?, to.schema().await?);
    if from != to {
        return Err(Error::Refused(format!(
            "the store to be copied has schema {} and this program has schema {}: migrate it first",
            from.len(),
            to.len()
        )));
    }
    Ok(())
}

async fn must_be_empty(tx: &mut Tx) -> Result<()> {
    let filled = audit::head(tx).await?.seq > 0;
    for table in crate::schema::TABLES {
        let one = format!("select 1 as one from {} limit 1", table.name);
        if filled || sqlx::query(AssertSqlSafe(one)).fetch_optional(tx.sql()).await?.is_some() {
            return Err(Error::Refused(format!(
                "the store to copy to is not empty ({} has rows): copy and restore need a new one",
                table.name
            )));
        }
    }
    Ok(())
}
