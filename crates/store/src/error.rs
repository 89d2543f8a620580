//! What can go wrong, in words for the person who has to put it right.

/// The result of everything here.
pub type Result<T> = std::result::Result<T, Error>;

/// Why the store could not do it. Never holds what a row says, only which row it is.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database answered with an error, or not at all.
    #[error("the database could not do it: {0}")]
    Database(#[from] sqlx::Error),
    /// The address names no database that Chartroom knows.
    #[error("`{0}` is no database: write sqlite:PATH, sqlite::memory: or postgres://USER@HOST/NAME")]
    Address(String),
    /// Somebody else changed it first.
    #[error(
        "{what} {id} was changed by somebody else (the change was made on version {expected}, which is no longer the newest): read it again and repeat the change"
    )]
    Conflict {
        /// What kind of thing.
        what: &'static str,
        /// Which one.
        id: String,
        /// The version the change was made on.
        expected: i64,
    },
    /// It is not there.
    #[error("there is no {what} {id}")]
    Missing {
        /// What kind of thing.
        what: &'static str,
        /// Which one.
        id: String,
    },
    /// A rule of the record forbids it.
    #[error("{0}")]
    Refused(String),
    /// A stored value is not what the program expects there.
    #[error(
        "column {column} holds what this program cannot read ({why}): was it written by another version?"
    )]
    Unreadable {
        /// The column.
        column: String,
        /// What is wrong with it.
        why: String,
    },
    /// A value cannot be written as JSON.
    #[error("cannot write it as JSON: {0}")]
    Unwritable(#[source] serde_json::Error),
    /// There is no packer for originals.
    #[error("originals cannot be packed: {0}")]
    Packer(#[source] std::io::Error),
    /// Bytes could not be packed or unpacked.
    #[error("original {digest}: {source}")]
    Packing {
        /// The original.
        digest: String,
        /// What the packer said.
        source: std::io::Error,
    },
    /// The schema in the database is not what this program carries.
    #[error("migration {version} ({name}): {what}")]
    Schema {
        /// Its number.
        version: i64,
        /// Its name.
        name: String,
        /// What is wrong and what to do.
        what: String,
    },
    /// The audit trail's own writer has stopped.
    #[error("nobody writes the audit trail any more, so nothing can be shown: restart Chartroom")]
    AuditStopped,
    /// The read could not be written down, so what was read must not be shown.
    #[error("the read could not be written to the audit trail, so it is not shown: {0}")]
    ReadNotAudited(String),
}

impl Error {
    /// Whether the same could work if tried again at once: another writer was in the way.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        let Self::Database(sqlx::Error::Database(error)) = self else {
            return matches!(self, Self::Database(sqlx::Error::PoolTimedOut));
        };
        // SQLite: busy, busy snapshot. PostgreSQL: serialization failure, deadlock.
        matches!(error.code().as_deref(), Some("5" | "517" | "40001" | "40P01"))
    }

    /// Whether a row with the same key is there already.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(error)) if error.is_unique_violation())
    }
}
