//! The phrases that are looked for, as sets of stems, and what each stands for.
//!
//! A phrase is a set of stems because notes turn words round (*fracture of the femur*, *femoral fracture*). It comes
//! from the titles, the inclusion terms, our own tables or a synonym pack. Single words and pairs of words of such
//! phrases are *parts*: they stand for nothing by themselves, but counts may be kept for them.

use std::collections::{BTreeSet, HashMap};

use codeset::Code;
use serde::Serialize;

use crate::words::{Stems, Word, stem, words};

/// Stems of the longest phrase that is looked for.
const MAX_STEMS: usize = 6;
/// Words of a title that say that nothing more is said.
const VAGUE: [&str; 4] = ["nos", "nec", "unspecified", "specified"];

/// Number of a stem in a [`Lexicon`].
pub(crate) type StemId = u32;
/// Number of a phrase in a [`Lexicon`].
pub(crate) type PhraseId = u32;

/// Where a phrase comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The title of a code or header.
    Title,
    /// An inclusion term of the tabular list.
    InclusionTerm,
    /// Our table of words that patients and notes use.
    LayTerm,
    /// Our table of abbreviations; only written in capitals.
    Abbreviation,
    /// The facility's own list of phrases.
    OwnSynonym,
    /// A vocabulary that the facility opened.
    SynonymPack,
}

/// What a phrase stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    pub code: Code,
    pub source: Source,
    /// The phrase as its source writes it.
    pub text: String,
}

/// A phrase.
#[derive(Debug, Clone, Default)]
pub(crate) struct Phrase {
    /// Its stems, in order of number; a set.
    pub stems: Vec<StemId>,
    /// What it stands for; empty for a part.
    pub targets: Vec<Target>,
}

/// All phrases.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lexicon {
    stem_ids: HashMap<String, StemId>,
    known: Stems,
    stems: Vec<String>,
    phrases: Vec<Phrase>,
    ids: HashMap<Vec<StemId>, PhraseId>,
    /// Phrases of three and more stems by their rarest stem.
    by_rarest: HashMap<StemId, Vec<PhraseId>>,
}

impl Lexicon {
    /// Adds a phrase that stands for `code`; one that says nothing, or too much, is left out.
    pub(crate) fn add(&mut self, text: &str, code: Code, source: Source) {
        let stems: BTreeSet<String> = stems_of(text, &mut self.known).into_iter().collect();
        if stems.is_empty() || stems.len() > MAX_STEMS {
            return;
        }
        let stems = stems.into_iter().map(|stem| self.intern(stem)).collect();
        let id = self.phrase(stems);
        let targets = &mut self.phrases[id as usize].targets;
        if !targets.iter().any(|target| target.code == code) {
            targets.push(Target { code, source, text: text.to_owned() });
        }
    }

    /// Adds a part by its stems, if all of them are words of phrases; gives its number.
    pub(crate) fn add_part(&mut self, stems: &[&str]) -> Option<PhraseId> {
        let ids: Option<Vec<StemId>> = stems.iter().map(|stem| self.stem_ids.get(*stem).copied()).collect();
        Some(self.phrase(ids?))
    }

    /// Adds every word, and every two words that stand together in a phrase, as parts. Numbers are left
    /// out: in notes they are mostly doses and results.
    pub(crate) fn add_all_parts(&mut self) {
        let is_number = |stem: StemId| self.stems[stem as usize].bytes().all(|byte| byte.is_ascii_digit());
        let mut parts: BTreeSet<Vec<StemId>> = BTreeSet::new();
        for phrase in &self.phrases {
            for (at, first) in phrase.stems.iter().enumerate().filter(|(_, stem)| !is_number(**stem)) {
                parts.insert(vec![*first]);
                let others = phrase.stems[at + 1..].iter().filter(|stem| !is_number(**stem));
                parts.extend(others.map(|second| vec![*first, *second]));
            }
        }
        for part in parts {
            self.phrase(part);
        }
    }

    /// Makes the index of long phrases; to be called when all are added.
    pub(crate) fn finish(&mut self) {
        let mut frequency = vec![0u32; self.stems.len()];
        for stem in self.phrases.iter().flat_map(|phrase| &phrase.stems) {
            frequency[*stem as usize] += 1;
        }
        self.by_rarest.clear();
        for (id, phrase) in (0..).zip(&self.phrases) {
            let rarest = phrase.stems.iter().min_by_key(|stem| (frequency[**stem as usize], **stem));
            if let Some(rarest) = rarest.filter(|_| phrase.stems.len() > 2) {
                self.by_rarest.entry(*rarest).or_default().push(id);
            }
        }
    }

    /// The phrase of number `id`.
    pub(crate) fn get(&self, id: PhraseId) -> &Phrase {
        &self.phrases[id as usize]
    }

    /// The phrase of exactly these stems, which must be in order.
    pub(crate) fn find(&self, stems: &[StemId]) -> Option<PhraseId> {
        self.ids.get(stems).copied()
    }

    /// The phrases of three and more stems whose rarest is `stem`.
    pub(crate) fn long_phrases(&self, stem: StemId) -> &[PhraseId] {
        self.by_rarest.get(&stem).map_or(&[], Vec::as_slice)
    }

    /// The number of the stem of a word, if any phrase has it.
    pub(crate) fn stem_id(&self, folded: &str) -> Option<StemId> {
        self.stem_ids.get(&stem(folded)).copied()
    }

    /// The stems of a phrase as text, in alphabetical order: the name that counts are kept under.
    pub(crate) fn key(&self, id: PhraseId) -> String {
        let mut stems: Vec<&str> =
            self.get(id).stems.iter().map(|stem| self.stems[*stem as usize].as_str()).collect();
        stems.sort_unstable();
        stems.join(" ")
    }

    fn intern(&mut self, stem: String) -> StemId {
        if let Some(id) = self.stem_ids.get(&stem) {
            return *id;
        }
        let id = number(self.stems.len());
        self.stems.push(stem.clone());
        self.stem_ids.insert(stem, id);
        id
    }

    fn phrase(&mut self, mut stems: Vec<StemId>) -> PhraseId {
        stems.sort_unstable();
        if let Some(id) = self.ids.get(&stems) {
            return *id;
        }
        let id = number(self.phrases.len());
        self.ids.insert(stems.clone(), id);
        self.phrases.push(Phrase { stems, targets: Vec::new() });
        id
    }
}

/// A place in a list as its number: the manuals have some hundred thousand phrases.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// The stems of a phrase, without what stands in brackets and what says that nothing more is said.
pub(crate) fn stems_of(text: &str, known: &mut Stems) -> Vec<String> {
    let plain = without_brackets(text);
    let says = |word: &Word| !word.is_empty_word() && !VAGUE.contains(&word.folded.as_str());
    words(&plain, 0, plain.len())
        .iter()
        .filter(|word| says(word))
        .map(|word| known.of(&word.folded).to_owned())
        .collect()
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let keep = |letter: &char| match letter {
        '(' | '[' => {
            depth += 1;
            false
        }
        ')' | ']' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    };
    text.chars().filter(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_and_vague_words_are_left_out() {
        assert_eq!(
            stems_of("Fracture of femur (closed) [hip], unspecified", &mut Stems::default()),
            ["fractur", "femur"]
        );
    }

    #[test]
    fn word_order_does_not_matter() {
        let mut lexicon = Lexicon::default();
        lexicon.add("Fracture of the femur", Code::BLANK, Source::Title);
        lexicon.add("Femur fracture", Code::BLANK, Source::InclusionTerm);
        assert_eq!(lexicon.phrases.len(), 1);
        assert_eq!(lexicon.key(0), "femur fractur");
    }

    #[test]
    fn parts_are_words_and_pairs_of_phrases() {
        let mut lexicon = Lexicon::default();
        lexicon.add("acute renal failure", Code::BLANK, Source::Title);
        lexicon.add_all_parts();
        assert_eq!(lexicon.phrases.len(), 7, "the phrase, three words, three pairs");
        assert!(lexicon.add_part(&["acut", "unknown"]).is_none());
    }
}
