//! The files to read, in the order in which they can be applied.

use std::io;
use std::path::{Path, PathBuf};

use exchange::fhir::ndjson;

/// What a file holds, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// FHIR, one resource a line.
    Lines,
    /// FHIR, a bundle or one resource.
    Json,
    /// HL7 version 2.
    Hl7,
    /// A clinical document.
    Cda,
}

/// A file that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) path: PathBuf,
    pub(super) form: Form,
    pub(super) bytes: u64,
}

impl Found {
    /// The file's name, to show.
    pub(super) fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// The files under `paths` that hold something we read. A file named by itself must be one of them.
pub(super) fn find(paths: &[PathBuf]) -> Result<Vec<Found>, Box<dyn std::error::Error>> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, &mut found)?;
        } else {
            let form = form(path).ok_or_else(|| {
                format!(
                    "{}: not a file we read; name it .ndjson, .json, .hl7, .xml, .cda or .ccda",
                    path.display()
                )
            })?;
            found.push(Found { path: path.clone(), form, bytes: size(path)? });
        }
    }
    if found.is_empty() {
        return Err("there is no .ndjson, .json, .hl7, .xml, .cda or .ccda file in there".into());
    }
    found.sort_by_cached_key(|one| (one.form, ndjson::rank(&one.name()), one.path.clone()));
    Ok(found)
}

fn walk(folder: &Path, found: &mut Vec<Found>) -> Result<(), Box<dyn std::error::Error>> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, found)?;
        } else if let Some(form) = form(&path) {
            found.push(Found { bytes: size(&path)?, path, form });
        }
    }
    Ok(())
}

fn size(path: &Path) -> io::Result<u64> {
    let about = std::fs::metadata(path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
    Ok(about.len())
}

fn form(path: &Path) -> Option<Form> {
    Some(match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "ndjson" | "jsonl" => Form::Lines,
        "json" => Form::Json,
        "hl7" => Form::Hl7,
        "xml" | "cda" | "ccda" => Form::Cda,
        _ => return None,
    })
}
