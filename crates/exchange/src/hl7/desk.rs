//! What every part of the reader has at hand: the sender, the time zone, and a pad for remarks.

use std::cell::RefCell;

use chart::date::When;
use chart::intake::{KeyKind, Refusal, SourceKey};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::segment::{Field, Place};
use super::time;

/// The most remarks of one message; more of the same help nobody.
const MAX_REMARKS: usize = 100;

/// The desk at which one message is read.
#[derive(Debug)]
pub(super) struct Desk<'m> {
    /// Whose keys they are where no assigning authority is named.
    pub(super) sender: &'m str,
    /// The zone of times without an offset.
    pub(super) zone: &'m TimeZone,
    /// The message's control id, for keys of what has none.
    pub(super) control_id: &'m str,
    remarks: RefCell<Vec<String>>,
}

impl<'m> Desk<'m> {
    pub(super) fn new(sender: &'m str, zone: &'m TimeZone, control_id: &'m str) -> Self {
        Self { sender, zone, control_id, remarks: RefCell::default() }
    }

    /// Notes that something was odd at `place`.
    pub(super) fn remark(&self, place: &Place, what: impl AsRef<str>) {
        self.note(format!("{place}: {}", what.as_ref()));
    }

    /// Notes something about the whole message; the same words are noted once.
    pub(super) fn note(&self, remark: String) {
        let mut remarks = self.remarks.borrow_mut();
        if remarks.len() < MAX_REMARKS && !remarks.contains(&remark) {
            remarks.push(remark);
        }
    }

    /// The remarks so far.
    pub(super) fn into_remarks(self) -> Vec<String> {
        self.remarks.into_inner()
    }

    /// A date or time of any precision; remarks on what is none.
    pub(super) fn when(&self, field: Field<'_>) -> Option<When> {
        let text = field.component(1).part(1).said()?;
        let read = time::when(&text, self.zone);
        // All noughts are a way to leave a date blank.
        if read.is_none() && !text.bytes().all(|one| one == b'0') {
            self.remark(&field.place(), "not a date or time (YYYYMMDD[HHMM[SS]][+ZZZZ]); left out");
        }
        read
    }

    /// The first moment of a date or time.
    pub(super) fn moment(&self, field: Field<'_>) -> Option<Timestamp> {
        self.when(field).and_then(|when| time::moment(when, self.zone))
    }

    /// A key of the sender, or of `system` where one is named.
    pub(super) fn key(&self, system: &str, kind: KeyKind, key: impl Into<String>) -> SourceKey {
        SourceKey::new(if system.is_empty() { self.sender } else { system }, kind, key)
    }
}

/// A refusal at a place.
pub(super) fn refusal(place: &Place, what: impl Into<String>) -> Refusal {
    Refusal { place: place.to_string(), what: what.into() }
}
