//! What a rule has found: which codes, what is wrong with them, what to do, and where it is written.

use codeset::Code;
use serde::Serialize;

use crate::note::NoteKind;
use crate::severity::Severity;

/// What the checks say of one encounter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Review {
    /// The editions the codes were held against: `icd10cm 2027`, `icd10pcs 2027`.
    pub editions: Vec<String>,
    /// What was found: gravest first, then in the order of the codes.
    pub findings: Vec<Finding>,
    /// Checks that could not be made, and what they lack.
    pub not_at_hand: Vec<&'static str>,
}

/// Something in the codes that a guideline speaks against, or advises on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule's key, as in `data/guidelines/rule.tsv`.
    pub rule: &'static str,
    /// The rule's title.
    pub title: String,
    /// How grave it is, as the facility has it.
    pub severity: Severity,
    /// Whether a person may let the codes stand, with a reason.
    pub may_override: bool,
    /// The codes it is about, the doubtful one first.
    pub codes: Vec<Coded>,
    /// What is wrong, in a sentence.
    pub what: String,
    /// What to do, in a sentence.
    pub what_to_do: String,
    /// Where it is written.
    pub reference: Reference,
    /// What it rests on: rows of lists, titles, dates.
    pub evidence: Vec<String>,
}

/// A code and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Coded {
    /// Where.
    pub place: Place,
    /// The code.
    pub code: Code,
}

/// A place in the list of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Among the diagnoses; 0 is the principal or first-listed one.
    Diagnosis(usize),
    /// Among the procedures, from 0.
    Procedure(usize),
}

/// Where a rule is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// Section of the Official Guidelines, of the code of regulations, or of a manual.
    pub citation: String,
    /// The note of the tabular list that applies, if one does.
    pub note: Option<NoteText>,
}

/// A note of the tabular list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoteText {
    /// Where it stands: a code or header, a block such as `A00-A09`, or `chapter-1`.
    pub node: String,
    /// Its kind.
    pub kind: NoteKind,
    /// Its text.
    pub text: String,
}

impl Finding {
    /// The same for the same disagreement whenever the codes are checked, wherever they stand in the list: what a
    /// person has overruled is found again by it.
    pub fn identity(&self) -> String {
        let mut codes: Vec<String> = self.codes.iter().map(|coded| coded.code.to_string()).collect();
        codes.sort();
        codes.dedup();
        format!("{}/{}", self.rule, codes.join("+"))
    }
}
