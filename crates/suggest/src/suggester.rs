//! The desk that reads a document and proposes codes.

use std::collections::BTreeMap;

use codeset::{Code, TableError};

use crate::acceptance::Acceptance;
use crate::candidate::{Candidate, Finder};
use crate::codebook::Codebook;
use crate::counts::Counts;
use crate::manual::{Manual, Sources, table};
use crate::mention::{Mention, Reading};
use crate::policy::{Policy, Use};
use crate::settle::Settlement;
use crate::specify::Specifiers;
use crate::suggestion::{Evidence, Standing, Status, Step, Suggestion};
use crate::weights::Weights;
use crate::words::words;

/// The most passages a suggestion shows.
const MAX_EVIDENCE: usize = 8;
/// How many words on either side of a mention may specify its code.
const NEAR_WORDS: usize = 8;

/// A document to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Document<'d> {
    /// How the caller names it; evidence refers to it so.
    pub id: &'d str,
    /// Its type, a key of `data/record/document-type.tsv`; `None` if nobody named one.
    pub kind: Option<&'d str>,
    /// Its text.
    pub text: &'d str,
}

/// Everything that suggestions need, opened for the codes of one day.
#[derive(Debug, Clone)]
pub struct Suggester {
    manual: Manual,
    counts: Counts,
    weights: Weights,
    specifiers: Specifiers,
    policy: Policy,
    settlement: Settlement,
}

impl Suggester {
    /// Opens `sources`, and the tables under `data/suggest/` as the program was built with them.
    pub fn open(sources: &Sources<'_>) -> Result<Self, TableError> {
        let mut manual = Manual::open(sources)?;
        let (phrases, codes) = (table!("phrase_count.tsv"), table!("code_count.tsv"));
        let counts = Counts::parse(phrases, codes, &mut manual.lexicon, &manual.book)?;
        manual.lexicon.finish();
        let (weights, specifiers) = (table!("weight.tsv"), table!("specifier.tsv"));
        Ok(Self {
            counts,
            weights: Weights::parse(weights.0, weights.1)?,
            specifiers: Specifiers::parse(specifiers.0, specifiers.1, &manual.book)?,
            policy: Policy::parse(table!("document_policy.tsv"), table!("status.tsv"))?,
            settlement: {
                let (file, text) = table!("settle.tsv");
                Settlement::parse(file, text)?
            },
            manual,
        })
    }

    /// The codes of the day.
    pub fn codes(&self) -> &Codebook {
        &self.manual.book
    }

    /// The score from which a code is proposed.
    pub fn threshold(&self) -> f64 {
        self.weights.threshold
    }

    /// What one document suggests, best first; what is far below the threshold is left out.
    pub fn suggest(&self, document: &Document<'_>, acceptance: &Acceptance) -> Vec<Suggestion> {
        let policy = self.policy.document(document.kind);
        if policy.usage == Use::Ignored {
            return Vec::new();
        }
        let reading = self.manual.read(document.text);
        let finder = Finder {
            lexicon: &self.manual.lexicon,
            counts: &self.counts,
            settings: self.weights.settings,
            acceptance,
            left_out: None,
        };
        let candidates = finder.candidates(&reading);
        let mut found: BTreeMap<Code, Suggestion> = BTreeMap::new();
        for candidate in &candidates {
            let score = self.weights.score(&candidate.figures());
            if score >= self.weights.floor {
                let page = Page { document, reading: &reading, usage: policy.usage };
                merge(&mut found, self.suggestion(candidate, score, &page));
            }
        }
        found.retain(|code, _| policy.admits(*code));
        sorted(found)
    }

    /// What the documents of one chart suggest together, best first: each code once, with all its evidence.
    pub fn suggest_chart(&self, documents: &[Document<'_>], acceptance: &Acceptance) -> Vec<Suggestion> {
        together(documents.iter().flat_map(|document| self.suggest(document, acceptance)))
    }

    /// The suggestions of all documents of one encounter as they stand beside each other: a symptom gives way to a
    /// diagnosis, an external cause needs an injury, what says less gives way to what says more. Proposed ones come first.
    pub fn settle(&self, suggestions: Vec<Suggestion>) -> Vec<Suggestion> {
        self.settlement.settle(suggestions)
    }

    fn suggestion(&self, candidate: &Candidate, score: f64, page: &Page<'_>) -> Suggestion {
        let mentions = page.mentions(candidate);
        let status = mentions.iter().map(|mention| mention.status).min().unwrap_or(Status::Asserted);
        let near = mentions.iter().flat_map(|mention| page.near(mention)).collect::<Vec<_>>();
        let specified = self.specifiers.specify(&self.manual.book, candidate.code, &near);
        let (standing, reason) = match page.only_found_under(mentions) {
            Some(section) if score >= self.weights.threshold => (
                Standing::Query,
                format!(
                    "it stands only under '{section}', where no diagnosis is stated; it may found a query"
                ),
            ),
            _ => self.standing(score, status, page.usage),
        };
        Suggestion {
            code: specified.code,
            title: self.manual.book.title(specified.code).to_owned(),
            score,
            status,
            standing,
            reason,
            evidence: page.evidence(candidate),
            path: self.path(candidate),
            parts: self.weights.parts(&candidate.figures()),
            specified: specified.by,
            questions: specified.questions,
        }
    }

    /// The least that score, statement and document allow, and why.
    fn standing(&self, score: f64, status: Status, usage: Use) -> (Standing, String) {
        let threshold = self.weights.threshold;
        if score < threshold {
            return (Standing::Withheld, format!("the score is below {threshold:.2}"));
        }
        let (standing, reason) = self.policy.status(status);
        if usage == Use::Caution && standing == Standing::Proposed {
            let reason = "this type of document is no provider's diagnostic statement; it may found a query";
            return (Standing::Query, reason.to_owned());
        }
        (standing, reason.to_owned())
    }

    fn path(&self, candidate: &Candidate) -> Vec<Step> {
        let lexicon = &self.manual.lexicon;
        let entry = candidate.entry.as_ref().map(|entry| {
            let target = &lexicon.get(entry.phrase).targets[entry.target];
            Step {
                phrase: lexicon.key(entry.phrase),
                entry: Some((target.text.clone(), target.source)),
                seen: entry.seen,
                coded: entry.coded,
                accepted_here: entry.here.accepted,
                rejected_here: entry.here.rejected,
            }
        });
        let is_entry = |phrase| candidate.entry.as_ref().is_some_and(|entry| entry.phrase == phrase);
        let counted = candidate.chosen.iter().filter(|ground| !is_entry(ground.phrase)).map(|ground| Step {
            phrase: lexicon.key(ground.phrase),
            entry: None,
            seen: ground.seen,
            coded: ground.coded,
            accepted_here: ground.here.accepted,
            rejected_here: ground.here.rejected,
        });
        entry.into_iter().chain(counted).collect()
    }
}

/// A document being read.
struct Page<'p> {
    document: &'p Document<'p>,
    reading: &'p Reading,
    usage: Use,
}

impl Page<'_> {
    /// The mentions of the phrase that says most.
    fn mentions(&self, candidate: &Candidate) -> &[Mention] {
        let first = candidate.phrases().into_iter().next();
        first.and_then(|phrase| self.reading.by_phrase.get(&phrase)).map_or(&[], Vec::as_slice)
    }

    /// The section under which alone something stands in a document whose type is known, where it is none in which
    /// diagnoses are stated. What is denied there, or said of others, stays what it is.
    fn only_found_under(&self, mentions: &[Mention]) -> Option<&str> {
        self.document.kind?;
        let sentence = |mention: &Mention| &self.reading.sentences[mention.sentence];
        let speaks = |mention: &&Mention| mention.status <= Status::Uncertain;
        let mut speaking = mentions.iter().filter(speaks).map(sentence);
        let first = speaking.next()?;
        let is_found_only = !first.is_statement && speaking.all(|one| !one.is_statement);
        is_found_only.then(|| first.section.as_deref().unwrap_or_default())
    }

    /// The folded words near a mention, in its sentence.
    fn near(&self, mention: &Mention) -> Vec<String> {
        let sentence = &self.reading.sentences[mention.sentence];
        let words = words(self.document.text, sentence.start, sentence.end);
        let first = words.iter().position(|word| word.end > mention.start).unwrap_or(0);
        let last = words.iter().rposition(|word| word.start < mention.end).unwrap_or(0);
        let from = first.saturating_sub(NEAR_WORDS);
        let near = words.into_iter().skip(from).take(last + NEAR_WORDS + 1 - from);
        near.map(|word| word.folded).collect()
    }

    /// The passages of the phrase that says most; those that only keep it company stand in the path.
    fn evidence(&self, candidate: &Candidate) -> Vec<Evidence> {
        let mentions = self.mentions(candidate).iter();
        mentions.map(|mention| self.passage(mention)).take(MAX_EVIDENCE).collect()
    }

    fn passage(&self, mention: &Mention) -> Evidence {
        let sentence = &self.reading.sentences[mention.sentence];
        let text = |start: usize, end: usize| self.document.text[start..end].to_owned();
        Evidence {
            document: self.document.id.to_owned(),
            section: sentence.section.clone(),
            start: mention.start,
            end: mention.end,
            sentence_start: sentence.start,
            sentence_end: sentence.end,
            sentence: text(sentence.start, sentence.end),
            words: text(mention.start, mention.end),
            status: mention.status,
            because: mention.because.clone(),
        }
    }
}

/// What several documents suggested, best first: each code once, with all its evidence.
pub fn together(suggestions: impl IntoIterator<Item = Suggestion>) -> Vec<Suggestion> {
    let mut found = BTreeMap::new();
    suggestions.into_iter().for_each(|suggestion| merge(&mut found, suggestion));
    sorted(found)
}

/// Adds a suggestion to those found; of two for one code the better stays and takes the other's evidence.
fn merge(found: &mut BTreeMap<Code, Suggestion>, mut suggestion: Suggestion) {
    let rank = |suggestion: &Suggestion| (suggestion.standing, suggestion.score);
    if let Some(mut held) = found.remove(&suggestion.code) {
        if rank(&held) >= rank(&suggestion) {
            std::mem::swap(&mut held, &mut suggestion);
        }
        for evidence in held.evidence {
            if suggestion.evidence.len() < MAX_EVIDENCE && !suggestion.evidence.contains(&evidence) {
                suggestion.evidence.push(evidence);
            }
        }
    }
    found.insert(suggestion.code, suggestion);
}

fn sorted(found: BTreeMap<Code, Suggestion>) -> Vec<Suggestion> {
    let mut suggestions: Vec<Suggestion> = found.into_values().collect();
    suggestions.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.code.cmp(&b.code)));
    suggestions
}
