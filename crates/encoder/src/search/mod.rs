//! Finding codes by words: as they are typed, in any order, misspelt, abbreviated or in plain speech.
//!
//! Every phrase of the manual that names a code is a document of its own; a hit says which phrase matched, where it was
//! read, and which words of the query it answers.

pub(crate) mod build;
mod extend;
mod hit;
mod letters;
pub(crate) mod packed;
pub(crate) mod phrase;
mod query;
mod rank;
mod related;
pub(crate) mod texts;
mod typo;
mod word;
pub mod words;

use std::sync::OnceLock;

use codeset::manual::Classification;
use codeset::{Code, Pack, PackError};
use fst::Map;
use jiff::civil::Date;

pub use hit::{Hit, Matched};
use letters::Letters;
use packed::{Packed, day_number};
pub use phrase::{Findable, Phrase, Source};
use rank::Tuning;
use word::Lexicon;

/// Search over one classification.
#[derive(Debug, Clone)]
pub struct Search {
    index: Packed,
    vocabulary: Map<Vec<u8>>,
    letters: OnceLock<Letters>,
    tuning: Tuning,
}

/// What is asked of a search.
#[derive(Debug, Clone, Copy)]
pub struct Question<'q> {
    /// The words.
    pub text: &'q str,
    /// The date of the manual: only nodes with a code valid on it are found.
    pub date: Date,
    /// The most hits wanted.
    pub limit: usize,
    /// Whether the last word is still being typed.
    pub is_typing: bool,
}

impl Search {
    /// Opens the search of `pack` over `of`.
    pub fn open(pack: &Pack, of: Classification) -> Result<Self, PackError> {
        let name = section(of);
        Self::new(pack.decode(name)?).ok_or_else(|| PackError::Format(name.to_owned()))
    }

    pub(crate) fn new(mut index: Packed) -> Option<Self> {
        let vocabulary = Map::new(std::mem::take(&mut index.vocabulary)).ok()?;
        Some(Self { index, vocabulary, letters: OnceLock::new(), tuning: Tuning::default() })
    }

    fn lexicon(&self) -> Lexicon<'_> {
        Lexicon { index: &self.index, map: &self.vocabulary, letters: &self.letters }
    }

    /// The codes and headers that `question` asks for, best first.
    pub fn find(&self, question: &Question<'_>) -> Vec<Hit> {
        let day = day_number(question.date);
        let typed = self.typed_code(question, day);
        if !typed.is_empty() {
            return typed;
        }
        let wordings = query::wordings(&self.lexicon(), question.text, question.is_typing);
        let mut scored = Vec::new();
        for (number, wording) in wordings.iter().enumerate() {
            scored.extend(rank::phrases(&self.index, wording, number, &self.tuning));
        }
        let mut ranked = rank::nodes(&self.index, &scored, day, &self.tuning);
        ranked.truncate(question.limit);
        ranked.iter().map(|ranked| hit::hit(&self.index, &wordings, ranked)).collect()
    }
}

/// Whether `stem` is `code` without its seventh character and the placeholders before it.
fn is_stem(stem: Code, code: Code) -> bool {
    /// A code without its seventh character has at most six.
    const STEM_LEN: usize = 6;
    let text = code.to_string();
    let cut = text.get(..STEM_LEN).filter(|_| text.len() > STEM_LEN);
    cut.is_some_and(|cut| cut.trim_end_matches('X') == stem.to_string() || cut == stem.to_string())
}

impl Search {
    /// The nodes whose codes begin with what was typed, if it is the beginning of a code.
    fn typed_code(&self, question: &Question<'_>, day: u32) -> Vec<Hit> {
        let Ok(prefix) = Code::parse(question.text) else { return Vec::new() };
        if !question.text.bytes().any(|byte| byte.is_ascii_digit()) {
            return Vec::new();
        }
        let nodes = &self.index.nodes;
        let start = nodes.partition_point(|node| node.code < prefix);
        let found = nodes[start..].iter().take_while(|node| node.code.starts_with(prefix));
        let found: Vec<_> = found.collect();
        let stem = || nodes.iter().position(|node| is_stem(node.code, prefix)).map(|at| (at, &nodes[at]));
        let found = if found.is_empty() {
            stem().into_iter().collect()
        } else {
            (start..).zip(found).collect::<Vec<_>>()
        };
        let valid = found.into_iter().filter(|(_, node)| node.is_valid_on(day));
        valid.take(question.limit).map(|(at, _)| hit::by_code(&self.index, at)).collect()
    }
}

/// The pack section that holds the search over a classification.
pub(crate) const fn section(of: Classification) -> &'static str {
    match of {
        Classification::Icd10cm => "encoder/search-icd10cm.bin",
        Classification::Icd10pcs => "encoder/search-icd10pcs.bin",
    }
}
