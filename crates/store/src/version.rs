//! Optimistic versions: a change names the version it was made on.

use std::fmt::Display;

use sqlx::any::AnyQueryResult;

use crate::{Error, Result};

/// The version after a change that was made on version `read` and touched `changed` rows: one, if it was the newest.
pub(crate) fn after(
    changed: &AnyQueryResult,
    what: &'static str,
    id: impl Display,
    read: i64,
) -> Result<i64> {
    match changed.rows_affected() {
        0 => Err(Error::Conflict { what, id: id.to_string(), expected: read }),
        _ => Ok(read + 1),
    }
}
