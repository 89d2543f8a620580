//! The books on the coder's desk, opened once from a pack of editions.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use codeset::manual::{Classification, Entry, Manual};
use codeset::{Code, CodeNumber, Family, Pack, PackError, Synonym};
use encoder::Search;
use encoder::search::{Hit, Phrase, Question};
use grouper::Desk;
use guidelines::Guidelines;
use jiff::civil::Date;
use pricer::{Provider, Year};

use super::manual::Manuals;
use super::reading::Reading;

/// What the manual says of a code; nothing where it has none.
type Looked = Option<Arc<Entry>>;

/// Manuals, editor, grouper, guidelines, and the rates of each year.
pub struct Books {
    pub(super) pack: Pack,
    pub(super) desk: Desk,
    pub(super) guidelines: Guidelines,
    pub(super) hospital: Option<Provider>,
    /// Search of diagnoses, with the facility's synonym packs.
    packed: RwLock<Arc<Packed>>,
    procedures: Search,
    years: Vec<(Date, Date, Year)>,
    /// Entries that were read: a page of the manual is unpacked for each that is not here.
    read: Mutex<HashMap<(Classification, Code), Looked>>,
    pub(super) reading: Reading,
    /// Manuals as they were opened last.
    pub(super) manuals: Manuals,
}

/// What the facility's synonym packs have their part in.
pub(super) struct Packed {
    /// The version of the list of packs; 0 where none was ever opened.
    pub(super) version: i64,
    pub(super) search: Search,
    pub(super) synonyms: Vec<Synonym>,
}

/// Why the books cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum BooksError {
    /// The pack is not readable.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The grouper or the editor cannot be opened.
    #[error(transparent)]
    Desk(#[from] grouper::OpenError),
    /// The guidelines cannot be opened.
    #[error(transparent)]
    Guidelines(#[from] guidelines::OpenError),
}

impl Books {
    /// Opens the books. Years whose rates or weights are not held are left out: their groups have no weight.
    ///
    /// # Errors
    /// When a part of the pack cannot be read.
    pub fn open(pack: Pack) -> Result<Self, BooksError> {
        let desk = Desk::open(&pack)?;
        let rates = desk.editions().editions().iter().filter(|one| one.family == Family::IppsRates);
        let year = |first| Year::open(&pack, desk.editions(), first).ok();
        let years = rates.filter_map(|one| Some((one.first, one.last, year(one.first)?))).collect();
        Ok(Self {
            guidelines: Guidelines::open(&pack)?,
            packed: RwLock::new(Arc::new(Packed {
                version: 0,
                search: Search::open(&pack, Classification::Icd10cm)?,
                synonyms: Vec::new(),
            })),
            procedures: Search::open(&pack, Classification::Icd10pcs)?,
            hospital: None,
            years,
            read: Mutex::default(),
            reading: Reading::default(),
            manuals: Manuals::default(),
            desk,
            pack,
        })
    }

    /// The same books, with the hospital whose stays are priced.
    #[must_use]
    pub fn of_hospital(mut self, hospital: Provider) -> Self {
        self.hospital = Some(hospital);
        self
    }

    /// The grouper and the editor.
    #[must_use]
    pub const fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The rates and weights in force on a day, where they are held.
    pub(super) fn year(&self, day: Date) -> Option<&Year> {
        self.years.iter().find(|(first, last, _)| (*first..=*last).contains(&day)).map(|(.., year)| year)
    }

    /// The codes that these words may mean.
    pub(super) fn search(&self, of: Classification, question: &Question<'_>) -> Vec<Hit> {
        match of {
            Classification::Icd10cm => self.packed().search.find(question),
            Classification::Icd10pcs => self.procedures.find(question),
        }
    }

    /// The synonym packs as they were taken in last.
    pub(super) fn packed(&self) -> Arc<Packed> {
        // Another thread that broke off has left a whole value behind: it is put in at once.
        Arc::clone(&self.packed.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The version of the list of synonym packs that were taken in last.
    pub(super) fn packs_version(&self) -> i64 {
        self.packed().version
    }

    /// Takes these synonyms in instead of those before.
    pub(super) fn take_in(&self, version: i64, synonyms: Vec<Synonym>) -> Result<(), PackError> {
        let phrases: Vec<Phrase> = synonyms.iter().cloned().map(Phrase::from).collect();
        let search = Search::open(&self.pack, Classification::Icd10cm)?;
        let search = if phrases.is_empty() { search } else { search.with(&phrases).0 };
        let packed = Arc::new(Packed { version, search, synonyms });
        *self.packed.write().unwrap_or_else(PoisonError::into_inner) = packed;
        Ok(())
    }

    /// The title of a code on a day; empty where the manual has none.
    #[must_use]
    pub fn title(&self, of: Classification, code: Code, day: Date) -> String {
        let entry = self.entry(of, code);
        entry.and_then(|entry| entry.title_on(day).map(|title| title.text.clone())).unwrap_or_default()
    }

    /// Whether a code is one of procedures: no diagnosis is written so.
    #[must_use]
    pub fn is_procedure(&self, code: Code) -> bool {
        let codes = self.desk.codes();
        codes.procedures.number(code) != CodeNumber::UNKNOWN
            && codes.diagnoses.number(code) == CodeNumber::UNKNOWN
    }

    /// Whether a code may be reported on a day.
    #[must_use]
    pub fn is_valid(&self, of: Classification, code: Code, day: Date) -> bool {
        self.entry(of, code).is_some_and(|entry| entry.is_valid_on(day))
    }

    fn entry(&self, of: Classification, code: Code) -> Option<Arc<Entry>> {
        // Another thread that broke off has left whole entries behind: each is put in at once.
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let unpack = || Manual::new(&self.pack).entry(of, code).ok().flatten().map(Arc::new);
        read.entry((of, code)).or_insert_with(unpack).clone()
    }
}
