//! The synonym packs of a folder.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use codeset::{Synonym, read_synonyms};

use crate::held;

/// Every phrase of the folder's packs, in order of file name.
pub(super) fn read(folder: &Path) -> Result<Vec<Synonym>, Box<dyn Error>> {
    let mut synonyms = Vec::new();
    for path in files(folder, &["tsv", "json"])? {
        synonyms.extend(read_synonyms(&name(&path), &held::read_text(&path)?)?);
    }
    Ok(synonyms)
}

/// The files of a folder whose names end so, in order.
pub(super) fn files(folder: &Path, ends: &[&str]) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    let ends_so = |path: &PathBuf| path.extension().is_some_and(|end| ends.iter().any(|one| end == *one));
    files.retain(ends_so);
    files.sort();
    Ok(files)
}

/// A file's name as errors say it.
pub(super) fn name(path: &Path) -> String {
    path.display().to_string()
}
