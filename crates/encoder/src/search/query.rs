//! What a query asks for: its words, what else may stand for each, and its other wordings.

use fst::Map;

use super::packed::Packed;
use super::phrase::Source;
use super::word::{How, Lexicon, Stand, Word, term, word};
use super::words::{content_words, is_stop, sides, stem, words};

/// One wording of a query.
#[derive(Debug, Clone)]
pub(super) struct Wording {
    pub words: Vec<Word>,
    /// The phrase that was replaced, by what, and by whose word; `None` for the query as it was typed.
    pub replaced: Option<(String, String, Source)>,
    pub weight: f32,
}

/// Two words that are one in the manual: *snow board*.
const JOINED: f32 = 0.8;
/// A wording with a phrase replaced.
const REPLACED: f32 = 0.97;
/// The most other wordings that are tried.
const MOST_WORDINGS: usize = 4;

/// The wordings of `query`, as it was typed first.
pub(super) fn wordings(lexicon: &Lexicon<'_>, query: &str, is_typing: bool) -> Vec<Wording> {
    let typed = words(query);
    let mut wordings = vec![wording(lexicon, query, None, is_typing)];
    let found = replaceable(lexicon.index, &typed);
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
        wordings.push(wording(lexicon, &other.join(" "), Some(replaced), is_typing));
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
    lexicon: &Lexicon<'_>,
    text: &str,
    replaced: Option<(String, String, Source)>,
    is_typing: bool,
) -> Wording {
    let all = content_words(text);
    let content = each_once(&all);
    let last = content.len().saturating_sub(1);
    let is_open = is_typing && !text.ends_with(' ');
    let whole = |at: usize| Some(format!("{}{}", content.get(at)?, content.get(at + 1)?));
    let mut words: Vec<Word> = Vec::with_capacity(content.len());
    for (at, text) in content.iter().enumerate() {
        let mut one = word(lexicon, text.clone(), is_open && at == last);
        for whole in [Some(at), at.checked_sub(1)].into_iter().flatten().filter_map(whole) {
            one.stands.extend(term(lexicon.map, &whole).map(|term| Stand {
                term,
                weight: JOINED,
                how: How::Same,
            }));
        }
        words.push(one);
    }
    let meant = |word: &String| words.iter().find(|known| known.text == *word)?.meant.clone();
    let all: Vec<String> = all.iter().map(|word| meant(word).unwrap_or_else(|| word.clone())).collect();
    words.extend(sides(&all).into_iter().filter_map(|side| self::side(lexicon.map, side)));
    let weight = if replaced.is_some() { REPLACED } else { 1.0 };
    Wording { words, replaced, weight }
}

/// The words, those of one stem once: an index writes *burn, burned, burning* for one term.
fn each_once(words: &[String]) -> Vec<String> {
    let mut stems = Vec::with_capacity(words.len());
    let mut once = words.to_vec();
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
    Some(Word { text, meant: None, stands: vec![Stand { term, weight: 1.0, how: How::Same }], is_side: true })
}
