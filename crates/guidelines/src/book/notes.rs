//! The notes by the place they stand at, so that those above a code are found at once.

use std::collections::HashMap;

use codeset::Code;

use crate::note::{Note, NoteKind};
use crate::span::prefix;
use crate::word::Words;

/// The shortest place that is a header of its own: a category.
const CATEGORY_LEN: usize = 3;

/// All notes of the tabular list that name other codes.
#[derive(Debug)]
pub(crate) struct Notes {
    /// Notes at codes and headers, by their place.
    at: HashMap<Code, Vec<Note>>,
    /// Notes at blocks and chapters.
    wide: Vec<Note>,
}

impl Notes {
    pub(crate) fn new(notes: Vec<Note>, words: &Words) -> Self {
        let mut at: HashMap<Code, Vec<Note>> = HashMap::new();
        let mut wide = Vec::new();
        for mut note in notes {
            if matches!(note.kind, NoteKind::UseAdditional | NoteKind::CodeAlso) {
                note.words = words.found_in(&note.text);
            }
            match Code::parse(&note.node) {
                Ok(code) if code == note.governs.first() => at.entry(code).or_default().push(note),
                _ => wide.push(note),
            }
        }
        Self { at, wide }
    }

    /// The notes that govern `code` on `day`: its own and those of every place above it.
    pub(crate) fn governing(&self, code: Code, day: u32) -> Vec<&Note> {
        let len = code.write_to(&mut [0; Code::MAX_LEN]).len();
        let places = (CATEGORY_LEN..=len).filter_map(|len| self.at.get(&prefix(code, len)));
        let above = self.wide.iter().filter(|note| note.governs.holds(code));
        places.flatten().chain(above).filter(|note| note.days.hold(day)).collect()
    }

    /// Whether any note is in force on `day`.
    pub(crate) fn any_on(&self, day: u32) -> bool {
        self.wide.iter().any(|note| note.days.hold(day))
    }
}
