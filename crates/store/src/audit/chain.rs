//! The hash that chains the rows: BLAKE3 over a row's number, the hash before it and every field as stored.

use sqlx::any::AnyRow;

use super::event::{Actor, Event};
use crate::Result;
use crate::row::{self, body, micros};

/// The columns of a row that are text, in the order of the table.
const TEXTS: [&str; 12] = [
    "actor_user",
    "actor_system",
    "role",
    "action",
    "patient",
    "object_kind",
    "object_id",
    "outcome",
    "reason",
    "detail",
    "session",
    "source",
];

/// A row as it is stored, without its number and hash.
pub(crate) struct Fields {
    pub(crate) at: i64,
    pub(crate) texts: [Option<String>; TEXTS.len()],
}

impl Fields {
    /// How the event is stored.
    pub(crate) fn of(event: &Event) -> Result<Self> {
        let (user, system, role) = match &event.actor {
            Actor::User { id, role } => (Some(id.to_string()), None, role.clone()),
            Actor::System(name) => (None, Some(name.clone()), String::new()),
        };
        let texts = [
            user,
            system,
            Some(role),
            Some(event.action.key().to_owned()),
            event.patient.map(|id| id.to_string()),
            event.object.as_ref().map(|object| object.kind.clone()),
            event.object.as_ref().map(|object| object.id.clone()),
            Some(event.outcome.key().to_owned()),
            event.reason.clone(),
            Some(body(&event.detail)?),
            event.session.map(|id| id.to_string()),
            event.source.map(|digest| digest.to_string()),
        ];
        Ok(Self { at: micros(event.at), texts })
    }

    /// What a row holds, to the letter.
    pub(crate) fn stored(row: &AnyRow) -> Result<Self> {
        let mut texts = [const { None }; TEXTS.len()];
        for (text, column) in texts.iter_mut().zip(TEXTS) {
            *text = row::opt_text(row, column)?;
        }
        Ok(Self { at: row::int(row, "at")?, texts })
    }

    /// The hash of row `seq` with these fields, after the row with hash `before` (64 hex digits; empty for none).
    ///
    /// Each text is written as its length and its bytes, and an absent one as a length that no text has, so that two
    /// different rows never have the same bytes.
    pub(crate) fn hash(&self, seq: i64, before: &str) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&seq.to_le_bytes());
        hasher.update(&self.at.to_le_bytes());
        for text in std::iter::once(Some(before)).chain(self.texts.iter().map(Option::as_deref)) {
            let length = text.map_or(u64::MAX, |text| text.len() as u64);
            hasher.update(&length.to_le_bytes());
            hasher.update(text.unwrap_or_default().as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Action, Outcome};
    use chart::id::{Digest, PatientId, SessionId, UserId};

    #[test]
    fn every_field_is_in_the_hash() {
        let event = Event::new(jiff::Timestamp::UNIX_EPOCH, Actor::System("test".into()), Action::new("a"));
        let user = Actor::User { id: UserId::from_bits(7), role: "coder".into() };
        let others = [
            Event { at: jiff::Timestamp::from_microsecond(1).unwrap(), ..event.clone() },
            Event { actor: user, ..event.clone() },
            Event { action: Action::new("b"), ..event.clone() },
            event.clone().patient(PatientId::from_bits(1)),
            event.clone().object("document", "1"),
            event.clone().outcome(Outcome::Denied),
            event.clone().reason(""),
            event.clone().detail(serde_json::json!({"count": 1})),
            Event { session: Some(SessionId::from_bits(1)), ..event.clone() },
            Event { source: Some(Digest::of(b"1")), ..event.clone() },
        ];
        let hash = |event: &Event, seq, before| Fields::of(event).unwrap().hash(seq, before);
        let mut hashes: Vec<String> = others.iter().map(|other| hash(other, 1, "")).collect();
        hashes.extend([hash(&event, 1, ""), hash(&event, 2, ""), hash(&event, 1, "00")]);
        let count = hashes.len();
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), count);
    }
}
