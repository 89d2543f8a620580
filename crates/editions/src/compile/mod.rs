//! From the text files under `data/` to the bytes of a pack.

mod changes;
mod index;

use std::collections::BTreeMap;

use codeset::manual::{Axes, Classification, compose_title, pages};
use codeset::rows::{CodeRow, Title, TitleRow, TitleSource, read_codes, read_titles};
use codeset::{CodeIndex, EditionError, PackError, PackWriter, Registry, TableError};

/// The text files of a data folder, by their path under it, such as `icd10cm/codes.tsv`.
pub type Files = BTreeMap<String, String>;

/// The zstd level of the embedded pack: the smallest without memory beyond the common when it is opened. It takes some
/// seconds to build and none to open.
pub const RELEASE_LEVEL: i32 = 19;

/// Files packed as the text they are: small, or read whole whenever they are read.
const AS_TEXT: [&str; 9] = [
    Registry::SECTION,
    "icd10cm/blocks.tsv",
    "icd10cm/chapters.tsv",
    "icd10pcs/axes.tsv",
    "icd10pcs/axis_names.tsv",
    "icd10pcs/definitions.tsv",
    "msdrg/drg.tsv",
    "msdrg/hac.tsv",
    "msdrg/mdc.tsv",
];

/// Folders whose files are all packed as text.
const FOLDERS_AS_TEXT: [&str; 4] = ["alphabetic/", "guidelines/", "icd9cm/", "ipps/"];

/// Why a data folder cannot be packed.
#[derive(Debug, thiserror::Error)]
pub enum CompileError {
    /// A file that every data folder has is not there.
    #[error("the data folder has no file '{0}'")]
    Missing(String),
    /// A table does not say where it comes from.
    #[error("{0}, line 1: must name the source, as in '# Source: CMS …'")]
    Source(String),
    /// A table is not readable.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The register of editions is not readable.
    #[error(transparent)]
    Register(#[from] EditionError),
    /// The tables of the grouper or the editor do not compile.
    #[error(transparent)]
    Grouper(#[from] grouper::CompileError),
    /// The notes or codes of the guidelines do not compile.
    #[error(transparent)]
    Guidelines(#[from] guidelines::CompileError),
    /// The manuals and their search do not compile.
    #[error(transparent)]
    Encoder(#[from] encoder::CompileError),
    /// The pack cannot be written.
    #[error(transparent)]
    Pack(#[from] PackError),
}

/// Packs the data folder `files` at zstd `level`.
pub fn compile(files: &Files, level: i32) -> Result<Vec<u8>, CompileError> {
    let registry = Registry::parse(text(files, Registry::SECTION)?)?;
    must_name_sources(files)?;
    let mut writer = PackWriter::default();
    for name in AS_TEXT {
        writer.add(name, text(files, name)?.as_bytes().to_vec());
    }
    for (name, text) in files {
        if FOLDERS_AS_TEXT.iter().any(|folder| name.starts_with(folder)) {
            writer.add(name, text.as_bytes().to_vec());
        }
    }
    add_manuals(files, &mut writer)?;
    for (name, rows) in changes::sections(files, &registry)? {
        writer.add(name, rows.into_bytes());
    }
    let codes = index::index(files)?;
    writer.add(CodeIndex::SECTION, codes.to_section());
    grouper::compile(files, &codes, &mut writer)?;
    guidelines::compile(files, &mut writer)?;
    encoder::compile(files, &mut writer)?;
    Ok(writer.finish(level)?)
}

/// The text of the file `name`.
fn text<'f>(files: &'f Files, name: &str) -> Result<&'f str, CompileError> {
    files.get(name).map(String::as_str).ok_or_else(|| CompileError::Missing(name.to_owned()))
}

fn must_name_sources(files: &Files) -> Result<(), CompileError> {
    let silent =
        |(name, text): &(&String, &String)| name.ends_with(".tsv") && !text.starts_with("# Source: ");
    match files.iter().find(silent) {
        Some((name, _)) => Err(CompileError::Source(name.clone())),
        None => Ok(()),
    }
}

/// Adds the pages of both manuals. A procedure code without a title gets one composed from its axes, if they are
/// labelled.
fn add_manuals(files: &Files, writer: &mut PackWriter) -> Result<(), CompileError> {
    for of in Classification::ALL {
        let (codes, titles) = (format!("{}/codes.tsv", of.folder()), format!("{}/titles.tsv", of.folder()));
        let codes = read_codes(&codes, text(files, &codes)?)?;
        let mut titles = read_titles(&titles, text(files, &titles)?)?;
        if of == Classification::Icd10pcs {
            let axes = Axes::parse("icd10pcs/axes.tsv", text(files, "icd10pcs/axes.tsv")?)?;
            titles.extend(composed(&codes, &titles, &axes));
        }
        for (name, entries) in pages(of, &codes, &titles) {
            writer.encode(&name, &entries)?;
        }
    }
    Ok(())
}

fn composed(codes: &[CodeRow], titles: &[TitleRow], axes: &Axes) -> Vec<TitleRow> {
    let untitled = |row: &&CodeRow| titles.binary_search_by_key(&row.code, |title| title.code).is_err();
    let compose = |row: &CodeRow| {
        let title =
            Title { first: None, text: compose_title(axes, row.code)?, source: TitleSource::Composed };
        Some(TitleRow { code: row.code, title })
    };
    codes.iter().filter(untitled).filter_map(compose).collect()
}
