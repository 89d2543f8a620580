//! The code sets that were closed.

use chart::coding::CodeSet;
use codeset::Code;

use super::{ROWS, read};
use crate::condition::Conditions;
use crate::{Page, Reader, Result, row};

/// The records' code sets that are closed, the last first.
pub async fn last_closed(reader: &mut Reader, page: Page) -> Result<Vec<CodeSet>> {
    let mut conditions = Conditions::default();
    conditions.plain("purpose = 'record'");
    conditions.plain("state = 'final'");
    row::all(&conditions.rows(reader, ROWS, "order by updated desc, id", page).await?, read)
}

const USED: &str = "
select distinct code
from code_line
where kind in ('diagnosis', 'procedure')
order by code
";

/// The diagnosis and procedure codes that stand in code sets of this house.
pub async fn used(reader: &mut Reader) -> Result<Vec<Code>> {
    row::all(&sqlx::query(USED).fetch_all(reader.sql()).await?, |one| row::parsed(one, "code"))
}
