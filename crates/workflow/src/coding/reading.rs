//! Documents read for codes. What reads them is opened once for each edition of the codes, and what a document
//! suggests is kept by its digest: the next look at the same desk reads nothing again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chart::document::Document;
use chart::id::Digest;
use codeset::manual::{Classification, Manual};
use codeset::{Family, Synonym};
use encoder::Notes;
use jiff::civil::Date;
use store::coding::Learned;
use suggest::{Acceptance, Decisions, Sources, Suggester, Suggestion};

use super::Books;
use crate::{Error, Result};

/// Documents whose suggestions are kept at most; then it is begun anew.
const MOST_KEPT: usize = 2_000;

/// What was opened and what was read.
#[derive(Default)]
pub(super) struct Reading {
    /// By edition of the codes and version of the synonym packs.
    open: Mutex<HashMap<String, Arc<Suggester>>>,
    /// By digest of the document, its type, the edition and what was learned here.
    kept: Mutex<HashMap<Digest, Arc<Vec<Suggestion>>>>,
}

/// What coders here decided, ready to be counted in.
pub(super) struct Experience {
    acceptance: Acceptance,
    digest: Digest,
}

impl Experience {
    /// A code that another was taken for was not the right one: it counts as rejected.
    pub(super) fn of(learned: &[Learned]) -> Self {
        let mut acceptance = Acceptance::default();
        for one in learned {
            let count = |times: i64| u32::try_from(times).unwrap_or(u32::MAX);
            let (accepted, rejected) = (count(one.accepted), count(one.replaced + one.rejected));
            acceptance.add(&one.phrase, one.code, Decisions { accepted, rejected });
        }
        Self { acceptance, digest: Digest::of(format!("{learned:?}").as_bytes()) }
    }
}

impl Books {
    /// What these documents suggest on the codes of a day, best first.
    pub(super) fn suggestions(
        &self,
        documents: &[Document],
        experience: &Experience,
        day: Date,
    ) -> Result<Vec<Suggestion>> {
        let (edition, suggester) = self.suggester(day)?;
        let of = |document: &Document| self.suggested(&edition, &suggester, document, experience);
        let all = documents.iter().flat_map(|document| of(document).as_ref().clone());
        Ok(suggester.settle(suggest::together(all)))
    }

    fn suggested(
        &self,
        edition: &str,
        suggester: &Suggester,
        document: &Document,
        experience: &Experience,
    ) -> Arc<Vec<Suggestion>> {
        let (id, text) = (document.id.to_string(), document.content.plain_text());
        let kind = document.content.type_key();
        let named = format!("{edition}\n{id}\n{}\n{}\n{text}", kind.unwrap_or_default(), experience.digest);
        let key = Digest::of(named.as_bytes());
        let held = |kept: &HashMap<Digest, Arc<Vec<Suggestion>>>| kept.get(&key).cloned();
        if let Some(known) = held(&self.reading.kept.lock().unwrap_or_else(PoisonError::into_inner)) {
            return known;
        }
        // A document whose type nobody named may only found a query.
        let asked = suggest::Document { id: &id, kind: Some(kind.unwrap_or("unnamed")), text: &text };
        let found = Arc::new(suggester.suggest(&asked, &experience.acceptance));
        let mut kept = self.reading.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&found));
        found
    }

    fn suggester(&self, day: Date) -> Result<(String, Arc<Suggester>)> {
        let edition = self.desk.editions().on(Family::Icd10cm, day);
        let edition = edition.map_err(|error| Error::refused(error.to_string()))?.id();
        let packed = self.packed();
        let edition = format!("{edition} with packs {}", packed.version);
        let mut open = self.reading.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = open.get(&edition) {
            return Ok((edition, Arc::clone(known)));
        }
        let opened = Arc::new(self.open_suggester(day, &packed.synonyms)?);
        // Packs that were put away are not read with again.
        open.retain(|known, _| known.ends_with(&format!(" {}", packed.version)));
        open.insert(edition.clone(), Arc::clone(&opened));
        Ok((edition, opened))
    }

    fn open_suggester(&self, day: Date, synonyms: &[Synonym]) -> Result<Suggester> {
        let entries = Manual::new(&self.pack).entries(Classification::Icd10cm);
        let entries = entries.map_err(|error| Error::refused(error.to_string()))?;
        let notes = Notes::open(&self.pack).map_err(|error| Error::refused(error.to_string()))?;
        let terms = notes.terms(day);
        let sources = Sources { entries: &entries, terms: &terms, synonyms, date: day };
        Suggester::open(&sources).map_err(|error| Error::refused(error.to_string()))
    }
}
