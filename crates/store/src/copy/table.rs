//! One table, read in the order of its key, written elsewhere and read there again.

use futures_util::TryStreamExt;
use sqlx::AssertSqlSafe;

use super::cell::{Cell, Type};
use crate::schema::Table;
use crate::write::{Insert, Values};
use crate::{Reader, Result, Tx, row};

/// A table's columns, as the database itself lists them.
pub(super) struct Layout {
    table: Table,
    columns: Vec<(String, Type)>,
}

/// How many rows, and a digest of all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) rows: u64,
    pub(super) digest: String,
}

/// Adds rows up.
#[derive(Default)]
struct Adder {
    rows: u64,
    hasher: blake3::Hasher,
}

impl Adder {
    fn add(&mut self, cells: &[Cell]) {
        self.rows += 1;
        cells.iter().for_each(|cell| cell.digest(&mut self.hasher));
    }

    fn sum(&self) -> Sum {
        Sum { rows: self.rows, digest: self.hasher.finalize().to_hex().to_string() }
    }
}

/// Rows read before they are written.
const BATCH: usize = 256;

impl Layout {
    /// The layout of `table`, without the column that each database numbers for itself.
    pub(super) async fn of(reader: &mut Reader, table: Table) -> Result<Self> {
        let rows = sqlx::query(reader.kind().columns()).bind(table.name).fetch_all(reader.sql()).await?;
        let mut columns = row::all(&rows, |row| {
            let name = row::text(row, "name")?;
            let kind = Type::of(&name, &row::text(row, "type")?)?;
            Ok((name, kind))
        })?;
        columns.retain(|(name, _)| Some(name.as_str()) != table.own_number);
        Ok(Self { table, columns })
    }

    fn names(&self) -> String {
        self.columns.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")
    }

    fn select(&self) -> String {
        format!("select {} from {} order by {}", self.names(), self.table.name, self.table.key)
    }

    /// Writes every row of `from` into `to`, and adds them up on the way.
    pub(super) async fn copy(&self, from: &mut Reader, to: &mut Tx) -> Result<Sum> {
        let mut adder = Adder::default();
        let mut batch = Vec::with_capacity(BATCH);
        let mut rows = sqlx::query(AssertSqlSafe(self.select())).fetch(from.sql());
        while let Some(row) = rows.try_next().await? {
            let cells = self.cells(&row)?;
            adder.add(&cells);
            batch.push(cells);
            if batch.len() == BATCH {
                self.write(to, &batch).await?;
                batch.clear();
            }
        }
        self.write(to, &batch).await?;
        Ok(adder.sum())
    }

    /// Adds every row up.
    pub(super) async fn sum(&self, reader: &mut Reader) -> Result<Sum> {
        let mut adder = Adder::default();
        let mut rows = sqlx::query(AssertSqlSafe(self.select())).fetch(reader.sql());
        while let Some(row) = rows.try_next().await? {
            adder.add(&self.cells(&row)?);
        }
        Ok(adder.sum())
    }

    fn cells(&self, row: &sqlx::any::AnyRow) -> Result<Vec<Cell>> {
        self.columns.iter().enumerate().map(|(at, (_, kind))| Cell::read(row, at, *kind)).collect()
    }

    async fn write(&self, to: &mut Tx, rows: &[Vec<Cell>]) -> Result<()> {
        let head = format!("insert into {} ({}) values", self.table.name, self.names());
        let insert = Insert { head: &head, width: self.columns.len(), tail: "" };
        let bind =
            |cells: &Vec<Cell>, values: &mut Values| cells.iter().try_for_each(|cell| cell.add(values));
        insert.run(to, rows, bind).await.map(|_| ())
    }
}
