//! The coding guidelines as checks: the codes of one encounter in, what speaks against them out.
//!
//! [`Guidelines::review`] holds a [`Coding`] against the Official Guidelines for Coding and Reporting, the notes of the
//! tabular list, and the limits of claims. It decides nothing: an error asks for other codes, a warning for a look
//! and perhaps a reason, advice for a thought. Each [`Finding`] names its rule, the codes with their places, what is
//! wrong, what to do, and where it is written.
//!
//! The rules are one file each; which codes they speak of are dated rows under `data/guidelines/` and the notes in
//! `data/icd10cm/notes.tsv`. Pure: no file, clock or randomness.

mod book;
mod case;
mod coding;
mod compile;
mod days;
mod facts;
mod finding;
mod limit;
mod list;
mod note;
mod pair;
mod rules;
mod safety;
mod severity;
mod span;
#[cfg(test)]
mod testing;
mod word;

pub use book::{Guidelines, OpenError, PoaExempt};
pub use coding::{Age, ClaimKind, Clinician, Coding, Diagnosis, Poa, Procedure, Setting, Sex};
pub use compile::{CompileError, compile};
pub use finding::{Coded, Finding, NoteText, Place, Reference, Review};
pub use note::NoteKind;
pub use safety::SafetyFlag;
pub use severity::{RuleRow, Severities, Severity};
