//! From the text tables under `data/` to the pack sections the checks open. Runs when a pack is built, never when
//! codes are checked.

mod sides;

use std::collections::BTreeMap;

use codeset::rows::{CodeRow, read_codes, read_titles};
use codeset::{Code, EditionError, Family, PackError, PackWriter, Registry, Row, Table, TableError};

use crate::days::{Days, number};
use crate::facts::{AgeRange, Dated, Facts, Mark};
use crate::note::{Note, NoteKind, targets};
use crate::span::Span;

/// The pack section of the notes.
pub(crate) const NOTES_SECTION: &str = "guidelines/notes.bin";
/// The pack section of what is known of each code.
pub(crate) const FACTS_SECTION: &str = "guidelines/facts.bin";

/// The text files of a data folder, by their path under it.
type Files = BTreeMap<String, String>;

/// Why tables cannot be compiled.
#[derive(Debug, thiserror::Error)]
pub enum CompileError {
    /// A table is not among the files.
    #[error("table {0} is missing")]
    Missing(String),
    /// A row is not readable.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The register of editions is not readable.
    #[error(transparent)]
    Register(#[from] EditionError),
    /// The section cannot be written.
    #[error(transparent)]
    Pack(#[from] PackError),
}

/// Compiles the notes of the tabular list and what the checks need of each code into `pack`. The tables under
/// `guidelines/` are packed as the text they are.
pub fn compile(files: &Files, pack: &mut PackWriter) -> Result<(), CompileError> {
    pack.encode(NOTES_SECTION, &notes(files)?)?;
    pack.encode(FACTS_SECTION, &facts(files)?)?;
    Ok(())
}

fn text<'f>(files: &'f Files, path: &str) -> Result<&'f str, CompileError> {
    files.get(path).map(String::as_str).ok_or_else(|| CompileError::Missing(path.to_owned()))
}

fn table<'f>(files: &'f Files, path: &'static str, columns: &[&str]) -> Result<Table<'f>, CompileError> {
    let table = Table::parse(path, text(files, path)?)?;
    table.expect_columns(columns)?;
    Ok(table)
}

/// The notes of the kinds that are checked, in the order of the table.
fn notes(files: &Files) -> Result<Vec<Note>, CompileError> {
    let columns = ["node", "kind", "place", "first", "last", "text"];
    let chapters = chapters(files)?;
    let mut notes = Vec::new();
    for row in table(files, "icd10cm/notes.tsv", &columns)?.rows() {
        let Some(kind) = NoteKind::parse(row.field(1)) else { continue };
        let node = row.field(0);
        let governs = chapters.get(node).copied().or_else(|| Span::parse(node));
        notes.push(Note {
            node: node.to_owned(),
            governs: governs.ok_or_else(|| row.error(format!("'{node}' is no code, block or chapter")))?,
            kind,
            days: Days::of_row(&row, 3)?,
            targets: targets(row.field(5)),
            text: row.field(5).to_owned(),
            words: Vec::new(),
        });
    }
    Ok(notes)
}

/// The chapters by the name that notes give them: `chapter-1`.
fn chapters(files: &Files) -> Result<BTreeMap<String, Span>, CompileError> {
    let columns = ["chapter", "first_category", "last_category", "title"];
    let mut chapters = BTreeMap::new();
    for row in table(files, "icd10cm/chapters.tsv", &columns)?.rows() {
        let span =
            Span::between(row.parse(1)?, row.parse(2)?).ok_or_else(|| row.error("no range of categories"))?;
        chapters.insert(format!("chapter-{}", row.field(0)), span);
    }
    Ok(chapters)
}

fn facts(files: &Files) -> Result<Facts, CompileError> {
    let codes = |path: &str| Ok::<_, CompileError>(read_codes(path, text(files, path)?)?);
    let (diagnoses, procedures) = (codes("icd10cm/codes.tsv")?, codes("icd10pcs/codes.tsv")?);
    let titles = read_titles("icd10cm/titles.tsv", text(files, "icd10cm/titles.tsv")?)?;
    let titles = sides::latest(&diagnoses, &titles);
    let sides = sides::sides(&titles);
    Ok(Facts {
        diagnoses: dated(&diagnoses),
        procedures: dated(&procedures),
        marks: marks(files)?,
        ages: ages(files)?,
        hospital_acquired: hospital_acquired(files)?,
        side_groups: sides::groups(&sides),
        sides,
        multiple_sites: sides::multiple_sites(&titles),
    })
}

fn dated(rows: &[CodeRow]) -> Vec<Dated<()>> {
    let mut dated: Vec<_> = rows
        .iter()
        .map(|row| Dated { code: row.code, days: Days::between(row.valid.first, row.valid.last), value: () })
        .collect();
    dated.sort_by_key(|row| (row.code, row.days.first));
    dated
}

/// The marks of the Medicare Code Editor that the guidelines speak of too.
fn marks(files: &Files) -> Result<Vec<Dated<Mark>>, CompileError> {
    let mut marks = Vec::new();
    for row in table(files, "mce/diagnosis.tsv", &["code", "first", "last", "flags"])?.rows() {
        let (code, days) = (row.parse::<Code>(0)?, Days::of_row(&row, 1)?);
        let flags = row.field(3).split([' ', ',', '|']).filter_map(Mark::parse);
        marks.extend(flags.map(|value| Dated { code, days, value }));
    }
    marks.sort_by_key(|row| (row.code, row.days.first));
    Ok(marks)
}

fn ages(files: &Files) -> Result<Vec<AgeRange>, CompileError> {
    let columns = ["category", "age_from", "age_to", "first", "last"];
    let read = |row: Row<'_>| {
        let category = row.field(0);
        let mark = Mark::parse(&category.to_lowercase());
        Ok(AgeRange {
            mark: mark.ok_or_else(|| row.error(format!("'{category}' is no age category")))?,
            from: row.parse(1)?,
            to: row.parse(2)?,
            days: Days::of_row(&row, 3)?,
        })
    };
    table(files, "mce/age_range.tsv", &columns)?.rows().map(read).collect()
}

/// The codes on the lists of hospital-acquired conditions, with the number of the condition. The grouper's table
/// counts in versions; the register says which days they governed.
fn hospital_acquired(files: &Files) -> Result<Vec<Dated<u8>>, CompileError> {
    let registry = Registry::parse(text(files, Registry::SECTION)?)?;
    let columns =
        ["code", "first", "last", "mdc", "severity", "attributes", "hac_attributes", "category_attributes"];
    let mut rows = Vec::new();
    for row in table(files, "msdrg/diagnosis.tsv", &columns)?.rows() {
        let code = row.parse(0)?;
        let conditions =
            row.field(6).split([' ', ',', '|']).filter_map(|word| word.strip_prefix("HAC")?.parse().ok());
        for value in conditions {
            let days = version_days(&registry, row.field(1), row.field(2));
            rows.extend(days.map(|days| Dated { code, days, value }));
        }
    }
    rows.sort_by_key(|row| (row.code, row.days.first));
    Ok(rows)
}

/// The days from the first of version `first` (such as `400`) to the last of `last`, blank for the newest.
fn version_days(registry: &Registry, first: &str, last: &str) -> Option<Days> {
    let mut versions =
        registry.editions().iter().filter(|edition| edition.family == Family::Msdrg).filter(|edition| {
            let version = edition.version.replace('.', "");
            version.as_str() >= first && (last.is_empty() || version.as_str() <= last)
        });
    let earliest = versions.next()?;
    let latest = versions.next_back().unwrap_or(earliest);
    Some(Days { first: number(earliest.first), last: number(latest.last) })
}
