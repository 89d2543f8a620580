//! What a query asks for: its words, what else may stand for each, and its other wordings.

use fst::{IntoStreamer, Map, Streamer};

use super::packed::Packed;
use super::phrase::Source;
use super::texts::take;
use super::typo;
use super::words::{content_words, is_stop, sides, stem, words};

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
    /// The terms that may stand for it, the likeliest first.
    pub stands: Vec<Stand>,
    /// Whether it is no word but says on which side of another one stands.
    pub is_side: bool,
}

/// One wording of a query.
#[derive(Debug, Clone)]
pub(super) struct Wording {
    pub words: Vec<Word>,
    /// The phrase that was replaced, by what, and by whose word; `None` for the query as it was typed.
    pub replaced: Option<(String, String, Source)>,
    pub weight: f32,
}

/// A word that another one means.
const SYNONYM: f32 = 0.85;
/// A word with one letter amended.
const AMENDED: f32 = 0.75;
/// A longer word that begins alike, where the query's own is not known.
const BEGINS: f32 = 0.7;
/// Two words that are one in the manual: *snow board*.
const JOINED: f32 = 0.8;
/// A wording with a phrase replaced.
const REPLACED: f32 = 0.97;
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
/// The most other wordings that are tried.
const MOST_WORDINGS: usize = 4;

/// The wordings of `query`, as it was typed first.
pub(super) fn wordings(index: &Packed, map: &Map<Vec<u8>>, query: &str, is_typing: bool) -> Vec<Wording> {
    let typed = words(query);
    let mut wordings = vec![wording(index, map, query, None, is_typing)];
    let found = replaceable(index, &typed);
    let most = found.iter().map(|(_, stand_for)| stand_for.len()).max().unwrap_or(0);
    for choice in 0..most.min(MOST_WORDINGS) {
        let mut other = Vec::new();
        let mut said = Vec::new();
        let mut meant = Vec::new();
        let mut source = Source::LayTerm;
        let mut at = 0;
        for (range, stand_for) in &found {
            // The last meaning stands where a phrase has fewer than another.
            let (text, by) = &stand_for[choice.min(stand_for.len() - 1)];
            other.extend(typed[at..range.start].iter().map(String::as_str));
            other.push(text);
            said.push(typed[range.clone()].join(" "));
            meant.push(text.as_str());
            source = *by;
            at = range.end;
        }
        other.extend(typed[at..].iter().map(String::as_str));
        let replaced = (said.join(", "), meant.join(", "), source);
        wordings.push(wording(index, map, &other.join(" "), Some(replaced), is_typing));
    }
    wordings
}

/// What a phrase stands for, and by whose word.
type StandsFor = [(String, Source)];

/// The phrases of the query that stand for others, the longest first where they overlap.
fn replaceable<'i>(index: &'i Packed, typed: &[String]) -> Vec<(std::ops::Range<usize>, &'i StandsFor)> {
    let mut found: Vec<(std::ops::Range<usize>, &StandsFor)> = Vec::new();
    let mut start = 0;
    while start < typed.len() {
        let longest = index.thesaurus.longest.min(typed.len() - start);
        let phrase = |len: &usize| index.thesaurus.phrases.get(&typed[start..start + len].join(" "));
        // *NEC* beside other words is the manual's own remark, alone it is an abbreviation.
        let is_remark = typed.len() > 1 && is_stop(&typed[start]);
        let least = if is_remark { 2 } else { 1 };
        match (least..=longest).rev().find(|len| phrase(len).is_some()) {
            Some(len) => {
                found.extend(phrase(&len).map(|stand_for| (start..start + len, stand_for.as_slice())));
                start += len;
            }
            None => start += 1,
        }
    }
    found
}

fn wording(
    index: &Packed,
    map: &Map<Vec<u8>>,
    text: &str,
    replaced: Option<(String, String, Source)>,
    is_typing: bool,
) -> Wording {
    let content = content_words(text);
    let sides = sides(&content).into_iter().filter_map(|side| self::side(map, side));
    let content = each_once(content);
    let last = content.len().saturating_sub(1);
    let is_open = is_typing && !text.ends_with(' ');
    let whole = |at: usize| Some(format!("{}{}", content.get(at)?, content.get(at + 1)?));
    let mut words: Vec<Word> = Vec::with_capacity(content.len());
    for (at, text) in content.iter().enumerate() {
        let mut one = word(index, map, text.clone(), is_open && at == last);
        for whole in [Some(at), at.checked_sub(1)].into_iter().flatten().filter_map(whole) {
            one.stands.extend(term(map, &whole).map(|term| Stand { term, weight: JOINED, how: How::Same }));
        }
        words.push(one);
    }
    words.extend(sides);
    let weight = if replaced.is_some() { REPLACED } else { 1.0 };
    Wording { words, replaced, weight }
}

/// The words, those of one stem once: an index writes *burn, burned, burning* for one term.
fn each_once(words: Vec<String>) -> Vec<String> {
    let mut stems = Vec::with_capacity(words.len());
    let mut once = words;
    once.retain(|word| {
        let stem = stem(word);
        let is_new = !stems.contains(&stem);
        stems.push(stem);
        is_new
    });
    once
}

/// A side as a word of the query, if a phrase has it.
fn side(map: &Map<Vec<u8>>, text: String) -> Option<Word> {
    let term = u32::try_from(map.get(&text)?).ok()?;
    Some(Word { text, stands: vec![Stand { term, weight: 1.0, how: How::Same }], is_side: true })
}

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
fn word(index: &Packed, map: &Map<Vec<u8>>, text: String, is_open: bool) -> Word {
    let mut stands = Stands::default();
    let known = term(map, &text);
    if let Some(term) = known {
        stands.add(term, 1.0, How::Same);
        stands.relatives(index, term, 1.0);
    }
    for other in index.thesaurus.words.get(&text).into_iter().flatten() {
        if let Some(term) = term(map, other) {
            stands.add(term, SYNONYM, How::Related);
        }
    }
    if is_open || (known.is_none() && text.len() >= 4) {
        complete(map, &text, &mut stands, if known.is_some() { 0.6 } else { BEGINS });
    }
    if known.is_none() {
        let amended = typo::amended(map, &text);
        if amended.is_empty() {
            parts(map, &text, &mut stands);
        }
        for (term, edits) in amended {
            let weight = AMENDED / edits as f32;
            stands.add(term, weight, How::Amended);
            stands.relatives(index, term, weight);
        }
    }
    if FAINT.contains(&text.as_str()) {
        stands.0.iter_mut().for_each(|stand| stand.weight *= FAINT_WEIGHT);
    }
    if let Some(best) = known.map(|term| index.rarity[term as usize]) {
        stands.0.retain(|stand| {
            stand.weight * index.rarity[stand.term as usize] > best * WORTH || stand.weight >= SYNONYM
        });
    }
    stands.0.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    Word { text, stands: stands.0, is_side: false }
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
