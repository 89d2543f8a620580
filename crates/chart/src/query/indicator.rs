//! A clinical indicator: words or a value of the record, quoted with its place.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{DocumentId, EncounterId, EntryId};
use crate::keyed::keyed;

keyed! {
    /// Under which heading evidence is shown.
    Group, "group of evidence":
    /// What is documented as a diagnosis.
    Diagnosis = "diagnosis",
    /// Results of the laboratory and of imaging.
    Laboratory = "laboratory",
    /// Vital signs and other measurements at the bedside.
    Vital = "vital",
    /// Medications, procedures and orders.
    Treatment = "treatment",
    /// Words of a document.
    Text = "text",
}

/// Something the record says, quoted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Indicator {
    /// What it shows, as a key that templates and rules name: `creatinine`, `edema`.
    pub key: String,
    /// Under which heading it is shown.
    pub group: Group,
    /// The sentence, or the value with its unit, as it stands there.
    pub quote: String,
    /// What the place is called: `Progress note`.
    pub title: String,
    /// The day of it, where one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The document, where it stands in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentId>,
    /// The entry, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
    /// The encounter it was documented in, where it is filed under one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encounter: Option<EncounterId>,
}

impl Indicator {
    /// As a line of a query: `Creatinine 2.4 mg/dL (Laboratory, 2026-10-16)`.
    #[must_use]
    pub fn shown(&self) -> String {
        match self.date {
            Some(date) => format!("{} ({}, {date})", self.quote, self.title),
            None => format!("{} ({})", self.quote, self.title),
        }
    }

    /// Whether it can be opened: it names a document or an entry.
    #[must_use]
    pub const fn is_cited(&self) -> bool {
        self.document.is_some() || self.entry.is_some()
    }
}
