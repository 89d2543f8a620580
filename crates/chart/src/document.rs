//! Documents: what somebody wrote, dictated or scanned, in versions that stay.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::coded::{Coded, system};
use crate::date::When;
use crate::directory::Named;
use crate::id::{Digest, DocumentId, EncounterId, PatientId};
use crate::intake::{Origin, SourceKey};
use crate::patient::Identifier;

/// A document of a chart with its newest version. Earlier versions are kept beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Our identifier.
    pub id: DocumentId,
    /// Counts versions, from 1.
    pub version: i64,
    /// Whose chart it is filed in.
    pub patient: PatientId,
    /// The encounter it belongs to, when it belongs to one.
    pub encounter: Option<EncounterId>,
    /// What it says.
    pub content: DocumentContent,
    /// Where it came from, and when.
    pub origin: Origin,
}

/// One version of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DocumentContent {
    /// Its type: the department's own key ([`system::DOCUMENT_TYPE`]) first where known, then the sender's codes.
    pub kind: Coded,
    /// Its title.
    pub title: String,
    /// How far it has come.
    pub status: DocumentStatus,
    /// When it was written or dictated.
    pub written: Option<When>,
    /// Who wrote it.
    pub authors: Vec<Named>,
    /// Who signed, as the sender says.
    pub signatures: Vec<Attestation>,
    /// What it says, section by section; a text without sections is one section without a title.
    pub sections: Vec<Section>,
    /// Pages, pictures and files that are the document, or belong to it.
    pub attachments: Vec<Attachment>,
    /// The document it replaces, amends or adds to.
    pub relation: Option<Relation>,
    /// Numbers by which others know it.
    pub identifiers: Vec<Identifier>,
}

impl DocumentContent {
    /// The key of the department's own document type, if it has been given one.
    #[must_use]
    pub fn type_key(&self) -> Option<&str> {
        self.kind.code(system::DOCUMENT_TYPE)
    }

    /// All its text, for search and for plain reading: titles and texts, a blank line between sections.
    #[must_use]
    pub fn plain_text(&self) -> String {
        let sections = self.sections.iter().map(|section| match section.title.as_str() {
            "" => section.text.clone(),
            title => format!("{title}\n{}", section.text),
        });
        sections.collect::<Vec<_>>().join("\n\n")
    }
}

/// How far a document has come, as its sender or author says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentStatus {
    /// Dictated, not yet typed.
    Dictated,
    /// Written, not yet authenticated.
    #[default]
    Preliminary,
    /// Authenticated.
    Final,
    /// Changed after it was authenticated.
    Amended,
    /// Replaced by a later document.
    Superseded,
    /// Should not have been written; kept, and shown as such.
    EnteredInError,
}

/// A signature as the sender reports it. Signatures made here are of a later room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attestation {
    /// Who.
    pub by: Named,
    /// What the signature means: author, legal, co-signer, verifier, in the sender's words.
    pub meaning: String,
    /// When, if said.
    pub at: Option<When>,
}

/// A part of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Section {
    /// Its heading, as written.
    pub title: String,
    /// What kind of section it is, when coded (LOINC).
    pub code: Option<Coded>,
    /// 0 for a chapter, 1 for a part of it, and so on.
    pub depth: u8,
    /// Its text: paragraphs are parted by a blank line, list items begin with `- `, table cells are parted by ` | `.
    pub text: String,
}

/// A file kept byte for byte among the originals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its media type: `application/pdf`, `image/jpeg`, `text/plain`.
    pub media_type: String,
    /// Its title or file name.
    pub title: String,
    /// What it is stored by.
    pub digest: Digest,
    /// Its size.
    pub bytes: u64,
}

/// How a document stands to an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// What it does to it.
    pub kind: RelationKind,
    /// The earlier document.
    pub target: SourceKey,
}

/// What a document does to an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RelationKind {
    /// Takes its place.
    Replaces,
    /// Corrects it.
    Amends,
    /// Adds to it.
    Appends,
}

/// A version of a document that has been stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentVersion {
    /// Which one, from 1.
    pub version: i64,
    /// When it was stored.
    pub stored: Timestamp,
    /// What it said.
    pub content: DocumentContent,
    /// Where it came from.
    pub origin: Origin,
}
