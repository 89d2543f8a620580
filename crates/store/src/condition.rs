//! Conditions of a list that are only in the statement when they are asked for, so that each database finds the index
//! that serves them. What is asked for goes into the values, never into the text.

use sqlx::any::{AnyArguments, AnyRow};
use sqlx::{Any, AssertSqlSafe, Encode, Type};

use crate::write::{Values, places};
use crate::{Page, Reader, Result};

/// `where … and …`, with its values.
#[derive(Default)]
pub(crate) struct Conditions {
    texts: Vec<String>,
    values: Values,
}

impl Conditions {
    /// A condition that has no value: `merged_into is null`.
    pub(crate) fn plain(&mut self, condition: &'static str) {
        self.texts.push(condition.to_owned());
    }

    /// A condition that ends where its value stands: `birth =`. Nothing, when there is no value.
    pub(crate) fn with<'t, T>(&mut self, condition: &'static str, value: Option<T>) -> Result<()>
    where
        T: Encode<'t, Any> + Type<Any>,
    {
        let Some(value) = value else { return Ok(()) };
        self.values.add(value)?;
        self.texts.push(format!("{condition} ${}", self.values.len()));
        Ok(())
    }

    /// `column in (…)`. Nothing, when the list is empty.
    pub(crate) fn any_of(
        &mut self,
        column: &'static str,
        list: impl IntoIterator<Item = String>,
    ) -> Result<()> {
        let before = self.values.len();
        list.into_iter().try_for_each(|value| self.values.add(value))?;
        let count = self.values.len() - before;
        if count > 0 {
            self.texts.push(format!("{column} in ({})", places(before, count)));
        }
        Ok(())
    }

    /// `{select} (($1, $2), …))`: pairs that a select inside must have. Nothing, when the list is empty.
    pub(crate) fn any_pair(
        &mut self,
        select: &'static str,
        list: impl IntoIterator<Item = (String, String)>,
    ) -> Result<()> {
        let mut pairs = Vec::new();
        for (one, other) in list {
            pairs.push(format!("({})", places(self.values.len(), 2)));
            self.values.add(one)?;
            self.values.add(other)?;
        }
        if !pairs.is_empty() {
            self.texts.push(format!("{select} (values {}))", pairs.join(", ")));
        }
        Ok(())
    }

    /// A condition in a part of its own: `{before} $n {after}`.
    pub(crate) fn within<'t, T>(&mut self, before: &'static str, value: T, after: &'static str) -> Result<()>
    where
        T: Encode<'t, Any> + Type<Any>,
    {
        self.values.add(value)?;
        self.texts.push(format!("{before} ${} {after}", self.values.len()));
        Ok(())
    }

    /// One of two conditions, each with a value of its own and closed by a bracket: `({one} $n) or {other} $m))`.
    pub(crate) fn either(
        &mut self,
        (one, first): (&'static str, &str),
        (other, second): (&'static str, &str),
    ) -> Result<()> {
        self.values.add(first)?;
        self.values.add(second)?;
        let last = self.values.len();
        self.texts.push(format!("({one} ${}) or {other} ${last}))", last - 1));
        Ok(())
    }

    /// The rows of `select` under the conditions, in this order.
    pub(crate) async fn rows(
        self,
        reader: &mut Reader,
        select: &str,
        order: &str,
        page: Page,
    ) -> Result<Vec<AnyRow>> {
        let paging = format!("{order}\nlimit {} offset {}", page.limit(), page.offset());
        let (sql, values) = self.statement(select, &paging);
        Ok(sqlx::query_with(AssertSqlSafe(sql), values).fetch_all(reader.sql()).await?)
    }

    /// The one row of `select count(*) as count …`.
    pub(crate) async fn count(self, reader: &mut Reader, select: &str) -> Result<i64> {
        let (sql, values) = self.statement(select, "");
        let row = sqlx::query_with(AssertSqlSafe(sql), values).fetch_one(reader.sql()).await?;
        crate::row::int(&row, "count")
    }

    fn statement(self, select: &str, end: &str) -> (String, AnyArguments) {
        let all = self.texts.join("\n  and ");
        let place = if all.is_empty() { "" } else { "where " };
        (format!("{select}{place}{all}\n{end}"), self.values.into_arguments())
    }
}
