//! How far a document is authenticated, and what may still be done with it.

use serde::{Deserialize, Serialize};

use super::{Meaning, Signature};
use crate::document::{Document, DocumentStatus};
use crate::id::{Digest, DocumentId};
use crate::machine::InvalidTransition;

/// How far a document is authenticated. Signed means locked: what follows is an addendum or a correction beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Authentication {
    /// Nobody has signed. It may be changed.
    Unsigned {
        /// What would be signed.
        #[serde(flatten)]
        text: Text,
    },
    /// Another system says that it was authenticated there.
    Elsewhere {
        /// What it says.
        #[serde(flatten)]
        text: Text,
        /// Reviews and co-signatures made here.
        added: Vec<Signature>,
    },
    /// Its author has signed.
    Signed {
        /// The author's signature.
        author: Signature,
        /// Further signatures, oldest first.
        added: Vec<Signature>,
    },
    /// The responsible practitioner has co-signed.
    CoSigned {
        /// The author's signature; `None` when the author signed elsewhere.
        author: Option<Signature>,
        /// The co-signature.
        by: Box<Signature>,
        /// Further signatures, oldest first.
        added: Vec<Signature>,
    },
}

/// One version of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Which document.
    pub document: DocumentId,
    /// Which version.
    pub version: i64,
    /// The digest of its content.
    pub digest: Digest,
}

impl Text {
    /// What a signature is of.
    fn of(signature: &Signature) -> Self {
        Self { document: signature.document, version: signature.version, digest: signature.digest }
    }
}

const LOCKED: InvalidTransition = InvalidTransition::Rule(
    "a signed document is locked: write an addendum or a correction; the original stays as it is",
);
const NOT_THE_AUTHORS: InvalidTransition =
    InvalidTransition::Rule("this signature is not an author's: sign as author, on behalf, or attest");
const NOT_A_COSIGNATURE: InvalidTransition =
    InvalidTransition::Rule("this signature is not a co-signature: choose what it means again");
const NOT_A_REVIEW: InvalidTransition =
    InvalidTransition::Rule("this signature is not a review: choose what it means again");
const OTHER_TEXT: InvalidTransition = InvalidTransition::Rule(
    "the document was changed after you opened it: read the new version before you sign",
);
const SAME_PERSON: InvalidTransition =
    InvalidTransition::Rule("who signed as author cannot co-sign: the responsible practitioner does");
const BACKWARDS: InvalidTransition =
    InvalidTransition::Rule("the signature lies before the one it follows: check the clock of the computer");

impl Authentication {
    /// How far a document is authenticated: what its sender said, then the signatures made here, oldest first.
    ///
    /// # Errors
    /// The first signature that cannot follow those before it.
    pub fn of(
        document: &Document,
        signatures: impl IntoIterator<Item = Signature>,
    ) -> Result<Self, InvalidTransition> {
        let digest = super::content_digest(&document.content);
        let text = Text { document: document.id, version: document.version, digest };
        let mut signatures = signatures.into_iter().peekable();
        let signed_here = signatures.peek().is_some_and(|first| first.meaning.is_for_author());
        let authenticated =
            matches!(document.content.status, DocumentStatus::Final | DocumentStatus::Amended);
        let start = match authenticated && !signed_here {
            true => Self::Elsewhere { text, added: Vec::new() },
            false => Self::Unsigned { text },
        };
        signatures.try_fold(start, Self::with)
    }

    /// With one signature more, by what it means.
    ///
    /// # Errors
    /// As [`Authentication::sign`], [`Authentication::co_sign`] and [`Authentication::review`].
    pub fn with(self, signature: Signature) -> Result<Self, InvalidTransition> {
        match signature.meaning {
            Meaning::Author | Meaning::Attestation | Meaning::OnBehalf { .. } => self.sign(signature),
            Meaning::CoSigner => self.co_sign(signature),
            Meaning::Reviewer => self.review(signature),
        }
    }

    /// The author signs, somebody signs for the author, or the author attests.
    ///
    /// # Errors
    /// When it is locked, when another text was signed, or when the signature means something else.
    pub fn sign(self, signature: Signature) -> Result<Self, InvalidTransition> {
        let Self::Unsigned { text } = self else { return Err(LOCKED) };
        if !signature.meaning.is_for_author() {
            return Err(NOT_THE_AUTHORS);
        }
        same_text(text, &signature)?;
        Ok(Self::Signed { author: signature, added: Vec::new() })
    }

    /// The responsible practitioner signs below the author.
    ///
    /// # Errors
    /// When no author has signed or it is co-signed, when signer or text are not as they must be.
    pub fn co_sign(self, signature: Signature) -> Result<Self, InvalidTransition> {
        if signature.meaning != Meaning::CoSigner {
            return Err(NOT_A_COSIGNATURE);
        }
        self.follows(&signature, "co-sign")?;
        match self {
            Self::Signed { author, .. } if author.signer.user == signature.signer.user => Err(SAME_PERSON),
            Self::Signed { author, added } => {
                Ok(Self::CoSigned { author: Some(author), by: Box::new(signature), added })
            }
            Self::Elsewhere { added, .. } => {
                Ok(Self::CoSigned { author: None, by: Box::new(signature), added })
            }
            Self::Unsigned { .. } | Self::CoSigned { .. } => Err(self.cannot("co-sign")),
        }
    }

    /// Somebody signs to have read it.
    ///
    /// # Errors
    /// When no author has signed, or another text was read.
    pub fn review(mut self, signature: Signature) -> Result<Self, InvalidTransition> {
        if signature.meaning != Meaning::Reviewer {
            return Err(NOT_A_REVIEW);
        }
        self.follows(&signature, "review")?;
        match &mut self {
            Self::Signed { added, .. } | Self::Elsewhere { added, .. } | Self::CoSigned { added, .. } => {
                added.push(signature);
                Ok(self)
            }
            Self::Unsigned { .. } => Err(self.cannot("review")),
        }
    }

    /// Its text is changed: it has a new version.
    ///
    /// # Errors
    /// When it is signed, here or elsewhere, or when the version is not a later one.
    pub fn revise(self, version: i64, digest: Digest) -> Result<Self, InvalidTransition> {
        match self {
            Self::Unsigned { text } if version > text.version => {
                Ok(Self::Unsigned { text: Text { version, digest, ..text } })
            }
            Self::Unsigned { .. } => Err(OTHER_TEXT),
            _ => Err(LOCKED),
        }
    }

    /// Whether its text can no longer be changed.
    #[must_use]
    pub const fn is_locked(&self) -> bool {
        !matches!(self, Self::Unsigned { .. })
    }

    /// The text that is or would be signed.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::Unsigned { text } | Self::Elsewhere { text, .. } => *text,
            Self::Signed { author, .. } => Text::of(author),
            Self::CoSigned { by, .. } => Text::of(by),
        }
    }

    /// Every signature made here, in the order of their weight: author, co-signer, others.
    #[must_use]
    pub fn signatures(&self) -> Vec<&Signature> {
        match self {
            Self::Unsigned { .. } => Vec::new(),
            Self::Elsewhere { added, .. } => added.iter().collect(),
            Self::Signed { author, added } => std::iter::once(author).chain(added).collect(),
            Self::CoSigned { author, by, added } => author.iter().chain([by.as_ref()]).chain(added).collect(),
        }
    }

    /// Its name: `signed`.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Unsigned { .. } => "unsigned",
            Self::Elsewhere { .. } => "signed elsewhere",
            Self::Signed { .. } => "signed",
            Self::CoSigned { .. } => "co-signed",
        }
    }

    fn follows(&self, signature: &Signature, verb: &'static str) -> Result<(), InvalidTransition> {
        if !self.is_locked() {
            return Err(self.cannot(verb));
        }
        same_text(self.text(), signature)?;
        match self.signatures().iter().any(|earlier| earlier.at > signature.at) {
            true => Err(BACKWARDS),
            false => Ok(()),
        }
    }

    const fn cannot(&self, verb: &'static str) -> InvalidTransition {
        InvalidTransition::State { thing: "document", state: self.key(), verb }
    }
}

fn same_text(text: Text, signature: &Signature) -> Result<(), InvalidTransition> {
    let signed = Text { document: signature.document, version: signature.version, digest: signature.digest };
    if signed == text { Ok(()) } else { Err(OTHER_TEXT) }
}
