//! What the clients know: what was answered, and what was left without an answer.

use std::collections::BTreeMap;
use std::fmt;

/// A client's side of the story.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// Messages that were acknowledged, by control id; all were sent until they were.
    pub(super) messages: Vec<Message>,
    /// Patients by their number at the clinic, with how many results were acknowledged for each.
    pub(super) patients: BTreeMap<String, u64>,
    /// Papers that were uploaded.
    pub(super) papers: Vec<Written>,
    /// People that were registered, by family name.
    pub(super) people: Vec<Written>,
    /// Late entries that a physician signed, by their text.
    pub(super) notes: Vec<Written>,
    /// Codes that a coder added to a stay.
    pub(super) codes: Vec<Written>,
    /// How often a connection broke or could not be made.
    pub(super) interrupted: u64,
    /// Answers that should not have been given.
    pub(super) faults: Vec<String>,
}

/// A message that was acknowledged.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) sender: &'static str,
    pub(super) control_id: String,
}

/// Something that a person wrote.
#[derive(Debug)]
pub(super) struct Written {
    /// The text that no other has.
    pub(super) mark: String,
    /// Whether the person saw that it was done. Otherwise it may be done or not, but never twice.
    pub(super) confirmed: bool,
}

impl fmt::Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let confirmed = |all: &[Written]| all.iter().filter(|one| one.confirmed).count();
        write!(
            f,
            "{} messages acknowledged for {} patients, {} of {} papers, {} of {} registrations, {} of {} signed \
             notes and {} of {} codes confirmed, {} interruptions",
            self.messages.len(),
            self.patients.len(),
            confirmed(&self.papers),
            self.papers.len(),
            confirmed(&self.people),
            self.people.len(),
            confirmed(&self.notes),
            self.notes.len(),
            confirmed(&self.codes),
            self.codes.len(),
            self.interrupted
        )
    }
}
