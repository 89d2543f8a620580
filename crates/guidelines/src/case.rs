//! One encounter under the rules: its codes, and everything the tables say of them.

use codeset::Code;

use crate::book::Book;
use crate::coding::{Coding, Diagnosis, Poa};
use crate::facts::{Mark, SideRow, Standing};
use crate::finding::{Coded, Finding, NoteText, Place, Reference};
use crate::list::List;
use crate::note::Note;
use crate::severity::{RuleRow, Severity};
use crate::span::Span;

/// The encounter as rules see it.
#[derive(Debug)]
pub(crate) struct Case<'c> {
    pub(crate) coding: &'c Coding,
    pub(crate) book: &'c Book,
    /// The day that chooses every row.
    pub(crate) day: u32,
    /// The diagnosis codes, the principal first.
    pub(crate) codes: Vec<Code>,
    /// By diagnosis: whether its code may be reported on the day.
    valid: Vec<bool>,
    /// By diagnosis: the side that its code names, if the condition has codes for sides.
    pub(crate) sides: Vec<Option<SideRow>>,
    /// The same codes in order, each with its place.
    sorted: Vec<(Code, usize)>,
    /// By diagnosis: the notes that govern its code, each with the places of the other diagnoses it names.
    pub(crate) notes: Vec<Vec<Governing<'c>>>,
}

/// A note that governs a diagnosis.
#[derive(Debug)]
pub(crate) struct Governing<'c> {
    pub(crate) note: &'c Note,
    /// The places of the diagnoses with another code that it names, in order.
    pub(crate) named: Vec<usize>,
}

/// Where a rule puts what it finds.
#[derive(Debug)]
pub(crate) struct Found<'c> {
    pub(crate) row: &'c RuleRow,
    pub(crate) severity: Severity,
    pub(crate) findings: &'c mut Vec<Finding>,
    pub(crate) key: &'static str,
}

impl<'c> Case<'c> {
    /// The encounter's codes against the tables of `book`.
    pub(crate) fn new(coding: &'c Coding, book: &'c Book, day: u32) -> Self {
        let codes: Vec<Code> = coding.diagnoses.iter().map(|diagnosis| diagnosis.code).collect();
        let mut sorted: Vec<(Code, usize)> = codes.iter().enumerate().map(|(at, &code)| (code, at)).collect();
        sorted.sort_unstable();
        let notes = codes.iter().map(|&code| governing(book, code, day, &codes, &sorted)).collect();
        let valid = codes.iter().map(|&code| book.facts.is_valid(code, day)).collect();
        let sides = codes.iter().map(|&code| book.facts.side(code)).collect();
        Self { coding, book, day, codes, valid, sides, sorted, notes }
    }

    /// The place of the first diagnosis that lies in one of the spans.
    pub(crate) fn first_in(&self, spans: &[Span]) -> Option<usize> {
        spans.iter().flat_map(|span| span.places_in(&self.sorted)).min()
    }

    /// The diagnoses with their places.
    pub(crate) fn diagnoses(&self) -> impl Iterator<Item = (usize, &'c Diagnosis)> + use<'c> {
        self.coding.diagnoses.iter().enumerate()
    }

    /// Whether a code is on a list.
    pub(crate) fn is(&self, code: Code, list: List) -> bool {
        self.book.lists.holds(list, code, self.day)
    }

    /// The places of the diagnoses on a list.
    pub(crate) fn places(&self, list: List) -> impl Iterator<Item = usize> + '_ {
        self.codes.iter().enumerate().filter(move |(_, code)| self.is(**code, list)).map(|(place, _)| place)
    }

    /// The place of the first diagnosis on a list.
    pub(crate) fn place(&self, list: List) -> Option<usize> {
        self.places(list).next()
    }

    /// Whether a diagnosis is on a list.
    pub(crate) fn has(&self, list: List) -> bool {
        self.place(list).is_some()
    }

    /// Whether the principal or first-listed diagnosis is on a list.
    pub(crate) fn is_first(&self, list: List) -> bool {
        self.codes.first().is_some_and(|&code| self.is(code, list))
    }

    /// Whether the Medicare Code Editor marks the diagnosis at a place so.
    pub(crate) fn has_mark(&self, place: usize, mark: Mark) -> bool {
        self.codes.get(place).is_some_and(|&code| self.book.facts.has_mark(code, mark, self.day))
    }

    /// Whether the diagnosis at a place may be reported on the day.
    pub(crate) fn standing(&self, place: usize) -> Standing {
        match self.valid.get(place) {
            Some(true) => Standing::Valid,
            _ => self
                .codes
                .get(place)
                .map_or(Standing::Unknown, |&code| self.book.facts.diagnosis(code, self.day)),
        }
    }

    /// Present on admission, for encounters that report it.
    pub(crate) fn poa(&self, place: usize) -> Option<Poa> {
        let reports = self.coding.setting.reports_poa();
        self.coding.diagnoses.get(place).filter(|_| reports).map(|diagnosis| diagnosis.poa)
    }

    /// The code at a place as people read it.
    pub(crate) fn name(&self, place: usize) -> String {
        self.codes.get(place).map_or_else(String::new, |code| code.dotted())
    }

    /// The codes at places as people read them.
    pub(crate) fn names(&self, places: &[usize]) -> String {
        join(places.iter().map(|&place| self.name(place)))
    }

    /// What the principal diagnosis is called in this setting.
    pub(crate) fn first_word(&self) -> &'static str {
        if self.coding.setting.is_inpatient() { "principal diagnosis" } else { "first-listed diagnosis" }
    }
}

impl Found<'_> {
    /// Adds a finding about the diagnoses at `places`, the doubtful one first.
    pub(crate) fn add(
        &mut self,
        case: &Case<'_>,
        places: &[usize],
        what: impl Into<String>,
        what_to_do: impl Into<String>,
    ) -> &mut Finding {
        let coded =
            |&place: &usize| Some(Coded { place: Place::Diagnosis(place), code: *case.codes.get(place)? });
        self.put(places.iter().filter_map(coded).collect(), what.into(), what_to_do.into())
    }

    /// Adds a finding about any codes.
    pub(crate) fn put(&mut self, codes: Vec<Coded>, what: String, what_to_do: String) -> &mut Finding {
        let at = self.findings.len();
        self.findings.push(Finding {
            rule: self.key,
            title: self.row.title.clone(),
            severity: self.severity,
            may_override: self.row.may_override,
            codes,
            what,
            what_to_do,
            reference: Reference { citation: self.row.citation.clone(), note: None },
            evidence: Vec::new(),
        });
        &mut self.findings[at]
    }
}

impl Finding {
    /// Names the note it rests on.
    pub(crate) fn by_note(&mut self, note: &Note) -> &mut Self {
        self.reference.note =
            Some(NoteText { node: note.node.clone(), kind: note.kind, text: note.text.clone() });
        self
    }

    /// Cites the place of one row in place of the rule's.
    pub(crate) fn cited(&mut self, citation: &str) -> &mut Self {
        if !citation.is_empty() {
            citation.clone_into(&mut self.reference.citation);
        }
        self
    }

    /// Adds what it rests on.
    pub(crate) fn because(&mut self, evidence: impl Into<String>) -> &mut Self {
        self.evidence.push(evidence.into());
        self
    }
}

/// The notes that govern `code`, with the places of the other codes they name.
fn governing<'c>(
    book: &'c Book,
    code: Code,
    day: u32,
    codes: &[Code],
    sorted: &[(Code, usize)],
) -> Vec<Governing<'c>> {
    let of = |note: &'c Note| {
        let meant = note.targets.iter().flat_map(|target| target.places_in(sorted));
        let mut named: Vec<usize> = meant.filter(|&place| codes[place] != code).collect();
        named.sort_unstable();
        named.dedup();
        Governing { note, named }
    };
    book.notes.governing(code, day).into_iter().map(of).collect()
}

/// Words with commas between.
pub(crate) fn join(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(", ")
}
