//! The tabular list at one code: where it stands, what is said of it there and above it, and which seventh characters
//! it takes.

mod note;
mod notes;
mod reference;

use std::borrow::Cow;

use codeset::manual::{DiagnosisCard, Manual, ManualError};
use codeset::{Code, Pack, PackError};
use jiff::civil::Date;
use serde::Serialize;

pub use note::{Node, Note, NoteKind};
pub use notes::Notes;
pub(crate) use notes::{Packed as PackedNotes, SECTION as NOTES_SECTION};
pub use reference::{Only, Reference};

/// Why a manual cannot be opened or read.
#[derive(Debug, thiserror::Error)]
pub enum EncoderError {
    /// The pack is damaged, or was built without the manual.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The codes of the date cannot be read.
    #[error(transparent)]
    Manual(#[from] ManualError),
    /// A table of the manual is not readable.
    #[error(transparent)]
    Table(#[from] codeset::TableError),
}

/// The tabular list of ICD-10-CM on one day.
#[derive(Debug, Clone)]
pub struct Tabular<'p> {
    manual: Manual<'p>,
    notes: Cow<'p, Notes>,
    date: Date,
}

/// Everything the tabular list says of one code or header.
#[derive(Debug, Clone)]
pub struct TabularNode<'t> {
    /// Titles, validity, what lies above and under.
    pub card: DiagnosisCard,
    /// Whether a claim of the day may report it.
    pub is_billable: bool,
    /// Notes that stand at the code itself.
    pub own: Vec<&'t Note>,
    /// Notes of what lies above it that govern it too, widest first; each names the node that states it.
    pub inherited: Vec<&'t Note>,
    /// The seventh characters it takes on the day; empty if it takes none, or has one already.
    pub seventh: Vec<SeventhCharacter>,
}

/// A seventh character that a code takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeventhCharacter {
    /// The character.
    pub character: char,
    /// What it says, such as `initial encounter`.
    pub meaning: String,
    /// The whole code, placeholders filled in.
    pub code: Code,
}

impl<'p> Tabular<'p> {
    /// Opens the tabular list of `pack` on `date`.
    pub fn open(pack: &'p Pack, date: Date) -> Result<Self, PackError> {
        Ok(Self { manual: Manual::new(pack), notes: Cow::Owned(Notes::open(pack)?), date })
    }

    /// The tabular list of `pack` on `date` with notes that were opened before.
    pub const fn new(pack: &'p Pack, notes: &'p Notes, date: Date) -> Self {
        Self { manual: Manual::new(pack), notes: Cow::Borrowed(notes), date }
    }

    /// The notes, which can be kept without the pack.
    pub fn notes(&self) -> &Notes {
        &self.notes
    }

    /// Everything said of `code`; `None` if the list has no such code or header.
    pub fn node(&self, code: Code) -> Result<Option<TabularNode<'_>>, EncoderError> {
        let Some(card) = self.manual.diagnosis(code, self.date)? else { return Ok(None) };
        let own_node = Node::Code(code);
        let (own, inherited) =
            self.notes.governing(code, self.date).into_iter().partition(|note| note.node == own_node);
        Ok(Some(TabularNode {
            is_billable: card.entry.is_valid_on(self.date),
            seventh: self.seventh(&card),
            card,
            own,
            inherited,
        }))
    }

    /// The notes of one kind that govern `code`, inherited ones included.
    pub fn notes_at(&self, code: Code, kind: NoteKind) -> Vec<&Note> {
        self.notes.notes_at(code, kind, self.date)
    }

    /// The codes and ranges that `note` names.
    pub fn refers<'n>(&self, note: &'n Note) -> &'n [Reference] {
        &note.targets
    }

    /// The seventh characters that the code of `card` takes. The meanings are those of the nearest node that defines
    /// any; which of them may be used is what the valid codes of the day say, for notes make exceptions: a patient
    /// who died of a head injury (S06 with sixth character 7 or 8) has only an initial encounter.
    fn seventh(&self, card: &DiagnosisCard) -> Vec<SeventhCharacter> {
        let stem = card.entry.code;
        let filled = format!("{:X<STEM_LEN$}", stem.to_string());
        let valid =
            |code: &Code| card.under.iter().any(|entry| entry.code == *code && entry.is_valid_on(self.date));
        let seventh = |note: &Note| {
            let character = note.place.chars().next()?;
            let code = Code::parse(&format!("{filled}{character}")).ok().filter(valid)?;
            Some(SeventhCharacter { character, meaning: note.text.clone(), code })
        };
        self.meanings(stem).into_iter().filter_map(seventh).collect()
    }

    /// The seventh characters defined nearest to `stem`.
    fn meanings(&self, stem: Code) -> Vec<&Note> {
        let is_seventh = |note: &&Note| note.kind == NoteKind::Seventh;
        let chain = self.notes.chain(stem);
        let defined = chain
            .into_iter()
            .rev()
            .map(|node| self.notes.at(node, self.date).filter(is_seventh).collect::<Vec<_>>());
        defined.into_iter().find(|meanings| !meanings.is_empty()).unwrap_or_default()
    }
}

/// A code without its seventh character has at most six.
const STEM_LEN: usize = 6;
