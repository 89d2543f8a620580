//! A place of the tabular list with everything that governs it.

use std::sync::Arc;

use codeset::manual::{Classification, Division, Entry, Manual};
use codeset::{Code, Family, Version};
use encoder::{Node, Note, NoteKind, Notes, Reference, SeventhCharacter, Tabular};
use grouper::Severity;
use guidelines::PoaExempt;
use jiff::civil::Date;

use super::refused;
use crate::Result;
use crate::coding::Books;

/// A chapter, block, heading or code on a day.
#[derive(Debug, Clone)]
pub struct Place {
    /// What stands above it and itself, widest first, each with the notes that stand there.
    pub rungs: Vec<Rung>,
    /// What lies directly under it.
    pub under: Vec<Named>,
    /// The seventh characters it takes.
    pub seventh: Vec<SeventhCharacter>,
    /// Whether a claim of the day may report it; `None` of a chapter, block or heading.
    pub is_valid: Option<bool>,
    /// What grouper, editor and the list of exempt codes say of it, each with what says it.
    pub facts: Vec<(String, String)>,
}

/// A step of the way down to a place.
#[derive(Debug, Clone)]
pub struct Rung {
    /// Where it is.
    pub named: Named,
    /// Its notes, by kind in the manual's order.
    pub said: Vec<Said>,
}

/// A node with its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The node.
    pub node: Node,
    /// Its title.
    pub title: String,
}

/// The notes of one kind at one node.
#[derive(Debug, Clone)]
pub struct Said {
    /// Which kind.
    pub kind: NoteKind,
    /// The notes.
    pub lines: Vec<Line>,
}

/// A note.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its words.
    pub text: String,
    /// The codes and ranges it names.
    pub names: Vec<Reference>,
}

/// The chapters of the tabular list.
///
/// # Errors
/// When the books cannot be read.
pub fn chapters(books: &Books) -> Result<Vec<Named>> {
    let (chapters, _) = Manual::new(&books.pack).divisions().map_err(refused)?;
    Ok(chapters.iter().filter_map(chapter).collect())
}

/// What the tabular list has at `node` on `day`; `None` if it has no such place.
///
/// # Errors
/// When no edition governs the day, or the books cannot be read.
pub fn place(books: &Books, node: Node, day: Date) -> Result<Option<Place>> {
    books.desk.editions().on(Family::Icd10cm, day).map_err(refused)?;
    let notes = books.manuals.notes.get((), || Notes::open(&books.pack)).map_err(refused)?;
    let reader = Reader { books, notes, day };
    match node {
        Node::Code(code) => reader.code(code),
        Node::Chapter(_) | Node::Block(..) => reader.division(node),
    }
}

fn chapter(division: &Division) -> Option<Named> {
    Some(Named { node: Node::Chapter(division.name.parse().ok()?), title: division.title.clone() })
}

fn block(division: &Division) -> Named {
    Named { node: Node::Block(division.first, division.last), title: division.title.clone() }
}

/// Who reads, and for which day.
struct Reader<'b> {
    books: &'b Books,
    notes: Arc<Notes>,
    day: Date,
}

impl Reader<'_> {
    fn code(&self, code: Code) -> Result<Option<Place>> {
        let tabular = Tabular::new(&self.books.pack, &self.notes, self.day);
        let Some(node) = tabular.node(code).map_err(refused)? else { return Ok(None) };
        let card = &node.card;
        let entry = |entry: &Entry| self.entry(entry);
        let mut ways: Vec<Named> = card.chapter.iter().filter_map(chapter).collect();
        ways.extend(card.blocks.iter().map(block));
        ways.extend(card.above.iter().map(entry));
        ways.push(entry(&card.entry));
        Ok(Some(Place {
            rungs: ways.into_iter().map(|named| self.rung(named)).collect(),
            under: card.under.iter().map(entry).collect(),
            seventh: node.seventh,
            is_valid: (!card.entry.is_header()).then_some(node.is_billable),
            facts: if card.entry.is_header() { Vec::new() } else { self.facts(&card.entry)? },
        }))
    }

    fn division(&self, node: Node) -> Result<Option<Place>> {
        let manual = Manual::new(&self.books.pack);
        let (chapters, blocks) = manual.divisions().map_err(refused)?;
        let is_it = |named: &Named| named.node == node;
        let found = chapters.iter().find(|one| chapter(one).as_ref().is_some_and(is_it));
        let found = found.or_else(|| blocks.iter().find(|one| is_it(&block(one))));
        let Some(here) = found else { return Ok(None) };
        let is_chapter = matches!(node, Node::Chapter(_));
        let chapter_above = chapters.iter().filter(|one| is_chapter || one.holds(here.first));
        let mut ways: Vec<Named> =
            chapter_above.filter(|one| one.holds(here.first)).filter_map(chapter).collect();
        if !is_chapter {
            ways.extend(blocks.iter().filter(|one| one.encloses(here) || one.name == here.name).map(block));
        }
        let within: Vec<&Division> =
            blocks.iter().filter(|one| here.encloses(one) || (is_chapter && here.holds(one.first))).collect();
        let outermost = |one: &&&Division| !within.iter().any(|other| other.encloses(one));
        let mut under: Vec<Named> = within.iter().filter(outermost).map(|one| block(one)).collect();
        let free = |entry: &&Entry| here.holds(entry.code) && !within.iter().any(|one| one.holds(entry.code));
        under.extend(self.categories()?.iter().filter(free).map(|entry| self.entry(entry)));
        Ok(Some(Place {
            rungs: ways.into_iter().map(|named| self.rung(named)).collect(),
            under,
            seventh: Vec::new(),
            is_valid: None,
            facts: Vec::new(),
        }))
    }

    fn categories(&self) -> Result<Arc<Vec<Entry>>> {
        let read = || {
            let mut entries = Manual::new(&self.books.pack).entries(Classification::Icd10cm)?;
            entries.retain(|entry| entry.code.to_string().len() == CATEGORY_LEN);
            Ok::<_, codeset::PackError>(entries)
        };
        self.books.manuals.categories.get((), read).map_err(refused)
    }

    fn entry(&self, entry: &Entry) -> Named {
        let title = entry.title_on(self.day).map(|title| title.text.clone());
        Named { node: Node::Code(entry.code), title: title.unwrap_or_default() }
    }

    fn rung(&self, named: Named) -> Rung {
        let of = |kind: NoteKind| Said {
            kind,
            lines: self.notes.at(named.node, self.day).filter(|note| note.kind == kind).map(line).collect(),
        };
        // Seventh characters are listed apart, with the codes they make.
        let kinds = NoteKind::ALL.into_iter().filter(|kind| *kind != NoteKind::Seventh);
        let said = kinds.map(of).filter(|said| !said.lines.is_empty()).collect();
        Rung { said, named }
    }

    fn facts(&self, entry: &Entry) -> Result<Vec<(String, String)>> {
        let mut facts = Vec::new();
        let valid: Vec<String> = entry.valid.iter().map(ToString::to_string).collect();
        facts.push(("Valid".to_owned(), valid.join(", ")));
        facts.extend(self.grouped(entry.code));
        facts.extend(self.edited(entry.code));
        facts.push(("Present on admission".to_owned(), self.exempt(entry.code)?));
        Ok(facts)
    }

    fn grouped(&self, code: Code) -> Option<(String, String)> {
        let desk = &self.books.desk;
        let edition = desk.editions().on(Family::Msdrg, self.day).ok()?;
        let version: Version = edition.version.parse().ok()?;
        let rows = desk.diagnosis_entries(code);
        let row =
            rows.iter().find(|row| row.first <= version && row.last.is_none_or(|last| version <= last))?;
        let severity = match row.severity {
            Severity::Mcc => "MCC",
            Severity::Cc => "CC",
            Severity::None => "no CC",
        };
        let cancels = desk.excluded_by(code, version).len();
        let cancelled =
            if cancels > 0 { format!(", cancelled by {cancels} principal diagnoses") } else { String::new() };
        let hacs: Vec<String> =
            row.hacs.iter().map(|hac| format!(", hospital-acquired condition {hac}")).collect();
        let mdc = desk.mdc_title(codeset::Mdc(row.mdc), version);
        Some((
            format!("MS-DRG {version}"),
            format!("{severity}{cancelled}; MDC {:02} {mdc}{}", row.mdc, hacs.concat()),
        ))
    }

    fn edited(&self, code: Code) -> Option<(String, String)> {
        let day = self.day.strftime("%Y%m%d").to_string().parse::<u32>().ok()?;
        let rows = self.books.desk.diagnosis_marks(code);
        let row = rows.iter().find(|row| row.first <= day && row.until.is_none_or(|until| day < until))?;
        let marks = if row.marks.is_empty() { "no marks".to_owned() } else { row.marks.join(", ") };
        Some(("Medicare Code Editor".to_owned(), marks))
    }

    fn exempt(&self, code: Code) -> Result<String> {
        let list = PoaExempt::open(&self.books.pack).map_err(refused)?;
        Ok(match list.map(|list| list.holds(code)) {
            Some(true) => "exempt from reporting",
            Some(false) => "is reported",
            None => "the list of exempt codes is not imported",
        }
        .to_owned())
    }
}

/// A category has three characters.
const CATEGORY_LEN: usize = 3;

fn line(note: &Note) -> Line {
    Line { text: note.text.clone(), names: note.targets.clone() }
}
