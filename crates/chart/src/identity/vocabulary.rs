//! The word lists that normalising needs: nicknames, placeholders, titles, address words. Data, so that a hospital
//! can add its own.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::table::{self, TableError};

/// Word lists by what they are for.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// Familiar form → the formal names it may stand for, sorted.
    formal: HashMap<String, Vec<String>>,
    /// Kind and value, as in `placeholders.tsv`.
    placeholders: HashMap<String, HashSet<String>>,
    /// Word → title, generation or particle.
    beside_names: HashMap<String, Beside>,
    /// Kind → (as written → short form).
    short: HashMap<String, HashMap<String, String>>,
}

/// What a word beside a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    /// Mr, Dr, …: says nothing of who it is.
    Title,
    /// Jr, III, …: which of several people of one name.
    Generation(u8),
    /// De, van, …: part of a name, too common to match by alone.
    Particle,
}

impl Vocabulary {
    /// The lists that come with the program.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Vocabulary> = LazyLock::new(|| {
            Vocabulary::read(
                include_str!("../../../../data/identity/nicknames.tsv"),
                include_str!("../../../../data/identity/placeholders.tsv"),
                include_str!("../../../../data/identity/name_words.tsv"),
                include_str!("../../../../data/identity/address_words.tsv"),
            )
            .expect("a test reads the shipped word lists")
        });
        &SHIPPED
    }

    /// Reads the four lists, in the layout of the files of the same names under `data/identity/`.
    ///
    /// # Errors
    /// [`TableError`] says which line cannot be read and why.
    pub fn read(
        nicknames: &str,
        placeholders: &str,
        name_words: &str,
        address_words: &str,
    ) -> Result<Self, TableError> {
        let mut lists = Self::default();
        for [formal, familiar] in table::rows("nicknames", nicknames)? {
            lists.formal.entry(familiar.to_owned()).or_default().push(formal.to_owned());
        }
        for [kind, value] in table::rows("placeholders", placeholders)? {
            lists.placeholders.entry(kind.to_owned()).or_default().insert(value.to_owned());
        }
        for [kind, word, value] in table::rows("name_words", name_words)? {
            lists.beside_names.insert(word.to_owned(), beside(kind, value)?);
        }
        for [kind, written, short] in table::rows("address_words", address_words)? {
            lists.short.entry(kind.to_owned()).or_default().insert(written.to_owned(), short.to_owned());
        }
        Ok(lists)
    }

    /// The formal names that `given` may stand for, itself among them.
    pub(super) fn formal_names(&self, given: &str) -> Vec<String> {
        let mut names = self.formal.get(given).cloned().unwrap_or_default();
        names.push(given.to_owned());
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Whether `value` is what people type in a field of this kind when they do not know.
    pub(super) fn is_placeholder(&self, kind: &str, value: &str) -> bool {
        self.placeholders.get(kind).is_some_and(|values| values.contains(value))
    }

    /// What a word beside a name is, if it is not a name.
    pub(super) fn beside_name(&self, word: &str) -> Option<Beside> {
        self.beside_names.get(word).copied()
    }

    /// The short form of an address word, or `None` where it has none.
    pub(super) fn short(&self, kind: &str, written: &str) -> Option<&str> {
        self.short.get(kind)?.get(written).map(String::as_str)
    }
}

fn beside(kind: &str, value: &str) -> Result<Beside, TableError> {
    match kind {
        "title" => Ok(Beside::Title),
        "particle" => Ok(Beside::Particle),
        "generation" => Ok(Beside::Generation(table::number("name_words", value)?)),
        _ => Err(TableError::Word { table: "name_words", word: kind.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nickname_may_stand_for_several_names() {
        let names = Vocabulary::shipped().formal_names("JERRY");
        assert_eq!(names, ["GERALD", "GERARD", "JEREMIAH", "JEREMY", "JEROME", "JERRY"]);
    }

    #[test]
    fn a_wrong_row_is_named() {
        let error = Vocabulary::read("# Source: x\nformal\tfamiliar\nROBERT\n", "", "", "")
            .expect_err("a row of one column");
        assert_eq!(error.to_string(), "nicknames, line 3: 1 columns where 2 are expected");
    }
}
