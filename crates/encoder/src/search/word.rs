//! A word of a query: the terms of the index that may stand for it.

use std::sync::OnceLock;

use fst::{IntoStreamer, Map, Streamer};

use super::letters::Letters;
use super::packed::Packed;
use super::texts::take;
use super::typo::{self, Amended};
use super::words::stem;

/// What words are looked up in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lexicon<'s> {
    pub index: &'s Packed,
    /// From words to terms.
    pub map: &'s Map<Vec<u8>>,
    pub letters: &'s OnceLock<Letters>,
}

/// How a word of the index came to stand for a word of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// The same word, up to its ending.
    Same,
    /// The query's last word begins it.
    Begins,
    /// One letter was amended.
    Amended,
    /// It means or resembles it.
    Related,
}

/// A term that may stand for a word of the query.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stand {
    pub term: u32,
    pub weight: f32,
    pub how: How,
}

/// One word of a query.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub text: String,
    /// The known word that was probably meant, where it is none itself.
    pub meant: Option<String>,
    /// The terms that may stand for it, the likeliest first.
    pub stands: Vec<Stand>,
    /// Whether it is no word but says on which side of another one stands.
    pub is_side: bool,
}

/// A word that another one means.
const SYNONYM: f32 = 0.85;
/// A word with one letter amended: the commonest of those so near, and the others.
const SURELY_AMENDED: f32 = 0.95;
const AMENDED: f32 = 0.75;
/// A longer word that begins alike, where the query's own is not known.
const BEGINS: f32 = 0.7;
/// A word that shares most of its letters in order, where nothing nearer is known.
const ALIKE: f32 = 0.7;
/// A known word within an unknown one, by its length: the shorter counts only beside another.
const PART: f32 = 0.6;
const MIN_PART: usize = 4;
const LONG_PART: usize = 6;
/// A relative must be worth this much of the word itself; of a common relative the postings are long and say little.
const WORTH: f32 = 0.12;
/// Words that say little, and how much.
const FAINT: [&str; 9] = [
    "condition",
    "conditions",
    "disease",
    "disorder",
    "nontraffic",
    "specified",
    "type",
    "unspecified",
    "encounter",
];
const FAINT_WEIGHT: f32 = 0.5;
/// The most words that a beginning is completed to.
const MOST_COMPLETED: usize = 60;

/// The known words that an unknown one is put together from: *filariasis* in *dirofilariasis*.
fn parts(map: &Map<Vec<u8>>, text: &str, stands: &mut Stands) {
    if !text.is_ascii() {
        return;
    }
    for at in 2..text.len().saturating_sub(MIN_PART - 1) {
        let (front, back) = text.split_at(at);
        if let Some(end) = term(map, back).filter(|_| back.len() >= LONG_PART || term(map, front).is_some()) {
            stands.add(end, PART, How::Related);
            if let Some(front) = term(map, front).filter(|_| front.len() >= MIN_PART) {
                stands.add(front, PART, How::Related);
            }
            return;
        }
    }
}

/// The terms that may stand for `text`; `is_open` while its end is not typed yet.
pub(super) fn word(lexicon: &Lexicon<'_>, text: String, is_open: bool) -> Word {
    let Lexicon { index, map, .. } = *lexicon;
    let mut stands = Stands::default();
    let known = term(map, &text);
    if let Some(term) = known {
        stands.add(term, 1.0, How::Same);
        stands.relatives(index, term, 1.0);
    }
    stands.synonyms(lexicon, &text, 1.0);
    if is_open || (known.is_none() && text.len() >= 4) {
        complete(map, &text, &mut stands, if known.is_some() { 0.6 } else { BEGINS });
    }
    let is_begun = is_open && !stands.0.is_empty();
    let meant = if known.is_none() && !is_begun { unknown(lexicon, &text, &mut stands) } else { None };
    if FAINT.contains(&text.as_str()) {
        stands.0.iter_mut().for_each(|stand| stand.weight *= FAINT_WEIGHT);
    }
    if let Some(best) = known.map(|term| index.rarity[term as usize]) {
        stands.0.retain(|stand| {
            stand.weight * index.rarity[stand.term as usize] > best * WORTH || stand.weight >= SYNONYM
        });
    }
    stands.0.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    Word { text, meant, stands: stands.0, is_side: false }
}

/// What may stand for a word that no phrase holds: a word that was meant, known words it is put together from, or in
/// the end one that looks like it. Returns the word that was probably meant.
fn unknown(lexicon: &Lexicon<'_>, text: &str, stands: &mut Stands) -> Option<String> {
    let Lexicon { index, map, .. } = *lexicon;
    let amended = typo::amended(map, text);
    if amended.is_empty() {
        parts(map, text, stands);
    }
    let likeliest = likeliest(index, &amended);
    for amended in &amended {
        let is_likeliest = likeliest.is_some_and(|likeliest| likeliest.term == amended.term);
        let weight = if is_likeliest { SURELY_AMENDED } else { AMENDED } / amended.edits as f32;
        stands.add(amended.term, weight, How::Amended);
        stands.relatives(index, amended.term, weight);
        if is_likeliest {
            stands.synonyms(lexicon, &amended.word, weight);
        }
    }
    if stands.0.is_empty() {
        for (term, likeness) in lexicon.letters.get_or_init(|| Letters::new(map)).like(text) {
            stands.add(term, ALIKE * likeness, How::Amended);
        }
    }
    likeliest.map(|amended| amended.word.clone())
}

/// Of the words that may have been meant the commonest.
fn likeliest<'a>(index: &Packed, amended: &'a [Amended]) -> Option<&'a Amended> {
    let rarity = |amended: &&Amended| index.rarity[amended.term as usize];
    amended.iter().min_by(|a, b| a.edits.cmp(&b.edits).then(rarity(a).total_cmp(&rarity(b))))
}

#[derive(Default)]
struct Stands(Vec<Stand>);

impl Stands {
    fn add(&mut self, term: u32, weight: f32, how: How) {
        match self.0.iter_mut().find(|stand| stand.term == term) {
            Some(stand) if stand.weight < weight => *stand = Stand { term, weight, how },
            Some(_) => {}
            None => self.0.push(Stand { term, weight, how }),
        }
    }

    /// What our table of words has for `text`.
    fn synonyms(&mut self, lexicon: &Lexicon<'_>, text: &str, scale: f32) {
        let Lexicon { index, map, .. } = *lexicon;
        let others = index.thesaurus.words.get(text).into_iter().flatten();
        for term in others.filter_map(|other| term(map, other)) {
            self.add(term, scale * SYNONYM, How::Related);
        }
    }

    fn relatives(&mut self, index: &Packed, of: u32, scale: f32) {
        let mut list = index.related.get(of as usize);
        while let Some(term) = take(&mut list)
            && let Some((weight, rest)) = list.split_first()
        {
            self.add(term, scale * f32::from(*weight) / 255.0, How::Related);
            list = rest;
        }
    }
}

/// The term of a word, or of its stem.
pub(super) fn term(map: &Map<Vec<u8>>, word: &str) -> Option<u32> {
    let number = map.get(word).or_else(|| map.get(stem(word)))?;
    u32::try_from(number).ok()
}

/// The words that begin with `beginning`: the fewer letters are to come, the likelier.
fn complete(map: &Map<Vec<u8>>, beginning: &str, stands: &mut Stands, weight: f32) {
    let mut end = beginning.as_bytes().to_vec();
    end.push(0xff);
    let mut stream = map.range().gt(beginning).lt(end).into_stream();
    let mut completed = 0;
    while let Some((word, number)) = stream.next()
        && completed < MOST_COMPLETED
    {
        let to_come = word.len() - beginning.len();
        // A side is no word that somebody types.
        if word.contains(&b' ') {
            continue;
        }
        if let Ok(term) = u32::try_from(number) {
            stands.add(term, weight / (1.0 + 0.05 * to_come as f32), How::Begins);
        }
        completed += 1;
    }
}
