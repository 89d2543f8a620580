//! The search index as a pack holds it.

use std::collections::BTreeMap;

use codeset::Code;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::phrase::{Findable, Source};
use super::texts::{Lists, Texts};

/// Everything a search needs, compiled.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Packed {
    pub(super) nodes: Vec<Node>,
    pub(super) titles: Texts,
    /// The seventh characters each node is valid with.
    pub(super) seventh: Texts,
    pub(super) phrases: Vec<PhraseAt>,
    /// The words of each phrase as written; empty for a title, which is the node's.
    pub(super) phrase_texts: Texts,
    /// The terms of each phrase.
    pub(super) phrase_terms: Lists,
    /// A finite-state map from words to terms.
    pub(super) vocabulary: Vec<u8>,
    /// For each term the phrases that hold it, and how much it counts there.
    pub(super) postings: Lists,
    /// For each term how rare it is.
    pub(super) rarity: Vec<f32>,
    /// For each term those that mean or resemble it, with a weight in 255ths.
    pub(super) related: Lists,
    pub(super) thesaurus: Thesaurus,
    /// Terms that set a code apart from its siblings, such as a side; in order.
    pub(super) apart: Vec<u32>,
    /// The mean number of terms of a phrase.
    pub(super) mean_len: f32,
}

/// A node that can be found.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Node {
    pub code: Code,
    /// First and last day as `yyyymmdd`.
    pub first: u32,
    pub last: u32,
    pub is_code: bool,
    /// The first node after all that lie under it; its own number + 1 for a leaf.
    pub end: u32,
    /// The leaf to which a search for the node's own words leads.
    pub default_leaf: u32,
}

/// A phrase of a node.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct PhraseAt {
    pub node: u32,
    pub source: Source,
}

/// Other words for words, and what people write for what the manual says.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Thesaurus {
    /// A word (folded, not stemmed) and others that may stand for it.
    pub words: BTreeMap<String, Vec<String>>,
    /// A phrase (folded words, one space between) and what it stands for.
    pub phrases: BTreeMap<String, Vec<(String, Source)>>,
    /// The most words a phrase has.
    pub longest: usize,
}

impl Node {
    /// Whether it, or something under it, is valid on `day` (`yyyymmdd`).
    pub(super) fn is_valid_on(&self, day: u32) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

/// A date as `yyyymmdd`.
pub(super) fn day_number(date: Date) -> u32 {
    let [year, month, day] = [i32::from(date.year()), i32::from(date.month()), i32::from(date.day())];
    u32::try_from(year * 10_000 + month * 100 + day).unwrap_or_default()
}

impl Findable {
    pub(super) fn node(&self, end: u32, default_leaf: u32) -> Node {
        let (first, last) = (day_number(self.first), day_number(self.last));
        Node { code: self.code, first, last, is_code: self.is_code, end, default_leaf }
    }
}
