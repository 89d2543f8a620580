//! What a suggestion says: the code, how sure, where it stands, why, and what is missing.

use codeset::Code;
use serde::Serialize;

use crate::lexicon::Source;

/// What a text says of what it mentions; the later is the stronger where several hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The patient has it.
    Asserted,
    /// The patient had it.
    History,
    /// Probable, suspected, to be ruled out.
    Uncertain,
    /// To come, not yet so.
    Planned,
    /// A relative has it.
    Family,
    /// Denied or excluded.
    Negated,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Asserted, Self::History, Self::Uncertain, Self::Planned, Self::Family, Self::Negated];

    /// As tables write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::History => "history",
            Self::Uncertain => "uncertain",
            Self::Planned => "planned",
            Self::Family => "family",
            Self::Negated => "negated",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == text)
    }
}

/// What may be done with a suggestion. None of them makes a code final: a coder does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Below the threshold, or the document says that the patient does not have it.
    Withheld,
    /// Evidence that may found a query to the provider, but cannot be coded from.
    Query,
    /// For the coder to accept, replace or reject.
    Proposed,
}

/// A passage that a suggestion rests on. Bytes are counted in the document as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The document, as the caller named it.
    pub document: String,
    /// The heading it stands under, as the document writes it.
    pub section: Option<String>,
    /// Byte where the words begin.
    pub start: usize,
    /// Byte after the words.
    pub end: usize,
    /// Byte where the sentence begins.
    pub sentence_start: usize,
    /// Byte after the sentence.
    pub sentence_end: usize,
    /// The sentence.
    pub sentence: String,
    /// The words themselves, from the first to the last of the phrase.
    pub words: String,
    /// What the words around say.
    pub status: Status,
    /// What gave them that status, in plain words.
    pub because: Option<String>,
}

/// One way that led from words to the code.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// The phrase, by its stems in alphabetical order: the name that acceptance is counted under.
    pub phrase: String,
    /// The phrase as its source writes it, and the source; `None` for a part of phrases that only counts speak for.
    pub entry: Option<(String, Source)>,
    /// Charts of the learned counts in which it stood.
    pub seen: u32,
    /// Those among them that carried the code.
    pub coded: u32,
    /// Times coders here accepted the code for this phrase.
    pub accepted_here: u32,
    /// Times they rejected it.
    pub rejected_here: u32,
}

/// A named figure that went into the score, for those who want to know.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// The figure's name, a row of `data/suggest/weight.tsv`.
    pub name: &'static str,
    /// Figure times weight: what it added to the log-odds.
    pub log_odds: f64,
}

/// What the code could say more precisely, and the record does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// What is missing: `side`, `type`, … as in `data/suggest/specifier.tsv`.
    pub about: String,
    /// The question.
    pub text: String,
    /// The codes it decides between.
    pub options: Vec<Code>,
}

/// A code proposed from text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Suggestion {
    /// The code; without a seventh character, which is asked for.
    pub code: Code,
    /// Its title.
    pub title: String,
    /// How likely coders would assign it, from 0 to 1.
    pub score: f64,
    /// The best that any evidence says of it.
    pub status: Status,
    /// What may be done with it.
    pub standing: Standing,
    /// Why it stands so, in plain words.
    pub reason: String,
    /// Where the record says it.
    pub evidence: Vec<Evidence>,
    /// How the words led to the code, strongest first.
    pub path: Vec<Step>,
    /// What the score is made of.
    pub parts: Vec<Part>,
    /// What specified the code further, in plain words: *right*, within its sentence.
    pub specified: Vec<String>,
    /// What is missing.
    pub questions: Vec<Question>,
}
