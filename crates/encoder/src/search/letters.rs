//! Which words of the vocabulary look like a word that nobody knows: they share most of its parts of three letters.

use std::collections::HashMap;

use fst::{Map, Streamer};

/// Letters of a part.
const PART: usize = 3;
/// Shorter words have too few parts.
const MIN_LEN: usize = 7;
/// The share of parts that two words must have in common, and the most words that are taken.
const LEAST: f32 = 0.45;
const MOST: usize = 4;

/// The words of a vocabulary by their parts. Made when the first unknown word is asked for: it takes some milliseconds.
#[derive(Debug, Clone)]
pub(super) struct Letters {
    /// The words that hold a part, by number.
    holders: HashMap<[u8; PART], Vec<u32>>,
    /// The term of each word, and how many parts it has.
    words: Vec<(u32, u32)>,
}

impl Letters {
    pub(super) fn new(map: &Map<Vec<u8>>) -> Self {
        let mut letters = Self { holders: HashMap::new(), words: Vec::new() };
        let mut stream = map.stream();
        while let Some((word, term)) = stream.next() {
            let is_word = word.iter().all(u8::is_ascii_lowercase);
            if let (true, Ok(term), Ok(number)) =
                (is_word, u32::try_from(term), u32::try_from(letters.words.len()))
            {
                parts(word).for_each(|part| letters.holders.entry(part).or_default().push(number));
                letters.words.push((term, parts(word).count() as u32));
            }
        }
        letters
    }

    /// The terms of the words most like `word`, with their likeness from 0 to 1, the likest first.
    pub(super) fn like(&self, word: &str) -> Vec<(u32, f32)> {
        if word.len() < MIN_LEN {
            return Vec::new();
        }
        let mut shared: HashMap<u32, u32> = HashMap::new();
        let holders = parts(word.as_bytes()).filter_map(|part| self.holders.get(&part));
        holders.flatten().for_each(|number| *shared.entry(*number).or_default() += 1);
        let own = parts(word.as_bytes()).count() as f32;
        let likeness = |(number, shared): (u32, u32)| {
            let (term, parts) = self.words[number as usize];
            let likeness = 2.0 * shared as f32 / (own + parts as f32);
            (likeness >= LEAST).then_some((term, likeness))
        };
        let mut like: Vec<(u32, f32)> = shared.into_iter().filter_map(likeness).collect();
        like.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        like.dedup_by_key(|(term, _)| *term);
        like.truncate(MOST);
        like
    }
}

fn parts(word: &[u8]) -> impl Iterator<Item = [u8; PART]> {
    word.windows(PART).filter_map(|part| part.try_into().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_the_same_letters_is_found() {
        let map = Map::from_iter([("appendicitis", 0), ("filariasis", 1), ("transposition", 2)]).unwrap();
        let letters = Letters::new(&map);
        let found = |word| letters.like(word).into_iter().map(|(term, _)| term).collect::<Vec<_>>();
        assert_eq!(found("dirofilariasms"), [1]);
        assert_eq!(found("levotranspostion"), [2]);
        assert!(found("pneumonia").is_empty() && found("gout").is_empty());
    }
}
