//! `OperationOutcome`: what went wrong, said in R4.

use chart::intake::Refusal;

use super::json::{Json, Object};
use super::search::SearchError;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Severity {
    /// Nothing was done.
    Error,
    /// It was done, with something odd.
    Warning,
    /// All is well.
    Information,
}

/// One thing to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// How bad it is.
    pub severity: Severity,
    /// A code of R4's issue-type: `invalid`, `not-found`, `forbidden`, `login`, `not-supported`.
    pub code: &'static str,
    /// What it is, in plain words.
    pub what: String,
    /// Where in what was sent, if it is there.
    pub place: Option<String>,
}

impl Issue {
    /// An error.
    #[must_use]
    pub fn error(code: &'static str, what: impl Into<String>) -> Self {
        Self { severity: Severity::Error, code, what: what.into(), place: None }
    }
}

impl From<&Refusal> for Issue {
    fn from(refusal: &Refusal) -> Self {
        Self { place: Some(refusal.place.clone()), ..Self::error("invalid", &refusal.what) }
    }
}

impl From<&SearchError> for Issue {
    fn from(error: &SearchError) -> Self {
        Self::error(error.issue(), error.to_string())
    }
}

/// The outcome that says these.
#[must_use]
pub fn operation_outcome(issues: &[Issue]) -> Json {
    Object::resource("OperationOutcome").list("issue", issues.iter().map(written)).into()
}

fn written(issue: &Issue) -> Object {
    let severity = match issue.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "information",
    };
    Object::new()
        .with("severity", severity)
        .with("code", issue.code)
        .with("diagnostics", &issue.what)
        .list("expression", issue.place.as_ref())
}
