//! What a rule has found: the passages that disagree, and what to do about it.

use chart::id::{DocumentId, EncounterId, EntryId};
use serde::{Deserialize, Serialize};

use crate::rules::Rule;

/// Where a passage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "in", content = "id")]
pub enum Place {
    /// In a document.
    Document(DocumentId),
    /// In an entry of the chart.
    Entry(EntryId),
    /// In the registration of the stay.
    Encounter(EncounterId),
    /// In the registration of the patient.
    Registration,
}

/// A place in the record and what it says there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Where.
    pub place: Place,
    /// What the place is called, with its day: `Discharge summary, 2026-10-16`.
    pub title: String,
    /// The sentence, or the value, as it stands there.
    pub quote: String,
}

/// Something that does not agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The key of the rule: `laterality`.
    pub rule: String,
    /// What it is about, as a short key: `ankle`, `lisinopril`, `creatinine`.
    pub subject: String,
    /// What does not agree, in a sentence.
    pub what: String,
    /// The passages, the doubtful one first.
    pub passages: Vec<Passage>,
    /// Why it matters, and by whose rule.
    pub why: String,
    /// What to do.
    pub advice: String,
    /// The same for the same disagreement whenever the record is checked: rule, subject and the doubtful place.
    pub identity: String,
}

impl Finding {
    /// A finding of `rule`; the first of the passages is the doubtful one.
    pub(crate) fn new(rule: &Rule, subject: &str, what: String, passages: Vec<Passage>) -> Self {
        let place = passages.first().map_or_else(String::new, |passage| key(passage.place));
        Self {
            rule: rule.key.into(),
            subject: subject.into(),
            what,
            why: format!("{} ({})", rule.why, rule.source),
            advice: rule.advice.into(),
            identity: format!("{}/{subject}/{place}", rule.key),
            passages,
        }
    }
}

/// A place as part of an identity.
fn key(place: Place) -> String {
    match place {
        Place::Document(id) => id.to_string(),
        Place::Entry(id) => id.to_string(),
        Place::Encounter(id) => id.to_string(),
        Place::Registration => "registration".into(),
    }
}
