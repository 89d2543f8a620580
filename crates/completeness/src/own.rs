//! What the house itself knows beside the record: its own signatures and its open questions.

use chart::directory::Named;
use chart::id::{DocumentId, EncounterId};
use jiff::Timestamp;

/// A signature made here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSignature {
    /// The document signed.
    pub document: DocumentId,
    /// Who signed.
    pub signer: Named,
    /// What it means.
    pub meaning: String,
    /// When.
    pub at: Timestamp,
}

impl OwnSignature {
    /// Whether it is the second signature, of one who answers for the author.
    #[must_use]
    pub fn is_cosignature(&self) -> bool {
        is_cosignature(&self.meaning)
    }
}

/// Whether a signature's meaning, in anybody's words, is that of a second signer.
pub(crate) fn is_cosignature(meaning: &str) -> bool {
    let meaning = meaning.to_lowercase();
    ["co-sign", "cosign", "attest"].iter().any(|word| meaning.contains(word))
}

/// A question put to a provider that has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenQuery {
    /// Its own key.
    pub key: String,
    /// The encounter it is about.
    pub encounter: EncounterId,
    /// Who was asked.
    pub to: Named,
    /// What about, in a line.
    pub about: String,
    /// When it was sent.
    pub asked: Timestamp,
}

/// What the house itself knows of a patient's record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Own {
    /// Signatures made here, of any document of the record.
    pub signatures: Vec<OwnSignature>,
    /// Questions without an answer.
    pub queries: Vec<OpenQuery>,
}
