//! One note of the tabular list, where it stands and what kind it is.

use std::fmt;
use std::str::FromStr;

use codeset::Code;
use codeset::rows::Interval;
use serde::{Deserialize, Serialize};

use super::Reference;

/// A place of the tabular list that a note can stand at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Node {
    /// A chapter, by number.
    Chapter(u8),
    /// A block, by its first and last category.
    Block(Code, Code),
    /// A category, subcategory or code.
    Code(Code),
}

/// What a note says of the codes it governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    /// *Includes*: what the category takes in.
    Includes,
    /// *Excludes1*: never coded together with this, unless the two are unrelated.
    Excludes1,
    /// *Excludes2*: not part of this; both may be coded.
    Excludes2,
    /// *Code first* the underlying condition.
    CodeFirst,
    /// *Use additional* code.
    UseAdditional,
    /// *Code also*, in either order.
    CodeAlso,
    /// An inclusion term: another name of the condition.
    InclusionTerm,
    /// A note in words.
    Note,
    /// A seventh character; the place of the note is the character, the text its meaning.
    Seventh,
    /// What is said above the seventh characters.
    SeventhNote,
}

/// One note of the tabular list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Where it stands.
    pub node: Node,
    /// What kind of note it is.
    pub kind: NoteKind,
    /// Its number among those of its kind at the node, from 1; for a seventh character the character itself.
    pub place: String,
    /// The days it holds.
    pub valid: Interval,
    /// Its words.
    pub text: String,
    /// The codes and ranges it names.
    pub targets: Vec<Reference>,
}

impl NoteKind {
    /// Every kind, in the order in which the manual prints them.
    pub const ALL: [Self; 10] = [
        Self::Includes,
        Self::InclusionTerm,
        Self::Note,
        Self::CodeFirst,
        Self::UseAdditional,
        Self::CodeAlso,
        Self::Excludes1,
        Self::Excludes2,
        Self::SeventhNote,
        Self::Seventh,
    ];

    /// The word by which `notes.tsv` names the kind.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Includes => "includes",
            Self::Excludes1 => "excludes1",
            Self::Excludes2 => "excludes2",
            Self::CodeFirst => "code-first",
            Self::UseAdditional => "use-additional",
            Self::CodeAlso => "code-also",
            Self::InclusionTerm => "inclusion-term",
            Self::Note => "note",
            Self::Seventh => "seventh",
            Self::SeventhNote => "seventh-note",
        }
    }

    /// The heading under which the manual prints the kind.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Includes => "Includes",
            Self::Excludes1 => "Excludes1",
            Self::Excludes2 => "Excludes2",
            Self::CodeFirst => "Code first",
            Self::UseAdditional => "Use additional",
            Self::CodeAlso => "Code also",
            Self::InclusionTerm => "Inclusion terms",
            Self::Note => "Note",
            Self::Seventh => "Seventh character",
            Self::SeventhNote => "Seventh character, note",
        }
    }

    /// Whether the note governs the codes under its node too. An inclusion term names its own node only.
    pub const fn is_inherited(self) -> bool {
        !matches!(self, Self::InclusionTerm)
    }
}

impl FromStr for NoteKind {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.word() == word).ok_or(())
    }
}

impl fmt::Display for NoteKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// `chapter-9`, `I20-I25`, `I2510`, as `notes.tsv` writes them.
impl FromStr for Node {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if let Some(number) = text.strip_prefix("chapter-") {
            return number.parse().map(Self::Chapter).map_err(|_| ());
        }
        let code = |text: &str| Code::parse(text).map_err(|_| ());
        match text.split_once('-') {
            Some((first, last)) => Ok(Self::Block(code(first)?, code(last)?)),
            None => Ok(Self::Code(code(text)?)),
        }
    }
}

/// For people: `Chapter 9`, `I20-I25`, `I25.10`.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chapter(number) => write!(f, "Chapter {number}"),
            Self::Block(first, last) if first == last => write!(f, "{first}"),
            Self::Block(first, last) => write!(f, "{first}-{last}"),
            Self::Code(code) => f.pad(&code.dotted()),
        }
    }
}
