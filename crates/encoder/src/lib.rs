//! The classification manuals, alive: the tabular list of ICD-10-CM with its notes, the alphabetic indexes, the tables
//! of ICD-10-PCS, and search over all of them.
//!
//! Everything is opened from a [`codeset::Pack`]: [`Tabular`] for notes, [`Search`] for finding codes by words,
//! [`procedure::Picker`] for building procedure codes, [`former::Former`] for ICD-9-CM, [`changes`](fn@changes) for what
//! differs between two days. Indexes that are
//! not in the pack (the official alphabetic index, the Neoplasm Table, the Table of Drugs) are read by
//! [`alphabetic`] from the official files that a hospital brings. Nothing here reads a file or a clock.

pub mod alphabetic;
mod changes;
mod compile;
pub mod former;
pub mod procedure;
pub mod search;
mod tabular;

pub use changes::{Asked, changes, changes_of};
pub use compile::{CompileError, compile, compile_search};
pub use search::Search;
pub use tabular::{
    EncoderError, Node, Note, NoteKind, Notes, Only, Reference, SeventhCharacter, Tabular, TabularNode,
};
