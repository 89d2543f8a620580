//! Issuing a query: only what the linter finds nothing in.

use chart::machine::{InvalidTransition, Stamp};
use chart::query::Query;
use chart::sign::View;
use jiff::tz::TimeZone;

use crate::lint::{Finding, lint};

/// Why a query was not issued. The draft stays as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The linter found something.
    #[error("the query was not sent: {}", .0.iter().map(|one| one.what.as_str()).collect::<Vec<_>>().join("; "))]
    Lint(Vec<Finding>),
    /// It is no draft, or lacks what every query has.
    #[error(transparent)]
    Transition(#[from] InvalidTransition),
}

/// Issues a draft that the linter finds nothing in, read against the record it is about.
///
/// # Errors
/// [`Refused`] with every finding, or when the query is no draft.
pub fn issue(query: Query, view: &View<'_>, stamp: Stamp, zone: &TimeZone) -> Result<Query, Refused> {
    match lint(&query.ask, view) {
        findings if findings.is_empty() => Ok(query.issue(stamp, zone)?),
        findings => Err(Refused::Lint(findings)),
    }
}
