//! What is opened to read documents with: the codes of a day, the phrases, the headings and the cues.

use codeset::manual::Entry;
use codeset::{Code, Synonym, Table, TableError};
use jiff::civil::Date;

use crate::codebook::{Codebook, node_of};
use crate::context::Cues;
use crate::lexicon::{Lexicon, Source};
use crate::mention::{Reading, read};
use crate::section::Headings;

/// The tables of this crate, as the program was built with them: name under `data/`, text.
macro_rules! table {
    ($name:literal) => {
        (concat!("suggest/", $name), include_str!(concat!("../../../data/suggest/", $name)))
    };
}
pub(crate) use table;

/// What suggestions are opened from.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'s> {
    /// Every entry of the diagnosis manual, in order of code.
    pub entries: &'s [Entry],
    /// The conditions that codes and headings take in by the notes of the tabular list: inclusion terms, *includes*.
    pub terms: &'s [(Code, &'s str)],
    /// The synonym packs of the facility, one after the other.
    pub synonyms: &'s [Synonym],
    /// The day whose codes are proposed.
    pub date: Date,
}

/// What documents are read with.
#[derive(Debug, Clone)]
pub(crate) struct Manual {
    pub book: Codebook,
    pub lexicon: Lexicon,
    headings: Headings,
    cues: Cues,
}

impl Manual {
    /// Opens `sources` and our own tables.
    pub(crate) fn open(sources: &Sources<'_>) -> Result<Self, TableError> {
        let (headings, cues) = (table!("section.tsv"), table!("context.tsv"));
        let mut manual = Self {
            book: Codebook::of(sources.entries, sources.date),
            lexicon: Lexicon::default(),
            headings: Headings::parse(headings.0, headings.1)?,
            cues: Cues::parse(cues.0, cues.1)?,
        };
        manual.add_titles();
        for (code, term) in sources.terms {
            manual.add(term, node_of(*code), Source::InclusionTerm);
        }
        manual.add_table(table!("lay_term.tsv"), Source::LayTerm)?;
        manual.add_table(table!("abbreviation.tsv"), Source::Abbreviation)?;
        for synonym in sources.synonyms {
            let source = if synonym.is_own { Source::OwnSynonym } else { Source::SynonymPack };
            manual.add(&synonym.phrase, synonym.code, source);
        }
        Ok(manual)
    }

    /// Reads a document.
    pub(crate) fn read(&self, text: &str) -> Reading {
        read(&self.lexicon, &self.headings, &self.cues, text)
    }

    fn add(&mut self, text: &str, code: Code, source: Source) {
        if let Some(code) = self.book.resolve(code) {
            self.lexicon.add(text, code, source);
        }
    }

    /// Titles; not those that only say that it is another than the named ones.
    fn add_titles(&mut self) {
        let named = self.book.nodes().filter(|(_, node)| !node.title.starts_with("Other"));
        let titles: Vec<(Code, String)> = named.map(|(code, node)| (code, node.title.clone())).collect();
        for (code, title) in titles {
            self.add(&title, code, Source::Title);
        }
    }

    fn add_table(&mut self, (file, text): (&str, &str), source: Source) -> Result<(), TableError> {
        let table = Table::parse(file, text)?;
        table.expect_columns(&["phrase", "code"])?;
        for row in table.rows() {
            self.add(row.field(0), row.parse(1)?, source);
        }
        Ok(())
    }
}
