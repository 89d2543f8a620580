//! What of the manuals is kept open.

use std::sync::{Arc, Mutex, PoisonError};

use codeset::diff::Diff;
use codeset::manual::Entry;
use encoder::Notes;
use encoder::alphabetic::{Book, Grid, Index};
use encoder::former::Former;
use encoder::procedure::Picker;
use jiff::civil::Date;

/// What was opened last, kept for the next reader: to open it takes a moment, and people page through one thing.
#[derive(Debug)]
pub(crate) struct Kept<K, V>(Mutex<Option<(K, Arc<V>)>>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<K: PartialEq, V> Kept<K, V> {
    /// What is kept under `key`, opened if something else is. Readers of the same thing wait for one opening.
    pub(super) fn get<E>(&self, key: K, open: impl FnOnce() -> Result<V, E>) -> Result<Arc<V>, E> {
        // Whoever broke off left either the whole of the old or the whole of the new.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, value)) = kept.as_ref().filter(|(held, _)| *held == key) {
            return Ok(Arc::clone(value));
        }
        let value = Arc::new(open()?);
        *kept = Some((key, Arc::clone(&value)));
        Ok(value)
    }
}

/// The manuals that were opened last.
#[derive(Debug, Default)]
pub(crate) struct Manuals {
    pub(super) picker: Kept<Date, Picker>,
    pub(super) index: Kept<(Book, Date), Index>,
    pub(super) neoplasms: Kept<(), Option<Grid>>,
    pub(super) drugs: Kept<(), Option<Grid>>,
    pub(super) changes: Kept<(Date, Date), Diff>,
    pub(super) former: Kept<(), Former>,
    pub(super) notes: Kept<(), Notes>,
    /// The categories of the tabular list.
    pub(super) categories: Kept<(), Vec<Entry>>,
}
