//! Who acts, in which role, when, and with which new identifiers: what every use case is given.

use chart::access::{Permission, Role, Scope, permits};
use chart::id::{Digest, PartyId, SessionId, UserId};
use jiff::Timestamp;
use store::audit::{Action, Actor, Event};

use crate::{Error, Result};

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Somebody who is signed in.
    User {
        /// Who.
        id: UserId,
        /// The role worn.
        role: Role,
        /// Their entry in the directory, for those who take part in care.
        party: Option<PartyId>,
    },
    /// A part of the program: `import`, `mllp`, `jobs`. It may do everything, and says so in the audit trail.
    System(&'static str),
}

/// What a use case is given: the actor, the clock, and identifiers for what it makes.
#[derive(Debug, Clone)]
pub struct Context {
    /// Now.
    pub at: Timestamp,
    /// Who acts.
    pub who: Who,
    /// The session, for those who are signed in.
    pub session: Option<SessionId>,
    /// Digest of the address the request came from.
    pub source: Option<Digest>,
    next_id: u128,
}

/// Bits of chance in an identifier; the rest is the time.
const CHANCE_BITS: u32 = 80;

impl Context {
    /// A context at `at`. `chance` makes its identifiers differ from those of any other context: 80 random bits.
    #[must_use]
    pub fn new(at: Timestamp, who: Who, chance: u128) -> Self {
        let millis = u128::try_from(at.as_millisecond().max(0)).unwrap_or(0);
        // Counting up must not run into the time: the highest bit of chance is left free.
        let chance = chance & ((1 << (CHANCE_BITS - 1)) - 1);
        Self { at, who, session: None, source: None, next_id: (millis << CHANCE_BITS) | chance }
    }

    /// A new identifier: `context.id(PatientId::from_bits)`. Those of one context sort in the order they were made.
    pub fn id<T>(&mut self, from_bits: fn(u128) -> T) -> T {
        self.next_id += 1;
        from_bits(self.next_id)
    }

    /// The scope in which the actor has the permission.
    ///
    /// # Errors
    /// [`Error::Forbidden`] when the role worn does not have it.
    pub fn must(&self, permission: Permission) -> Result<Scope> {
        match self.who {
            Who::System(_) => Ok(Scope::All),
            Who::User { role, .. } => permits(&[role], permission).ok_or(Error::Forbidden { permission }),
        }
    }

    /// An audit event of this actor, now.
    #[must_use]
    pub fn event(&self, action: &'static str) -> Event {
        let actor = match &self.who {
            Who::User { id, role, .. } => Actor::User { id: *id, role: role.key().to_owned() },
            Who::System(part) => Actor::System((*part).to_owned()),
        };
        let mut event = Event::new(self.at, actor, Action::new(action));
        event.session = self.session;
        event.source = self.source;
        event
    }

    /// The user who acts; `None` for the program itself.
    #[must_use]
    pub const fn user(&self) -> Option<UserId> {
        if let Who::User { id, .. } = &self.who { Some(*id) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chart::id::EntryId;

    #[test]
    fn identifiers_differ_and_sort_as_made() {
        let mut context =
            Context::new(Timestamp::from_second(1_700_000_000).unwrap(), Who::System("test"), u128::MAX);
        let ids: Vec<EntryId> = (0..100).map(|_| context.id(EntryId::from_bits)).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(ids.iter().all(|id| id.to_string().starts_with("01HF7YAT00")), "{}", ids[0]);
    }
}
