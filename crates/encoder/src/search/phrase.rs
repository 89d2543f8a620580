//! What is searched: phrases, each naming a node of a classification, with where it was read.

use codeset::{Code, Synonym};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Where a phrase was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The title of the code or header.
    Title,
    /// An inclusion term of the tabular list.
    InclusionTerm,
    /// A note that stands at another code and says which code the condition has.
    Note,
    /// The title of the ICD-9-CM code that the General Equivalence Mappings lead here.
    Former,
    /// A path of an official index.
    Index,
    /// A synonym of a pack that was opened beside the manual.
    Synonym,
    /// Our table of lay terms.
    LayTerm,
    /// Our table of abbreviations.
    Abbreviation,
    /// The code itself was typed.
    Code,
}

/// A phrase and the node it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The code or header; a table prefix in ICD-10-PCS.
    pub code: Code,
    /// Where it was read.
    pub source: Source,
    /// Its words as written.
    pub text: String,
}

impl From<Synonym> for Phrase {
    fn from(synonym: Synonym) -> Self {
        Self { code: synonym.code, source: Source::Synonym, text: synonym.phrase }
    }
}

/// A node that can be found: a code, header or table prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findable {
    /// Its code.
    pub code: Code,
    /// Its title.
    pub title: String,
    /// First day on which it, or something under it, is valid.
    pub first: Date,
    /// Last such day.
    pub last: Date,
    /// Whether a claim may report it as it stands.
    pub is_code: bool,
    /// The seventh characters it is valid with, where it is written without.
    pub seventh: String,
}

impl Source {
    /// In words for people.
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::InclusionTerm => "inclusion term",
            Self::Note => "note elsewhere",
            Self::Former => "ICD-9-CM title",
            Self::Index => "index",
            Self::Synonym => "synonym",
            Self::LayTerm => "lay term",
            Self::Abbreviation => "abbreviation",
            Self::Code => "code",
        }
    }

    /// How much a match counts against one in a title.
    pub(crate) const fn weight(self) -> f32 {
        match self {
            Self::Title | Self::Code | Self::InclusionTerm => 1.0,
            Self::LayTerm | Self::Abbreviation => 1.0,
            Self::Note | Self::Synonym => 0.95,
            Self::Former => 0.85,
            Self::Index => 0.9,
        }
    }
}
