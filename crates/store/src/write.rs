//! Many rows in one statement.

use sqlx::any::AnyArguments;
use sqlx::{Any, Arguments, AssertSqlSafe, Encode, Type};

use crate::dialect::Kind;
use crate::{Error, Result, Tx};

/// Rows per statement, the greatest first: few sizes, so that few statements are prepared.
const SIZES: [usize; 5] = [256, 64, 16, 4, 1];
/// Values per statement; SQLite takes 32,766 and PostgreSQL 65,535.
const MOST_VALUES: usize = 30_000;

/// An `insert` of many rows: what stands before the rows, how many values each has, what stands after.
pub(crate) struct Insert<'a> {
    /// `insert into … (…) values`.
    pub(crate) head: &'a str,
    /// Values per row.
    pub(crate) width: usize,
    /// `on conflict …`, or nothing.
    pub(crate) tail: &'a str,
}

/// The values of a statement, in order.
#[derive(Default)]
pub(crate) struct Values(AnyArguments);

impl Values {
    /// The next value.
    pub(crate) fn add<'t, T: Encode<'t, Any> + Type<Any>>(&mut self, value: T) -> Result<()> {
        self.0.add(value).map_err(|error| Error::Database(sqlx::Error::Encode(error)))
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The values, to run a statement with.
    pub(crate) fn into_arguments(self) -> AnyArguments {
        self.0
    }
}

impl Insert<'_> {
    /// Inserts `rows`; `bind` adds the values of one. Gives how many rows were new or changed.
    pub(crate) async fn run<T>(
        &self,
        tx: &mut Tx,
        mut rows: &[T],
        bind: impl Fn(&T, &mut Values) -> Result<()>,
    ) -> Result<u64> {
        let mut inserted = 0;
        while !rows.is_empty() {
            let fits = |size: &usize| *size <= rows.len() && size * self.width <= MOST_VALUES;
            let size = SIZES.into_iter().find(fits).unwrap_or(1);
            let (now, later) = rows.split_at(size);
            inserted += self.run_one(tx, now, &bind).await?;
            rows = later;
        }
        Ok(inserted)
    }

    async fn run_one<T>(
        &self,
        tx: &mut Tx,
        rows: &[T],
        bind: &impl Fn(&T, &mut Values) -> Result<()>,
    ) -> Result<u64> {
        let mut values = Values::default();
        for row in rows {
            bind(row, &mut values)?;
        }
        debug_assert_eq!(values.len(), rows.len() * self.width, "{}", self.head);
        let statement = sqlx::query_with(AssertSqlSafe(self.sql(tx.kind(), rows.len())), values.0);
        Ok(statement.execute(tx.sql()).await?.rows_affected())
    }

    /// The statement for `rows` rows: only placeholders are added to what is written in the source.
    ///
    /// SQLite counts them itself: `$n` is a name there, and looking up the names of thousands of values took half of
    /// the time of an import.
    fn sql(&self, kind: Kind, rows: usize) -> String {
        let mut sql = String::with_capacity(self.head.len() + rows * self.width * 6 + self.tail.len());
        sql.push_str(self.head);
        for row in 0..rows {
            sql.push_str(if row == 0 { " (" } else { ", (" });
            match kind {
                Kind::Sqlite => sql.push_str(&vec!["?"; self.width].join(", ")),
                Kind::Postgres => push_places(&mut sql, row * self.width, self.width),
            }
            sql.push(')');
        }
        sql.push(' ');
        sql.push_str(self.tail);
        sql
    }
}

/// `$4, $5, $6` for three values after the first three.
fn push_places(sql: &mut String, before: usize, count: usize) {
    for place in 0..count {
        if place > 0 {
            sql.push_str(", ");
        }
        sql.push('$');
        sql.push_str(&(before + place + 1).to_string());
    }
}

/// `$1, $2, …` for a list of `count` values after `before` others.
pub(crate) fn places(before: usize, count: usize) -> String {
    let mut sql = String::with_capacity(count * 6);
    push_places(&mut sql, before, count);
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_numbered_through_the_rows() {
        let insert = Insert { head: "insert into t (a, b) values", width: 2, tail: "on conflict do nothing" };
        let sql = insert.sql(Kind::Postgres, 2);
        assert_eq!(sql, "insert into t (a, b) values ($1, $2), ($3, $4) on conflict do nothing");
        let sql = insert.sql(Kind::Sqlite, 2);
        assert_eq!(sql, "insert into t (a, b) values (?, ?), (?, ?) on conflict do nothing");
        assert_eq!(places(1, 3), "$2, $3, $4");
    }
}
