//! A claim that went out: for which codes, under which numbers, and whether it still stands.
//!
//! What it says is its file, which is kept byte for byte and read from there. A claim is never changed: what has to be
//! put right goes out as a new one that replaces it (NUBC, type of bill, frequency code 7).

use serde::{Deserialize, Serialize};

use crate::id::{ClaimId, CodeSetId, Digest, EncounterId, PatientId};
use crate::keyed::keyed;
use crate::machine::{History, InvalidTransition, Stamp, reason};

keyed! {
    /// Whether a claim stands.
    Standing, "standing of a claim":
    /// A trial, which a payer reads and does not pay.
    Trial = "trial",
    /// It is with the payer.
    Out = "out",
    /// Its codes were opened again: another has to replace it.
    ToReplace = "to-replace",
    /// Another has replaced it.
    Replaced = "replaced",
}

/// A claim as it went out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Our identifier.
    pub id: ClaimId,
    /// Counts changes of its standing, from 1.
    pub version: i64,
    /// Whose.
    pub patient: PatientId,
    /// Of which encounter.
    pub encounter: EncounterId,
    /// The control number of its interchange (ISA13): claims are numbered through.
    pub number: i64,
    /// The patient control number that the payer gives back (CLM01).
    pub control_number: String,
    /// The code set it was written from.
    pub code_set: CodeSetId,
    /// In which version.
    pub code_set_version: i64,
    /// Type of bill without the leading zero: `111`, `117` where it replaces another.
    pub type_of_bill: String,
    /// Who is to pay.
    pub payer: String,
    /// What is charged, in cents.
    pub charge_cents: i64,
    /// The file (837I).
    pub original: Digest,
    /// Whether it stands.
    pub standing: Standing,
    /// The claim that it replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<ClaimId>,
    /// What was done with it.
    pub history: History,
}

type Next = Result<Claim, InvalidTransition>;

impl Claim {
    /// Its codes are opened again, for this reason: another has to replace it.
    ///
    /// # Errors
    /// When it is not with the payer, or without a reason.
    pub fn open_again(self, stamp: Stamp, why: &str) -> Next {
        if self.standing != Standing::Out {
            return Err(self.cannot("open again"));
        }
        let why = reason(why, "say why the codes of a claim that went out are opened again")?.to_owned();
        self.into("open-again", stamp, &why, Standing::ToReplace)
    }

    /// Another claim has gone out in its place.
    ///
    /// # Errors
    /// When it is a trial, or was replaced before.
    pub fn replace(self, stamp: Stamp, by: ClaimId) -> Next {
        match self.standing {
            Standing::Out | Standing::ToReplace => {
                self.into("replace", stamp, &by.to_string(), Standing::Replaced)
            }
            Standing::Trial | Standing::Replaced => Err(self.cannot("replace")),
        }
    }

    const fn cannot(&self, verb: &'static str) -> InvalidTransition {
        InvalidTransition::State { thing: "claim", state: self.standing.key(), verb }
    }

    fn into(mut self, verb: &str, stamp: Stamp, note: &str, next: Standing) -> Next {
        self.history.add(verb, stamp, note)?;
        self.standing = next;
        self.version += 1;
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::machine::Actor;

    fn stamp() -> Stamp {
        Stamp { by: Actor::program("test"), at: Timestamp::UNIX_EPOCH }
    }

    fn claim(standing: Standing) -> Claim {
        Claim {
            id: ClaimId::from_bits(1),
            version: 1,
            patient: PatientId::from_bits(1),
            encounter: EncounterId::from_bits(1),
            number: 1,
            control_number: "A-1".into(),
            code_set: CodeSetId::from_bits(1),
            code_set_version: 3,
            type_of_bill: "111".into(),
            payer: "Medicare".into(),
            charge_cents: 100,
            original: Digest::of(b""),
            standing,
            replaces: None,
            history: History::begin("write", stamp(), ""),
        }
    }

    #[test]
    fn every_standing_and_verb() {
        let becomes = |next: Next| next.map_or("no", |claim| claim.standing.key());
        let table: Vec<_> = Standing::ALL
            .iter()
            .map(|one| {
                let opened = becomes(claim(*one).open_again(stamp(), "denied"));
                let replaced = becomes(claim(*one).replace(stamp(), ClaimId::from_bits(2)));
                (one.key(), opened, replaced)
            })
            .collect();
        assert_eq!(
            table,
            [
                ("trial", "no", "no"),
                ("out", "to-replace", "replaced"),
                ("to-replace", "no", "replaced"),
                ("replaced", "no", "no"),
            ]
        );
    }

    #[test]
    fn a_reason_is_asked_for() {
        let without = claim(Standing::Out).open_again(stamp(), " ").unwrap_err();
        assert!(without.to_string().contains("say why"), "{without}");
    }
}
