//! The editions in hand: those in the program, a pack in a folder, or a data folder of text.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use codeset::{Pack, Registry};
use editions::{EMBEDDED, Files, compile};

/// Why editions cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HeldError {
    /// A file or folder cannot be read or written.
    #[error("{path}: {error}")]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The folder holds neither kind of editions.
    #[error("{0} holds no *.pack file and no editions.toml; give a folder with one or the other")]
    Nothing(PathBuf),
    /// The pack is not readable.
    #[error("{path}: {error}")]
    Pack {
        /// Which one.
        path: PathBuf,
        /// What is wrong with it.
        error: codeset::PackError,
    },
    /// The data folder cannot be packed.
    #[error("{path}: {error}")]
    Data {
        /// Which one.
        path: PathBuf,
        /// What is wrong with it.
        error: editions::CompileError,
    },
}

/// A data folder opened on the spot is packed quickly, not small.
const QUICK_LEVEL: i32 = 1;

/// Opens the editions in `folder`, or those in the program.
pub(crate) fn open(folder: Option<&Path>) -> Result<Pack, HeldError> {
    let Some(folder) = folder else {
        let embedded = Pack::open(EMBEDDED);
        return embedded.map_err(|error| HeldError::Pack { path: "the program's editions".into(), error });
    };
    if let Some(path) = newest_pack(folder)? {
        let bytes = fs::read(&path).map_err(in_file(&path))?;
        return Pack::open(bytes).map_err(|error| HeldError::Pack { path, error });
    }
    if !folder.join(Registry::SECTION).is_file() {
        return Err(HeldError::Nothing(folder.to_owned()));
    }
    let in_data = |error| HeldError::Data { path: folder.to_owned(), error };
    let bytes = compile(&read_data(folder)?, QUICK_LEVEL).map_err(in_data)?;
    Pack::open(bytes).map_err(|error| HeldError::Pack { path: folder.to_owned(), error })
}

/// The *.pack file of `folder` written last; of two written at once, the one later by name.
fn newest_pack(folder: &Path) -> Result<Option<PathBuf>, HeldError> {
    let mut packs = Vec::new();
    for entry in fs::read_dir(folder).map_err(in_file(folder))? {
        let path = entry.map_err(in_file(folder))?.path();
        if path.extension().is_some_and(|extension| extension == "pack") {
            let written = path.metadata().and_then(|data| data.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
            packs.push((written, path));
        }
    }
    Ok(packs.into_iter().max().map(|(_, path)| path))
}

/// Reads every table and register of a data folder, by path under it. Other files are left alone.
pub(crate) fn read_data(folder: &Path) -> Result<Files, HeldError> {
    let mut files = Files::new();
    read_into(folder, "", &mut files)?;
    Ok(files)
}

fn read_into(folder: &Path, prefix: &str, files: &mut Files) -> Result<(), HeldError> {
    for entry in fs::read_dir(folder).map_err(in_file(folder))? {
        let path = entry.map_err(in_file(folder))?.path();
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            read_into(&path, &format!("{name}/"), files)?;
        } else if path.extension().is_some_and(|extension| extension == "tsv" || extension == "toml") {
            files.insert(name, fs::read_to_string(&path).map_err(in_file(&path))?);
        }
    }
    Ok(())
}

/// Writes `files` under `folder`, each whole beside its place first, so that no file is ever half written. Nothing is
/// put in place unless all could be written.
pub(crate) fn write_data(folder: &Path, files: &Files) -> Result<(), HeldError> {
    let mut written = Vec::new();
    for (name, text) in files {
        let path = folder.join(name);
        let beside = path.with_extension("new");
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(in_file(parent))?;
        }
        fs::write(&beside, text).map_err(in_file(&beside))?;
        written.push((beside, path));
    }
    for (beside, path) in written {
        fs::rename(&beside, &path).map_err(in_file(&path))?;
    }
    Ok(())
}

/// Reads one file of text.
pub(crate) fn read_text(path: &Path) -> Result<String, HeldError> {
    fs::read_to_string(path).map_err(in_file(path))
}

/// Writes one file whole: beside its place, then into it.
pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), HeldError> {
    let beside = path.with_extension("new");
    fs::write(&beside, bytes).map_err(in_file(&beside))?;
    fs::rename(&beside, path).map_err(in_file(path))
}

fn in_file(path: &Path) -> impl Fn(io::Error) -> HeldError {
    move |error| HeldError::File { path: path.to_owned(), error }
}
