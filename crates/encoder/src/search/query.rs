//! What a query asks for: its words, what else may stand for each, and its other wordings.

use fst::{IntoStreamer, Map, Streamer};

use super::packed::Packed;
use super::phrase::Source;
use super::texts::take;
use super::typo;
use super::words::{content_words, stem, words};

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
/// A wording with a phrase replaced.
const REPLACED: f32 = 0.97;
/// The most words that a beginning is completed to.
const MOST_COMPLETED: usize = 60;
/// The most other wordings that are tried.
const MOST_WORDINGS: usize = 4;

/// The wordings of `query`, as it was typed first.
pub(super) fn wordings(index: &Packed, map: &Map<Vec<u8>>, query: &str, is_typing: bool) -> Vec<Wording> {
    let typed = words(query);
    let mut wordings = vec![wording(index, map, query, None, is_typing)];
    let mut replaced_to = 0;
    for start in 0..typed.len() {
        if start < replaced_to {
            continue;
        }
        for len in (1..=index.thesaurus.longest.min(typed.len() - start)).rev() {
            let phrase = typed[start..start + len].join(" ");
            let Some(stand_for) = index.thesaurus.phrases.get(&phrase) else { continue };
            for (text, source) in stand_for.iter().take(MOST_WORDINGS + 1 - wordings.len()) {
                let other = [&typed[..start].join(" "), text, &typed[start + len..].join(" ")]
                    .map(String::as_str)
                    .join(" ");
                let replaced = (phrase.clone(), text.clone(), *source);
                wordings.push(wording(index, map, &other, Some(replaced), is_typing));
            }
            replaced_to = start + len;
            break;
        }
    }
    wordings
}

fn wording(
    index: &Packed,
    map: &Map<Vec<u8>>,
    text: &str,
    replaced: Option<(String, String, Source)>,
    is_typing: bool,
) -> Wording {
    let mut content = content_words(text);
    content.dedup();
    let last = content.len().saturating_sub(1);
    let is_open = is_typing && !text.ends_with(' ');
    let words = content.into_iter().enumerate();
    let words = words.map(|(at, text)| word(index, map, text, is_open && at == last)).collect();
    let weight = if replaced.is_some() { REPLACED } else { 1.0 };
    Wording { words, replaced, weight }
}

/// The terms that may stand for `text`; `is_open` while its end is not typed yet.
fn word(index: &Packed, map: &Map<Vec<u8>>, text: String, is_open: bool) -> Word {
    let mut stands = Stands::default();
    let known = term(map, &text);
    if let Some(term) = known {
        stands.add(term, 1.0, How::Same);
        stands.relatives(index, term);
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
        for (term, edits) in typo::amended(map, &text) {
            stands.add(term, AMENDED / edits as f32, How::Amended);
        }
    }
    stands.0.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    Word { text, stands: stands.0 }
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

    fn relatives(&mut self, index: &Packed, of: u32) {
        let mut list = index.related.get(of as usize);
        while let Some(term) = take(&mut list)
            && let Some((weight, rest)) = list.split_first()
        {
            self.add(term, f32::from(*weight) / 255.0, How::Related);
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
        if let Ok(term) = u32::try_from(number) {
            stands.add(term, weight / (1.0 + 0.05 * to_come as f32), How::Begins);
        }
        completed += 1;
    }
}
