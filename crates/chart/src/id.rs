//! Identifiers that Chartroom gives: 26 characters that sort by the time they were made (ULID).
//!
//! A number that somebody else gave (a medical record number, an account number) is an
//! [`Identifier`](crate::patient::Identifier).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use ulid::Ulid;

/// The text is not an identifier of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an identifier: 26 characters of 0-9 and A-Z without I, L, O and U")]
pub struct NotAnId(String);

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u128);

        impl $name {
            /// The identifier with these 128 bits: 48 bits of milliseconds since 1970, then chance.
            #[must_use]
            pub const fn from_bits(bits: u128) -> Self {
                Self(bits)
            }
            /// The 128 bits.
            #[must_use]
            pub const fn bits(self) -> u128 {
                self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(Ulid(self.0).array_to_str(&mut [0; ulid::ULID_LEN]))
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Ulid::from_string(text).map(|ulid| Self(ulid.0)).map_err(|_| NotAnId(text.chars().take(40).collect()))
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }
    )*};
}

id! {
    /// One patient of the index: a person, or what we take for one until a merge says otherwise.
    PatientId;
    /// One encounter: a stay, a visit, a call at the emergency room.
    EncounterId;
    /// One document with all its versions.
    DocumentId;
    /// One entry of the chart: a diagnosis, a result, an order and so on.
    EntryId;
    /// A practitioner, an organization or a place of the directory.
    PartyId;
    /// One who signs in.
    UserId;
    /// One message or file that came in, or one that is waiting.
    ArrivalId;
    /// One merge of two patients.
    MergeId;
    /// One thing that does not agree in a record.
    FindingId;
    /// One job that waits to be done.
    JobId;
    /// One audit event.
    AuditId;
    /// One signed-in session.
    SessionId;
    /// One thing that is missing or wrong in a record, with all that became of it.
    DeficiencyId;
    /// One signature made here.
    SignatureId;
    /// One late entry, addendum, correction or attestation.
    AmendmentId;
    /// One request of a patient to amend the record.
    PatientRequestId;
    /// One dictation, from the voice to the signed text.
    DictationId;
    /// One letter about incomplete records.
    LetterId;
    /// The codes of one encounter for one purpose.
    CodeSetId;
    /// One question to a practitioner about what the record says.
    QueryId;
    /// One claim as it went out to a payer.
    ClaimId;
    /// One payment of a payer, with what it is for.
    RemittanceId;
    /// What one payment decided on one claim.
    RemittedClaimId;
    /// One audit sample of closed code sets.
    SampleId;
    /// One encounter of an audit sample, coded again.
    AuditedCaseId;
}

/// The digest of an original, by which it is stored and found: BLAKE3 of its bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }
    /// Its 32 bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&blake3::Hash::from_bytes(self.0).to_hex())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl FromStr for Digest {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let hash = blake3::Hash::from_hex(text).map_err(|_| NotAnId(text.chars().take(64).collect()))?;
        Ok(Self(*hash.as_bytes()))
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}
