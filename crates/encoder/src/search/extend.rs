//! Adding phrases to an opened search: an imported index, or a pack of synonyms.

use std::collections::{BTreeMap, HashMap};

use codeset::Code;
use fst::{Map, MapBuilder, Streamer};

use super::Search;
use super::build::{impact, said};
use super::packed::{Packed, PhraseAt};
use super::phrase::Phrase;
use super::texts::{Lists, put, take};
use super::words::{content_words, stem};

/// How rare a word is taken to be that only the added phrases have.
const NEW: f32 = 8.0;

impl Search {
    /// The same search with more phrases. Those that name no code of the classification are left out; the number of
    /// those that were added is returned with it.
    #[must_use]
    pub fn with(mut self, phrases: &[Phrase]) -> (Self, usize) {
        let by_code: HashMap<Code, u32> =
            (0..).zip(&self.index.nodes).map(|(at, node)| (node.code, at)).collect();
        let known = |phrase: &Phrase| Some((*by_code.get(&phrase.code)?, phrase.clone()));
        let known: Vec<(u32, Phrase)> = phrases.iter().filter_map(known).collect();
        let mut words = vocabulary(&self.vocabulary);
        let mut postings: Vec<Vec<(u32, u8)>> = vec![Vec::new(); self.index.rarity.len()];
        for (node, phrase) in &known {
            add(&mut self.index, &mut words, &mut postings, *node, phrase);
        }
        append(&mut self.index, &postings);
        let mut map = MapBuilder::memory();
        // The words come in order, the only thing a map demands.
        let ordered = words.iter().all(|(word, term)| map.insert(word, u64::from(*term)).is_ok());
        if ordered
            && let Ok(bytes) = map.into_inner()
            && let Ok(map) = Map::new(bytes)
        {
            self.vocabulary = map;
        }
        (self, known.len())
    }
}

fn vocabulary(map: &Map<Vec<u8>>) -> BTreeMap<String, u32> {
    let mut words = BTreeMap::new();
    let mut stream = map.stream();
    while let Some((word, term)) = stream.next() {
        words.insert(String::from_utf8_lossy(word).into_owned(), u32::try_from(term).unwrap_or(u32::MAX));
    }
    words
}

/// Enters one phrase, and its postings where they are gathered.
fn add(
    index: &mut Packed,
    words: &mut BTreeMap<String, u32>,
    postings: &mut Vec<Vec<(u32, u8)>>,
    node: u32,
    phrase: &Phrase,
) {
    let number = u32::try_from(index.phrases.len()).unwrap_or(u32::MAX);
    let content = content_words(&said(&phrase.text).0);
    let mut terms = Vec::new();
    for word in &content {
        let stem = stem(word);
        let known = words.get(word).or_else(|| words.get(&stem)).copied();
        let term = known.unwrap_or_else(|| {
            postings.push(Vec::new());
            index.rarity.push(NEW);
            index.related.push(|_| {});
            let term = u32::try_from(index.rarity.len() - 1).unwrap_or(u32::MAX);
            words.insert(stem, term);
            term
        });
        words.entry(word.clone()).or_insert(term);
        if !terms.contains(&term) {
            terms.push(term);
            postings[term as usize].push((number, impact(1.0, content.len(), index.mean_len, phrase.source)));
        }
    }
    index.phrases.push(PhraseAt { node, source: phrase.source });
    index.phrase_texts.push(&phrase.text);
    index.phrase_terms.push(|bytes| terms.iter().for_each(|term| put(bytes, *term)));
}

/// Writes the gathered postings after those that are there.
fn append(index: &mut Packed, added: &[Vec<(u32, u8)>]) {
    let mut all = Lists::default();
    for (term, added) in added.iter().enumerate() {
        let held = index.postings.get(term);
        all.push(|bytes| {
            bytes.extend_from_slice(held);
            let mut before = last(held);
            for (phrase, impact) in added {
                put(bytes, phrase - before);
                bytes.push(*impact);
                before = *phrase;
            }
        });
    }
    index.postings = all;
}

/// The last phrase of a list of postings.
fn last(mut list: &[u8]) -> u32 {
    let mut phrase = 0;
    while let Some(delta) = take(&mut list) {
        phrase += delta;
        list = list.get(1..).unwrap_or_default();
    }
    phrase
}
