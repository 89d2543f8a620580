//! Which codes the phrases of a document may stand for, and the figures that speak for each.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use codeset::Code;

use crate::acceptance::{Acceptance, Decisions};
use crate::counts::{Counts, PhraseCount};
use crate::lexicon::{Lexicon, PhraseId, Source, StemId};
use crate::mention::{Mention, Reading};
use crate::weights::{Figures, Settings};

/// The most phrases that speak for one code together; they share no word.
const MAX_CHOSEN: usize = 4;
/// The fewest charts in which a phrase stood with a code before that counts.
const MIN_CHARTS: u32 = 2;
/// Shares are kept this far from nothing and from certainty.
const SHARE_EDGE: f64 = 0.02;
/// What stands for the log-odds of a share where there is none.
const NO_SHARE: f64 = -4.0;
/// Added to a code's usual share, so that a code never seen has a logarithm.
const RARE: f64 = 1e-3;
/// The same within a ratio.
const RARE_RATIO: f64 = 1e-4;
/// A count of phrases above this says no more.
const MANY: usize = 10;

/// A phrase that counts speak for.
#[derive(Debug, Clone)]
pub(crate) struct Ground {
    pub phrase: PhraseId,
    pub seen: u32,
    pub coded: u32,
    pub here: Decisions,
    /// The share of charts with the phrase that carried the code, shrunk towards the code's usual share.
    share: f64,
}

/// A dictionary's entry that stands in the document.
#[derive(Debug, Clone)]
pub(crate) struct EntryGround {
    pub phrase: PhraseId,
    /// Which of the phrase's targets.
    pub target: usize,
    /// Whether it is among the phrases that charts were counted for; those of wide vocabularies are not.
    pub is_counted: bool,
    pub seen: u32,
    pub coded: u32,
    pub here: Decisions,
}

/// A code that the document may be about.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub code: Code,
    /// The strongest phrases that share no word, strongest first.
    pub chosen: Vec<Ground>,
    pub entry: Option<EntryGround>,
    /// The code's usual share of charts.
    prior: f64,
    /// How many phrases speak for it, those that share words included.
    grounds: usize,
    /// Whether no other code is better supported by the words of the strongest phrase.
    explains: bool,
    /// Mentions of the strongest phrase.
    mentions: usize,
    /// Where it first stands: 0 at the beginning of the document, 1 at its end.
    position: f64,
}

/// What candidates are found with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Finder<'f> {
    pub lexicon: &'f Lexicon,
    pub counts: &'f Counts,
    pub settings: Settings,
    pub acceptance: &'f Acceptance,
    /// The codes of the chart that is read, where it was among those counted: it must not speak for itself.
    pub left_out: Option<&'f BTreeSet<Code>>,
}

/// What is gathered for one code.
#[derive(Default)]
struct Gathered {
    grounds: Vec<Ground>,
    entries: Vec<EntryGround>,
}

impl Finder<'_> {
    /// The candidates of a document, in order of code.
    pub(crate) fn candidates(&self, reading: &Reading) -> Vec<Candidate> {
        let mut gathered: BTreeMap<Code, Gathered> = BTreeMap::new();
        let hidden = hidden(self.lexicon, reading);
        for (phrase, mentions) in &reading.by_phrase {
            if !hidden.contains(phrase) {
                self.gather_entries(*phrase, mentions, &mut gathered);
            }
            self.gather_counts(*phrase, &mut gathered);
        }
        let mut candidates: Vec<Candidate> =
            gathered.into_iter().map(|(code, gathered)| self.candidate(code, gathered, reading)).collect();
        mark_explaining(self.lexicon, &mut candidates);
        candidates
    }

    fn gather_entries(&self, phrase: PhraseId, mentions: &[Mention], into: &mut BTreeMap<Code, Gathered>) {
        let is_abbreviated = mentions.iter().any(|mention| mention.capitals);
        for (target, entry) in self.lexicon.get(phrase).targets.iter().enumerate() {
            if entry.source == Source::Abbreviation && !is_abbreviated {
                continue;
            }
            let (seen, coded) = self.count(phrase, entry.code);
            let here = self.here(phrase, entry.code);
            let gathered = into.entry(entry.code).or_default();
            let is_counted = entry.source != Source::SynonymPack;
            gathered.entries.push(EntryGround { phrase, target, is_counted, seen, coded, here });
            let has_counts =
                self.counts.phrases.get(&phrase).is_some_and(|count| count.coded.contains_key(&entry.code));
            if here != Decisions::default() && !has_counts {
                let share = self.share(seen, coded, here, self.prior(entry.code));
                gathered.grounds.push(Ground { phrase, seen, coded, here, share });
            }
        }
    }

    fn gather_counts(&self, phrase: PhraseId, into: &mut BTreeMap<Code, Gathered>) {
        let Some(count) = self.counts.phrases.get(&phrase) else { return };
        let seen = self.seen(count);
        let most = self.settings.max_spread * f64::from(self.counts.charts);
        if seen < MIN_CHARTS || f64::from(seen) > most {
            return;
        }
        for (code, coded) in &count.coded {
            let coded = coded - self.left_out_of(*code).min(*coded);
            let prior = self.prior(*code);
            let here = self.here(phrase, *code);
            let share = self.share(seen, coded, here, prior);
            let is_enough = coded >= MIN_CHARTS
                && share >= self.settings.min_share
                && share >= self.settings.min_lift * prior;
            if is_enough || here != Decisions::default() {
                into.entry(*code).or_default().grounds.push(Ground { phrase, seen, coded, here, share });
            }
        }
    }

    fn candidate(&self, code: Code, gathered: Gathered, reading: &Reading) -> Candidate {
        let Gathered { mut grounds, entries } = gathered;
        grounds.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.phrase.cmp(&b.phrase)));
        let first = grounds.first().and_then(|ground| reading.by_phrase.get(&ground.phrase));
        let first = first.map_or(&[][..], Vec::as_slice);
        let sentences = reading.sentences.len().max(1);
        let longest = |entry: &EntryGround| (self.lexicon.get(entry.phrase).stems.len(), entry.phrase);
        Candidate {
            code,
            prior: self.prior(code),
            grounds: grounds.len(),
            explains: false,
            mentions: first.len(),
            position: first.first().map_or(0.0, |mention| ratio(mention.sentence, sentences)),
            entry: entries.into_iter().max_by_key(longest),
            chosen: disjoint(self.lexicon, grounds),
        }
    }

    fn count(&self, phrase: PhraseId, code: Code) -> (u32, u32) {
        let Some(count) = self.counts.phrases.get(&phrase) else { return (0, 0) };
        let coded = count.coded.get(&code).copied().unwrap_or(0);
        (self.seen(count), coded - self.left_out_of(code).min(coded))
    }

    fn seen(&self, count: &PhraseCount) -> u32 {
        count.seen - u32::from(self.left_out.is_some())
    }

    /// One, if the chart that is left out carries `code`.
    fn left_out_of(&self, code: Code) -> u32 {
        u32::from(self.left_out.is_some_and(|codes| codes.contains(&code)))
    }

    fn prior(&self, code: Code) -> f64 {
        let charts = self.counts.charts - u32::from(self.left_out.is_some());
        let with = self.counts.codes.get(&code).copied().unwrap_or(0);
        f64::from(with - self.left_out_of(code).min(with)) / f64::from(charts.max(1))
    }

    fn here(&self, phrase: PhraseId, code: Code) -> Decisions {
        if self.acceptance.is_empty() {
            return Decisions::default();
        }
        self.acceptance.of(&self.lexicon.key(phrase), code)
    }

    fn share(&self, seen: u32, coded: u32, here: Decisions, prior: f64) -> f64 {
        let Settings { shrink, local, .. } = self.settings;
        let accepted = local * f64::from(here.accepted);
        let decided = accepted + local * f64::from(here.rejected);
        (f64::from(coded) + accepted + shrink * prior) / (f64::from(seen) + decided + shrink)
    }
}

/// Dictionary phrases that only stand within longer ones: *nephropathy* in *diabetic nephropathy*.
fn hidden(lexicon: &Lexicon, reading: &Reading) -> BTreeSet<PhraseId> {
    let mut by_sentence: HashMap<usize, Vec<(&Mention, usize)>> = HashMap::new();
    for mention in reading.by_phrase.values().flatten() {
        let phrase = lexicon.get(mention.phrase);
        if !phrase.targets.is_empty() {
            by_sentence.entry(mention.sentence).or_default().push((mention, phrase.stems.len()));
        }
    }
    let is_within = |mention: &Mention, len: usize| {
        let others = by_sentence.get(&mention.sentence).into_iter().flatten();
        others.into_iter().any(|(other, other_len)| {
            *other_len > len && other.start <= mention.start && mention.end <= other.end
        })
    };
    let mut hidden = BTreeSet::new();
    for (phrase, mentions) in &reading.by_phrase {
        let len = lexicon.get(*phrase).stems.len();
        if mentions.iter().all(|mention| is_within(mention, len)) {
            hidden.insert(*phrase);
        }
    }
    hidden
}

/// The strongest grounds that share no word.
fn disjoint(lexicon: &Lexicon, grounds: Vec<Ground>) -> Vec<Ground> {
    let mut used: BTreeSet<StemId> = BTreeSet::new();
    let mut chosen = Vec::new();
    for ground in grounds {
        let stems = &lexicon.get(ground.phrase).stems;
        if chosen.len() < MAX_CHOSEN && stems.iter().all(|stem| !used.contains(stem)) {
            used.extend(stems);
            chosen.push(ground);
        }
    }
    chosen
}

/// Marks the candidates whose strongest phrase has no word that speaks louder for another code.
fn mark_explaining(lexicon: &Lexicon, candidates: &mut [Candidate]) {
    let mut best: HashMap<StemId, (f64, Code)> = HashMap::new();
    for candidate in candidates.iter() {
        for ground in &candidate.chosen {
            for stem in &lexicon.get(ground.phrase).stems {
                let held = best.entry(*stem).or_insert((ground.share, candidate.code));
                if ground.share > held.0 {
                    *held = (ground.share, candidate.code);
                }
            }
        }
    }
    for candidate in candidates {
        let code = candidate.code;
        let is_best = |stem: &StemId| best.get(stem).is_some_and(|(_, best)| *best == code);
        candidate.explains =
            candidate.chosen.first().is_some_and(|g| lexicon.get(g.phrase).stems.iter().all(is_best));
    }
}

impl Candidate {
    /// The figures of the score, in the order of [`crate::weights::NAMES`].
    pub(crate) fn figures(&self) -> Figures {
        let share = |at: usize| self.chosen.get(at).map_or(NO_SHARE, |ground| log_odds(ground.share));
        let none: f64 = self.chosen.iter().map(|ground| 1.0 - ground.share).product();
        let surprise = |ground: &Ground| (ground.share / (self.prior + RARE_RATIO)).ln().max(0.0);
        let (seen, coded) = self.entry.as_ref().map_or((0, 0), |entry| (entry.seen, entry.coded));
        let is = |yes: bool| if yes { 1.0 } else { 0.0 };
        let support = self.chosen.first().map_or(0, |ground| ground.coded);
        [
            share(0),
            share(1),
            if self.chosen.is_empty() { NO_SHARE } else { log_odds(1.0 - none) },
            self.chosen.iter().map(surprise).sum(),
            f64::from(support).ln_1p(),
            (self.prior + RARE).ln(),
            is(self.entry.is_some()),
            if seen > 0 { log_odds((f64::from(coded) + 0.3) / (f64::from(seen) + 1.0)) } else { 0.0 },
            is(seen == 0 && self.entry.as_ref().is_some_and(|entry| entry.is_counted)),
            ratio(self.mentions, 1).ln_1p(),
            self.position,
            is(self.chosen.is_empty()),
            is(self.prior == 0.0),
            ratio(self.chosen.len(), 1),
            ratio(self.grounds.min(MANY), 1).ln_1p(),
            is(self.explains),
        ]
    }

    /// The phrases it rests on, the one that says most first.
    pub(crate) fn phrases(&self) -> Vec<PhraseId> {
        let mut phrases: Vec<PhraseId> = self.entry.iter().map(|entry| entry.phrase).collect();
        for ground in &self.chosen {
            if !phrases.contains(&ground.phrase) {
                phrases.push(ground.phrase);
            }
        }
        phrases
    }
}

fn log_odds(share: f64) -> f64 {
    let share = share.clamp(SHARE_EDGE, 1.0 - SHARE_EDGE);
    (share / (1.0 - share)).ln()
}

/// Small counts as a ratio.
fn ratio(part: usize, whole: usize) -> f64 {
    let as_float = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    as_float(part) / as_float(whole)
}
