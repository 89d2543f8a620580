//! The index that stands in for the official one where a hospital has not imported it: every title and every inclusion
//! term of the tabular list, in alphabetic order.

use codeset::Pack;
use codeset::manual::{Classification, Manual};
use jiff::civil::Date;

use super::{Entry, Index, Lead};
use crate::{EncoderError, Node, NoteKind, Notes};

/// Codes with a seventh character repeat the title of the code without.
const STEM_LEN: usize = 6;

impl Index {
    /// Builds the index of the tabular list of `pack` on `date`.
    pub fn built(pack: &Pack, date: Date) -> Result<Self, EncoderError> {
        let entry = |text: &str, code| Entry {
            path: vec![capital(text)],
            nonessential: String::new(),
            lead: Lead::Code(code),
        };
        let mut entries = Vec::new();
        for of in Manual::new(pack).entries(Classification::Icd10cm)? {
            let stands = of.is_header() || of.is_valid_on(date);
            if let (true, Some(title)) = (stands && of.code.to_string().len() <= STEM_LEN, of.title_on(date))
            {
                entries.push(entry(&title.text, of.code));
            }
        }
        for note in Notes::open(pack)?.all() {
            if let (NoteKind::InclusionTerm, Node::Code(code)) = (note.kind, note.node)
                && note.valid.holds(date)
            {
                entries.push(entry(&note.text, code));
            }
        }
        entries.sort_by_cached_key(|entry| entry.path.join(" ").to_lowercase());
        entries.dedup();
        Ok(Self {
            title: "built from titles and inclusion terms".to_owned(),
            version: String::new(),
            entries,
        })
    }

    /// Where the entries whose main term begins with `text`, or follows it in the alphabet, begin.
    pub fn place_of(&self, text: &str) -> usize {
        let wanted = text.trim().to_lowercase();
        let main = |entry: &Entry| entry.path.first().map(|term| term.to_lowercase()).unwrap_or_default();
        let begins = self.entries.iter().position(|entry| main(entry).starts_with(&wanted));
        let follows = || self.entries.iter().position(|entry| main(entry) >= wanted);
        begins.or_else(follows).unwrap_or(self.entries.len())
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
