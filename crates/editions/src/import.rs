//! Entering a published file into a data folder: text files in, changed text files out. Nothing is written here, so a
//! file that does not read leaves the folder as it was.

use codeset::import::merge::{self, Merged, Misfit};
use codeset::import::{
    Addenda, AddendaLine, ImportError, OrderLine, Range, Tabular, grouper_tables, parse_addenda,
    parse_code_list, parse_order_file, parse_tabular, print_blocks, print_chapters,
};
use codeset::manual::Classification;
use codeset::rows::{CodeRow, TitleRow, TitleSource, read_codes, read_titles, write_codes, write_titles};
use codeset::{Code, EditionError, Family, FiscalYear, Registry, Table, TableError, Version};
use encoder::alphabetic::{Book, IndexError};
use guidelines::PoaExempt;
use jiff::civil::Date;

use crate::Files;

/// A kind of published file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Order file of either classification.
    OrderFile(Classification),
    /// List of valid codes of either classification.
    CodeList(Classification),
    /// Addenda to the ICD-10-PCS order file, with short titles.
    OrderAddenda,
    /// Addenda to the ICD-10-PCS code titles.
    CodeAddenda,
    /// ICD-10-CM tabular list, XML.
    Tabular,
    /// A table of the grouper or the editor; its file name says which.
    GrouperTable,
    /// An alphabetic index of ICD-10-CM, XML.
    Alphabetic(Book),
    /// The codes exempt from present-on-admission reporting.
    PoaExempt,
}

/// A file to import.
#[derive(Debug, Clone, Copy)]
pub struct Publication<'p> {
    /// What it is.
    pub kind: Kind,
    /// Its file name, without folder.
    pub name: &'p str,
    /// Its content.
    pub text: &'p str,
    /// The first day it holds; a tabular list names its own year.
    pub effective: Option<Date>,
}

/// What an import changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The new text of each file that changes, by path under the data folder.
    pub files: Files,
    /// Rows of the code list begun and ended.
    pub codes: Merged,
    /// Titles begun.
    pub titles: Merged,
}

/// Why a file cannot be imported.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// The file is not readable as the kind it is said to be.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The file is no such index.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// A table of the data folder is not readable.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The register of the data folder is not readable.
    #[error(transparent)]
    Register(#[from] EditionError),
    /// The first day it holds is not known.
    #[error("{0} does not say from when it holds; give --effective, such as 2027-10-01")]
    NoDate(String),
    /// The file's name is that of no grouper or editor table.
    #[error("'{0}' is no grouper or editor table; the names known are {1}")]
    UnknownTable(String, String),
}

/// Enters `publication` into the data folder `files`.
pub fn import(files: &Files, publication: &Publication<'_>) -> Result<Changes, EntryError> {
    let Publication { kind, name, text, .. } = *publication;
    match kind {
        Kind::OrderFile(of) => order_file(files, publication, of, &parse_order_file(name, text)?),
        Kind::CodeList(of) => code_list(files, publication, of),
        Kind::OrderAddenda => addenda(files, publication, &parse_addenda(name, text, true)?),
        Kind::CodeAddenda => addenda(files, publication, &parse_addenda(name, text, false)?),
        Kind::Tabular => tabular(files, publication, &parse_tabular(name, text)?),
        Kind::GrouperTable => grouper_table(files, publication),
        Kind::Alphabetic(book) => Ok(whole(book.file(), book.import(name, text)?)),
        Kind::PoaExempt => {
            let list = PoaExempt::read(name, text)?;
            let source = format!(
                "Source: CMS, codes exempt from present-on-admission reporting, imported from {name}"
            );
            Ok(whole(PoaExempt::SECTION, list.export(&source)))
        }
    }
}

/// The change that puts `text` in the place of a whole file.
fn whole(file: &str, text: String) -> Changes {
    Changes { files: Files::from([(file.to_owned(), text)]), ..Changes::default() }
}

fn order_file(
    files: &Files,
    publication: &Publication<'_>,
    of: Classification,
    lines: &[OrderLine],
) -> Result<Changes, EntryError> {
    let effective = effective(publication)?;
    let mut folder = Folder::open(files, of)?;
    let valid = lines.iter().filter(|line| line.is_valid).map(|line| line.code).collect();
    let codes = merge::replace_codes(&mut folder.codes, &valid, effective);
    // The manual of procedures has no headers but its tables, whose names are labels of axes.
    let titled = lines.iter().filter(|line| line.is_valid || of == Classification::Icd10cm);
    let titles = titled.map(|line| (line.code, line.long_title.clone()));
    let titles = merge::enter_titles(&mut folder.titles, titles, order_year(effective), effective);
    Ok(Changes { files: folder.close(publication), codes, titles })
}

fn code_list(
    files: &Files,
    publication: &Publication<'_>,
    of: Classification,
) -> Result<Changes, EntryError> {
    let effective = effective(publication)?;
    let listed = parse_code_list(publication.name, publication.text)?;
    let mut folder = Folder::open(files, of)?;
    let valid = listed.iter().map(|listed| listed.code).collect();
    let codes = merge::replace_codes(&mut folder.codes, &valid, effective);
    let titles = listed.into_iter().filter_map(|listed| Some((listed.code, listed.title?)));
    let titles = merge::enter_titles(&mut folder.titles, titles, order_year(effective), effective);
    Ok(Changes { files: folder.close(publication), codes, titles })
}

fn addenda(files: &Files, publication: &Publication<'_>, addenda: &Addenda) -> Result<Changes, EntryError> {
    let effective = effective(publication)?;
    let mut folder = Folder::open(files, Classification::Icd10pcs)?;
    let codes = merge::apply_addenda(&mut folder.codes, &addenda.added, &addenda.deleted, effective)
        .map_err(|misfit| misfit_error(publication, misfit))?;
    let title = |line: &AddendaLine| (line.code, line.title.clone());
    let titles = addenda.added.iter().chain(&addenda.revised).map(title);
    let titles = merge::enter_titles(&mut folder.titles, titles, order_year(effective), effective);
    Ok(Changes { files: folder.close(publication), codes, titles })
}

fn misfit_error(publication: &Publication<'_>, misfit: Misfit) -> ImportError {
    ImportError { file: publication.name.to_owned(), line: misfit.line, field: "code", what: misfit.what }
}

/// Enters chapters, blocks and titles; the codes valid stay as the code list has them, for notes in the tabular list
/// make exceptions to its seventh characters.
fn tabular(files: &Files, publication: &Publication<'_>, tabular: &Tabular) -> Result<Changes, EntryError> {
    let year = FiscalYear(tabular.fiscal_year);
    let effective = publication.effective.unwrap_or(year.first_day());
    let mut folder = Folder::open(files, Classification::Icd10cm)?;
    let before = folder.titles.clone();
    let titles = tabular.titles.iter().map(|title| (title.code, title.title.clone()));
    let mut entered =
        merge::enter_titles(&mut folder.titles, titles, TitleSource::TabularList(year.0), effective);
    let composed = composed(tabular, &folder, &before, year);
    entered.begun +=
        merge::enter_titles(&mut folder.titles, composed, TitleSource::Composed, effective).begun;
    let mut changed = folder.close(publication);
    changed.retain(|name, _| name.ends_with("titles.tsv"));
    let credit = credit(publication);
    let held = |name: &str| files.get(name).map(String::as_str).unwrap_or_default();
    for (name, print, ranges) in [
        ("icd10cm/chapters.tsv", print_chapters as fn(&[&str], &[Range]) -> String, &tabular.chapters),
        ("icd10cm/blocks.tsv", print_blocks, &tabular.blocks),
    ] {
        changed.insert(name.to_owned(), print(&comments(held(name), &credit), ranges));
    }
    Ok(Changes { files: changed, codes: Merged::default(), titles: entered })
}

/// The titles of codes with a seventh character that need one: those valid in the year that have no title yet, or
/// whose stem was retitled just now.
fn composed(
    tabular: &Tabular,
    folder: &Folder<'_>,
    before: &[TitleRow],
    year: FiscalYear,
) -> Vec<(Code, String)> {
    let (first, last) = (year.first_day(), year.last_day());
    let is_valid = |code: Code| {
        let rows = rows_of(&folder.codes, code, |row| row.code);
        rows.iter().any(|row| row.valid.first <= last && first <= row.valid.last)
    };
    let titles_of = |titles: &[TitleRow], code: Code| rows_of(titles, code, |row| row.code).len();
    let retitled = |stem: Code| {
        let held = titles_of(before, stem);
        held > 0 && titles_of(&folder.titles, stem) > held
    };
    let wanted = tabular.seventh.iter().filter(|seventh| is_valid(seventh.code));
    wanted
        .filter(|seventh| titles_of(before, seventh.code) == 0 || retitled(seventh.stem))
        .map(|seventh| (seventh.code, seventh.title.clone()))
        .collect()
}

/// The rows of `code` among `rows`, which are in order of code.
fn rows_of<T>(rows: &[T], code: Code, code_of: impl Fn(&T) -> Code) -> &[T] {
    let start = rows.partition_point(|row| code_of(row) < code);
    let end = rows.partition_point(|row| code_of(row) <= code);
    &rows[start..end]
}

fn grouper_table(files: &Files, publication: &Publication<'_>) -> Result<Changes, EntryError> {
    let table =
        grouper_tables().iter().find(|table| table.published == publication.name).ok_or_else(|| {
            let known: Vec<_> = grouper_tables().iter().map(|table| table.published).collect();
            EntryError::UnknownTable(publication.name.to_owned(), known.join(", "))
        })?;
    let registry = Registry::parse(files.get(Registry::SECTION).map(String::as_str).unwrap_or_default())?;
    let of_family = |family| registry.editions().iter().filter(move |edition| edition.family == family);
    let versions: Vec<Version> = of_family(Family::Msdrg).filter_map(|e| e.version.parse().ok()).collect();
    let horizon = of_family(Family::Mce).map(|edition| edition.last).max().unwrap_or(codeset::OPEN_END);
    let held = files.get(table.file).map(String::as_str).unwrap_or_default();
    let credit = credit(publication);
    let text = table.rewrite(publication.text, &comments(held, &credit), &versions, horizon)?;
    Ok(Changes { files: Files::from([(table.file.to_owned(), text)]), ..Changes::default() })
}

/// The two tables of a classification that imports change.
struct Folder<'f> {
    of: Classification,
    held: [&'f str; 2],
    codes: Vec<CodeRow>,
    titles: Vec<TitleRow>,
}

impl<'f> Folder<'f> {
    /// Opens the tables; a file that is not there yet is an empty table.
    fn open(files: &'f Files, of: Classification) -> Result<Self, TableError> {
        let (codes, titles) = (path(of, "codes.tsv"), path(of, "titles.tsv"));
        let held = [&codes, &titles].map(|path| files.get(path).map(String::as_str).unwrap_or_default());
        Ok(Self {
            of,
            codes: if held[0].is_empty() { Vec::new() } else { read_codes(&codes, held[0])? },
            titles: if held[1].is_empty() { Vec::new() } else { read_titles(&titles, held[1])? },
            held,
        })
    }

    /// The new text of both tables. The comments above a table stay; a new table names the publication.
    fn close(self, publication: &Publication<'_>) -> Files {
        let credit = credit(publication);
        Files::from([
            (path(self.of, "codes.tsv"), write_codes(&comments(self.held[0], &credit), &self.codes)),
            (path(self.of, "titles.tsv"), write_titles(&comments(self.held[1], &credit), &self.titles)),
        ])
    }
}

fn path(of: Classification, file: &str) -> String {
    format!("{}/{file}", of.folder())
}

fn credit(publication: &Publication<'_>) -> String {
    format!("Source: {}", publication.name)
}

/// The comments above the table `held`, or `credit` if it is new.
fn comments<'c>(held: &'c str, credit: &'c str) -> Vec<&'c str> {
    match Table::parse("", held) {
        Ok(table) if !table.comments().is_empty() => table.comments().to_vec(),
        _ => vec![credit],
    }
}

fn effective(publication: &Publication<'_>) -> Result<Date, EntryError> {
    publication.effective.ok_or_else(|| EntryError::NoDate(publication.name.to_owned()))
}

fn order_year(effective: Date) -> TitleSource {
    TitleSource::OrderFile(FiscalYear::of(effective).0)
}
