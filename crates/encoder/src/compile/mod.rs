//! From the text tables under `data/` to the pack sections that the manuals and the search open. Runs when a pack is
//! built, never when a code is looked up.

mod diagnosis;
mod elsewhere;
mod former;
mod imported;
mod procedure;
mod words;

use std::collections::BTreeMap;

use codeset::manual::Classification;
use codeset::{PackError, PackWriter, TableError};

use crate::Search;
use crate::search::build::{Material, build};
use crate::search::{Phrase, section};
use crate::tabular::{NOTES_SECTION, PackedNotes};

/// Why the manuals cannot be compiled.
#[derive(Debug, thiserror::Error)]
pub enum CompileError {
    /// A table is not among the files.
    #[error("the data folder has no file '{0}'")]
    Missing(String),
    /// A row is not readable.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The section cannot be written.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The words of the index cannot be ordered.
    #[error("the search over {0} cannot be opened again after compiling; its vocabulary is broken")]
    Vocabulary(&'static str),
}

/// The text tables by path under `data/`.
type Files = BTreeMap<String, String>;

/// Compiles the notes, the indexes and the search of `files` into `pack`.
pub fn compile(files: &Files, pack: &mut PackWriter) -> Result<(), CompileError> {
    pack.encode(NOTES_SECTION, &notes(files)?)?;
    for of in Classification::ALL {
        pack.encode(section(of), &build(&material(files, of)?))?;
    }
    Ok(())
}

/// Compiles the search over `of` alone, without the phrases for which `leaves_out` is true: to measure how it finds
/// what it has not been told.
pub fn compile_search(
    files: &Files,
    of: Classification,
    leaves_out: &dyn Fn(&Phrase) -> bool,
) -> Result<Search, CompileError> {
    let mut material = material(files, of)?;
    material.phrases.retain(|phrase| !leaves_out(phrase));
    Search::new(build(&material)).ok_or(CompileError::Vocabulary(of.folder()))
}

/// What the search over `of` is made of.
pub(crate) fn material(files: &Files, of: Classification) -> Result<Material, CompileError> {
    match of {
        Classification::Icd10cm => diagnosis::material(files),
        Classification::Icd10pcs => procedure::material(files),
    }
}

fn notes(files: &Files) -> Result<PackedNotes, CompileError> {
    let [notes, chapters, blocks] = ["notes", "chapters", "blocks"].map(|name| format!("icd10cm/{name}.tsv"));
    Ok(PackedNotes::read(text(files, &notes)?, text(files, &chapters)?, text(files, &blocks)?)?)
}

/// The text of the file `name`.
fn text<'f>(files: &'f Files, name: &str) -> Result<&'f str, CompileError> {
    files.get(name).map(String::as_str).ok_or_else(|| CompileError::Missing(name.to_owned()))
}
