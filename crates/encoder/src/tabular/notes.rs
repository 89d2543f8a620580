//! All notes of the tabular list, by the node they stand at.

use std::collections::BTreeMap;
use std::ops::Range;

use codeset::rows::Interval;
use codeset::{Code, OPEN_END, Pack, PackError, Table, TableError};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::reference::references;
use super::{Node, Note, NoteKind};

/// The pack section that holds the notes.
pub(crate) const SECTION: &str = "encoder/notes.bin";

/// A category has three characters.
const CATEGORY_LEN: usize = 3;

/// The notes of the tabular list, opened: a few milliseconds and no borrow, so that it can be kept and shared.
#[derive(Debug, Clone)]
pub struct Notes {
    notes: Vec<Note>,
    /// Where the notes of each node stand.
    at: BTreeMap<Node, Range<usize>>,
    divisions: Vec<Division>,
}

/// Chapters and blocks with their first and last categories, widest first.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Division {
    node: Node,
    first: Code,
    last: Code,
}

/// What the section holds.
#[derive(Serialize, Deserialize)]
pub(crate) struct Packed {
    notes: Vec<Note>,
    divisions: Vec<Division>,
}

impl Packed {
    /// Reads `notes.tsv`, `chapters.tsv` and `blocks.tsv`.
    pub(crate) fn read(notes: &str, chapters: &str, blocks: &str) -> Result<Self, TableError> {
        let mut notes = read_notes("icd10cm/notes.tsv", notes)?;
        notes.sort_by_key(|note| note.node);
        let mut divisions = read_chapters("icd10cm/chapters.tsv", chapters)?;
        divisions.extend(read_blocks("icd10cm/blocks.tsv", blocks)?);
        Ok(Self { notes, divisions })
    }

    /// The notes.
    pub(crate) fn notes(&self) -> &[Note] {
        &self.notes
    }
}

impl Notes {
    /// Opens the notes of `pack`.
    pub fn open(pack: &Pack) -> Result<Self, PackError> {
        Ok(Self::new(pack.decode(SECTION)?))
    }

    pub(crate) fn new(packed: Packed) -> Self {
        let Packed { notes, divisions } = packed;
        let mut at: BTreeMap<Node, Range<usize>> = BTreeMap::new();
        for (number, note) in notes.iter().enumerate() {
            at.entry(note.node).or_insert(number..number).end = number + 1;
        }
        Self { notes, at, divisions }
    }

    /// Every note, in order of node.
    pub fn all(&self) -> &[Note] {
        &self.notes
    }

    /// The conditions that codes and headings take in on `date` or will: inclusion terms, and what a heading *includes*.
    /// What chapters and blocks include is a heading of many.
    pub fn terms(&self, date: Date) -> Vec<(Code, &str)> {
        let term = |note: &'_ Note| match (note.kind, note.node) {
            (NoteKind::InclusionTerm | NoteKind::Includes, Node::Code(code)) if note.valid.last >= date => {
                Some(code)
            }
            _ => None,
        };
        self.notes.iter().filter_map(|note| Some((term(note)?, note.text.as_str()))).collect()
    }

    /// The first day for which notes are held; earlier manuals are not at hand. `None` if there are no notes.
    pub fn held_since(&self) -> Option<Date> {
        self.notes.iter().map(|note| note.valid.first).min()
    }

    /// The notes that stand at `node` itself and hold on `date`.
    pub fn at(&self, node: Node, date: Date) -> impl Iterator<Item = &Note> {
        let range = self.at.get(&node).cloned().unwrap_or(0..0);
        self.notes[range].iter().filter(move |note| note.valid.holds(date))
    }

    /// The nodes that govern `code`, widest first: chapter, blocks, category and down to the code itself.
    pub fn chain(&self, code: Code) -> Vec<Node> {
        let text = code.to_string();
        let Some(category) = text.get(..CATEGORY_LEN).and_then(|text| Code::parse(text).ok()) else {
            return Vec::new();
        };
        let holds = |division: &&Division| (division.first..=division.last).contains(&category);
        let mut chain: Vec<Node> =
            self.divisions.iter().filter(holds).map(|division| division.node).collect();
        let prefixes = (CATEGORY_LEN..=text.len()).filter_map(|len| Code::parse(text.get(..len)?).ok());
        chain.extend(prefixes.map(Node::Code));
        chain
    }

    /// Every note that governs `code` on `date`, those of the widest node first. Inclusion terms are those of the
    /// code itself only.
    pub fn governing(&self, code: Code, date: Date) -> Vec<&Note> {
        let own = Node::Code(code);
        let mut governing = Vec::new();
        for node in self.chain(code) {
            governing.extend(self.at(node, date).filter(|note| note.node == own || note.kind.is_inherited()));
        }
        governing
    }

    /// The notes of one kind that govern `code` on `date`.
    pub fn notes_at(&self, code: Code, kind: NoteKind, date: Date) -> Vec<&Note> {
        let mut notes = self.governing(code, date);
        notes.retain(|note| note.kind == kind);
        notes
    }
}

fn read_notes(file: &str, text: &str) -> Result<Vec<Note>, TableError> {
    let table = Table::parse(file, text)?;
    table.expect_columns(&["node", "kind", "place", "first", "last", "text"])?;
    let note = |row: codeset::Row<'_>| {
        let text = row.field(5);
        Ok(Note {
            node: row.parse(0)?,
            kind: row.parse(1)?,
            place: row.field(2).to_owned(),
            valid: Interval { first: row.date_or(3, OPEN_END)?, last: row.date_or(4, OPEN_END)? },
            text: text.to_owned(),
            targets: references(text),
        })
    };
    table.rows().map(note).collect()
}

fn read_chapters(file: &str, text: &str) -> Result<Vec<Division>, TableError> {
    let table = Table::parse(file, text)?;
    table.expect_columns(&["chapter", "first_category", "last_category", "title"])?;
    let chapter = |row: codeset::Row<'_>| {
        Ok(Division { node: Node::Chapter(row.parse(0)?), first: row.parse(1)?, last: row.parse(2)? })
    };
    table.rows().map(chapter).collect()
}

/// The blocks, wide before narrow: ICD-10-CM nests some.
fn read_blocks(file: &str, text: &str) -> Result<Vec<Division>, TableError> {
    let table = Table::parse(file, text)?;
    table.expect_columns(&["first_category", "last_category", "chapter", "title"])?;
    let mut blocks = Vec::new();
    for row in table.rows() {
        let (first, last): (Code, Code) = (row.parse(0)?, row.parse(1)?);
        blocks.push(Division { node: Node::Block(first, last), first, last });
    }
    blocks.sort_by_key(|block| (block.first, std::cmp::Reverse(block.last)));
    Ok(blocks)
}
