//! Why a use case was not carried out, in words for the person who asked for it.

use chart::access::{Permission, Role};
use chart::id::PatientId;

/// The result of every use case.
pub type Result<T> = std::result::Result<T, Error>;

/// Why it was not done. Nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The role worn does not have the permission.
    #[error("your role does not let you {}; ask somebody who is {}", permission.says(), holders(*permission))]
    Forbidden {
        /// What is missing.
        permission: Permission,
    },
    /// The chart is another physician's, or restricted: it opens with a reason (breaking the glass).
    #[error("{why}; if you need it now, give a reason and it opens")]
    Closed {
        /// Whose chart.
        patient: PatientId,
        /// Why it is closed to the actor.
        why: &'static str,
    },
    /// What was asked for is not there.
    #[error("there is no {what} {id}")]
    Missing {
        /// What kind of thing.
        what: &'static str,
        /// By which identifier or number.
        id: String,
    },
    /// A rule forbids it, or the input is wrong; the words say which and what to do.
    #[error("{0}")]
    Refused(String),
    /// The store could not.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<chart::machine::InvalidTransition> for Error {
    fn from(error: chart::machine::InvalidTransition) -> Self {
        Self::Refused(error.to_string())
    }
}

impl Error {
    /// A refusal in these words.
    pub fn refused(words: impl Into<String>) -> Self {
        Self::Refused(words.into())
    }
}

/// `a Records clerk or a Privacy officer`.
fn holders(permission: Permission) -> String {
    let titles = chart::access::Grants::shipped().holders(permission);
    titles.into_iter().map(Role::title).collect::<Vec<_>>().join(" or ")
}
