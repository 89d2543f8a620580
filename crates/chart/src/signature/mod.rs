//! Signatures made here, and what they do to a document: a signed document is locked.
//!
//! 42 CFR 482.24(c)(1): entries are "dated, timed, and authenticated in written or electronic form by the person
//! responsible for providing or evaluating the service provided". A signature here names the signer, what it means,
//! the instant with its zone, the version and the digest of what was signed, and how the signer proved who they are.

mod canonical;
mod lock;

#[cfg(test)]
mod tests;

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use crate::directory::Named;
use crate::document::DocumentContent;
use crate::id::{Digest, DocumentId, PartyId, SignatureId, UserId};
use crate::keyed::keyed;

pub use canonical::content_digest;
pub use lock::{Authentication, Text};

/// A signature under one version of a document. Nothing in it ever changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Our identifier.
    pub id: SignatureId,
    /// What was signed.
    pub document: DocumentId,
    /// Which version of it.
    pub version: i64,
    /// The digest of that version's content ([`content_digest`]).
    pub digest: Digest,
    /// Who signed.
    pub signer: Signer,
    /// What the signature means.
    pub meaning: Meaning,
    /// When.
    pub at: Timestamp,
    /// How far the signer's clock was from UTC, in seconds east: -18000 for five hours behind.
    pub offset_seconds: i32,
    /// How the signer proved who they are, at that moment.
    pub method: Method,
}

/// Who signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// The account.
    pub user: UserId,
    /// Their entry in the directory, where they have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<PartyId>,
    /// The name, as printed under the document.
    pub name: String,
    /// Their credentials: `MD`, `RN`. Empty where the directory knows none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub credentials: String,
}

/// What a signature means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "means")]
pub enum Meaning {
    /// I wrote or dictated this, and it is right.
    Author,
    /// I am responsible for who wrote this, and I agree.
    CoSigner,
    /// I have read this.
    Reviewer,
    /// I state that what is written above my name is what I did.
    Attestation,
    /// I sign for another who cannot, and say for whom.
    OnBehalf {
        /// For whom.
        of: Named,
    },
}

keyed! {
    /// How a signer proved who they are.
    Method, "way to sign":
    /// The password, entered again.
    Password = "password",
    /// The password and a code from the signer's device, both entered again.
    PasswordAndCode = "password-and-code",
}

impl Meaning {
    /// Its name, as stored and printed: `author`.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::CoSigner => "co-signer",
            Self::Reviewer => "reviewer",
            Self::Attestation => "attestation",
            Self::OnBehalf { .. } => "on-behalf",
        }
    }

    /// The sentence that is signed, printed beside the name.
    #[must_use]
    pub fn says(&self) -> String {
        match self {
            Self::Author => "Signed as author".into(),
            Self::CoSigner => "Co-signed by the responsible practitioner".into(),
            Self::Reviewer => "Reviewed".into(),
            Self::Attestation => "Attested: this is what I did and recorded".into(),
            Self::OnBehalf { of } => format!("Signed on behalf of {}", of.name),
        }
    }

    /// Whether it authenticates the document for its author.
    #[must_use]
    pub const fn is_for_author(&self) -> bool {
        matches!(self, Self::Author | Self::OnBehalf { .. } | Self::Attestation)
    }
}

impl Method {
    /// What it is called: `Password and code`.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Password => "Password",
            Self::PasswordAndCode => "Password and code",
        }
    }
}

impl Signature {
    /// Whether `content` is, to the byte, what was signed.
    #[must_use]
    pub fn verify(&self, content: &DocumentContent) -> bool {
        content_digest(content) == self.digest
    }

    /// When it was signed, by the signer's clock.
    #[must_use]
    pub fn signed_at(&self) -> Zoned {
        let offset = Offset::from_seconds(self.offset_seconds).unwrap_or(Offset::UTC);
        self.at.to_zoned(TimeZone::fixed(offset))
    }
}
