//! What a code set waits for, and why: the reasons of the unbilled list.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::machine::Stamp;
use crate::table::lines;

static REASONS: &str = include_str!("../../../../data/record/pending-reason.tsv");

/// Something that is waited for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The key of the reason in `data/record/pending-reason.tsv`.
    pub key: String,
    /// From whom, or what exactly.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Who said so, when.
    pub since: Stamp,
}

impl Pending {
    /// The reason in words.
    #[must_use]
    pub fn title(&self) -> &str {
        pending_reasons().iter().find(|one| one.key == self.key).map_or(&self.key, |one| &one.title)
    }

    /// The reason and its note.
    #[must_use]
    pub fn shown(&self) -> String {
        if self.note.is_empty() {
            self.title().to_owned()
        } else {
            format!("{}: {}", self.title(), self.note)
        }
    }
}

/// A reason for which a bill waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingReason {
    /// Its key: `query`.
    pub key: String,
    /// In words.
    pub title: String,
    /// Whose work ends it: `physician`, `department`, `patient accounts`.
    pub whose: String,
}

/// Every reason, in the order of the table.
pub fn pending_reasons() -> &'static [PendingReason] {
    static ROWS: LazyLock<Vec<PendingReason>> = LazyLock::new(|| {
        let rows = lines::<3>(REASONS).map(|line| {
            let [key, title, whose] =
                line.expect("the shipped table is read by a test").cells.map(str::to_owned);
            PendingReason { key, title, whose }
        });
        rows.collect()
    });
    &ROWS
}
