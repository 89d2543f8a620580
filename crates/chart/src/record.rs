//! A patient's whole record in hand, as those read it who check, code or copy it.

use crate::document::Document;
use crate::encounter::Encounter;
use crate::entry::Entry;
use crate::patient::Patient;

/// Everything of one patient, newest versions only.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Who it is.
    pub patient: Patient,
    /// Stays and visits, oldest first.
    pub encounters: Vec<Encounter>,
    /// Documents, in the order they were written.
    pub documents: Vec<Document>,
    /// Entries: diagnoses, results, orders and so on.
    pub entries: Vec<Entry>,
}
