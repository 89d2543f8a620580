//! What is written after the fact, each kind by its own rules, and a patient's request to amend the record.
//!
//! Medicare Program Integrity Manual, chapter 3, section 3.3.2.5: amendments, corrections and late entries are clearly
//! and permanently identified as such, show the date and the author of the change, and do not delete what they change.
//! Reviewers do not consider entries that break these principles.

mod late;
mod request;

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::date::When;
use crate::directory::Named;
use crate::id::{AmendmentId, DocumentId, EncounterId, PatientId};
use crate::keyed::keyed;

pub use late::{Billing, Flag};
pub use request::{Asked, DenialBasis, PatientRequest, RequestState, Resolution};

keyed! {
    /// What kind of later writing it is.
    AmendmentKind, "kind of amendment":
    /// What was left out at the time, written now under today's date.
    LateEntry = "late-entry",
    /// What became known later.
    Addendum = "addendum",
    /// What was wrong, put right beside the original.
    Correction = "correction",
    /// The author's statement to have written or done what has no signature.
    Attestation = "attestation",
}

impl AmendmentKind {
    /// What it is called: `Late entry`.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::LateEntry => "Late entry",
            Self::Addendum => "Addendum",
            Self::Correction => "Correction",
            Self::Attestation => "Attestation",
        }
    }

    /// When to choose it, for people.
    #[must_use]
    pub const fn explains(self) -> &'static str {
        match self {
            Self::LateEntry => {
                "Something was not recorded when it happened. It is written now, under today's date."
            }
            Self::Addendum => {
                "Something became known after the document was signed. It stands beside the original."
            }
            Self::Correction => {
                "The document says something wrong. The original stays visible, the correction beside it."
            }
            Self::Attestation => "The document has no signature. Its author states to have written it.",
        }
    }
}

/// A late entry, addendum, correction or attestation. It is signed together with being written and never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// Our identifier.
    pub id: AmendmentId,
    /// What kind.
    pub kind: AmendmentKind,
    /// Whose record.
    pub patient: PatientId,
    /// In which encounter.
    pub encounter: Option<EncounterId>,
    /// The document it belongs to; a late entry may stand alone.
    pub original: Option<Original>,
    /// The document that holds it.
    pub document: DocumentId,
    /// What it says.
    pub text: String,
    /// The passage that was wrong, as it stands in the original. Corrections only.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub passage: String,
    /// Why it is written now.
    pub reason: String,
    /// When what it tells of was. Late entries only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<When>,
    /// Who wrote it.
    pub author: Named,
    /// When it was written: the instant it was entered, never another.
    pub written: Timestamp,
    /// What a reviewer of the bill will look at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<Flag>,
}

/// The document something is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Original {
    /// Which.
    pub document: DocumentId,
    /// The version that was read.
    pub version: i64,
}

/// What an author wants to write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// What it says.
    pub text: String,
    /// The passage that is wrong, for a correction.
    pub passage: String,
    /// Why it is written now.
    pub reason: String,
    /// When it was, for a late entry.
    pub about: Option<When>,
}

/// A draft that breaks the rules of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmendmentError {
    /// There is no text.
    #[error("write what is to be added; an empty {} is not kept", .0.title().to_lowercase())]
    NoText(AmendmentKind),
    /// There is no reason.
    #[error("say why it is written now: a reviewer asks for it")]
    NoReason,
    /// A late entry does not say when it was.
    #[error("say when it was; the entry itself is dated now")]
    NoAbout,
    /// A late entry tells of what is yet to come.
    #[error("what a late entry tells of lies in the past: correct the date")]
    AboutTheFuture,
    /// A correction does not name the passage, or the original does not have it.
    #[error("copy the passage that is wrong from the original, word for word; it stays visible there")]
    NoPassage,
    /// An unsigned document is changed itself.
    #[error("the document is not signed yet: change it and sign it, there is nothing to amend")]
    Unsigned,
    /// An attestation of what is signed.
    #[error("the document is signed: an attestation is for one that has no signature")]
    Signed,
    /// An attestation by somebody else.
    #[error("only the author of the document can attest it")]
    NotTheAuthor,
    /// An addendum, correction or attestation without its document.
    #[error("choose the document it belongs to; only a late entry may stand alone")]
    NoOriginal,
}

/// The document something is to be written to, as far as the rules look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target<'a> {
    /// All its text.
    pub text: &'a str,
    /// Whether it is signed, here or elsewhere.
    pub is_signed: bool,
    /// Whether the one who writes is its author.
    pub is_own: bool,
}

impl Draft {
    /// Holds the draft against the rules of its kind, at the instant it is written.
    ///
    /// # Errors
    /// The first rule that is broken, with what to do.
    pub fn check(
        &self,
        kind: AmendmentKind,
        original: Option<Target<'_>>,
        now: Timestamp,
    ) -> Result<(), AmendmentError> {
        if self.text.trim().is_empty() {
            return Err(AmendmentError::NoText(kind));
        }
        if self.reason.trim().is_empty() {
            return Err(AmendmentError::NoReason);
        }
        match (kind, original) {
            (AmendmentKind::LateEntry, _) => self.check_late_entry(now),
            (_, None) => Err(AmendmentError::NoOriginal),
            (AmendmentKind::Attestation, Some(target)) => check_attestation(target),
            (AmendmentKind::Addendum, Some(target)) => signed(target),
            (AmendmentKind::Correction, Some(target)) => self.check_correction(target),
        }
    }

    fn check_late_entry(&self, now: Timestamp) -> Result<(), AmendmentError> {
        let about = self.about.ok_or(AmendmentError::NoAbout)?;
        if about.sort_key() > now { Err(AmendmentError::AboutTheFuture) } else { Ok(()) }
    }

    fn check_correction(&self, target: Target<'_>) -> Result<(), AmendmentError> {
        signed(target)?;
        let passage = self.passage.trim();
        if passage.is_empty() || !target.text.contains(passage) {
            return Err(AmendmentError::NoPassage);
        }
        Ok(())
    }
}

fn signed(target: Target<'_>) -> Result<(), AmendmentError> {
    if target.is_signed { Ok(()) } else { Err(AmendmentError::Unsigned) }
}

fn check_attestation(target: Target<'_>) -> Result<(), AmendmentError> {
    if target.is_signed {
        return Err(AmendmentError::Signed);
    }
    if target.is_own { Ok(()) } else { Err(AmendmentError::NotTheAuthor) }
}
