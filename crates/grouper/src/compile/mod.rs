//! From the text tables under `data/` to the pack sections the engines open. Runs when a pack is built, never when
//! a case is grouped.

mod mce;
mod msdrg;

use std::collections::{BTreeMap, HashMap};

use codeset::{Code, CodeIndex, CodeNumber, CodeNumbers, PackError, PackWriter, Row, Table, TableError};

use crate::code_rows::CodeRows;
use crate::formula::FormulaError;

/// The pack section of the grouper.
pub(crate) const MSDRG_SECTION: &str = "msdrg.bin";
/// The pack section of the editor.
pub(crate) const MCE_SECTION: &str = "mce.bin";

/// Why tables cannot be compiled.
#[derive(Debug, thiserror::Error)]
pub enum CompileError {
    /// A table is not among the files.
    #[error("table {0} is missing")]
    Missing(String),
    /// A row is not readable.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A formula is not readable.
    #[error("{place}: formula '{formula}': {error}")]
    Formula {
        /// File and line.
        place: String,
        /// The formula's text.
        formula: String,
        /// What is wrong in it.
        error: FormulaError,
    },
    /// The section cannot be written.
    #[error(transparent)]
    Pack(#[from] PackError),
}

/// Compiles `msdrg/*.tsv` and `mce/*.tsv` of `files` (by path under `data/`) into `pack`. `codes` must number every
/// code the tables name.
pub fn compile(
    files: &BTreeMap<String, String>,
    codes: &CodeIndex,
    pack: &mut PackWriter,
) -> Result<(), CompileError> {
    pack.encode(MSDRG_SECTION, &msdrg::compile(files, codes)?)?;
    pack.encode(MCE_SECTION, &mce::compile(files, codes)?)?;
    Ok(())
}

/// Opens the table at `path` and checks its columns.
fn open<'f>(
    files: &'f BTreeMap<String, String>,
    path: &'f str,
    columns: &[&str],
) -> Result<Table<'f>, CompileError> {
    let text = files.get(path).ok_or_else(|| CompileError::Missing(path.to_owned()))?;
    let table = Table::parse(path, text)?;
    table.expect_columns(columns)?;
    Ok(table)
}

/// The number of the code written `text`; an error at `row` if no table numbers it.
fn number(row: &Row<'_>, text: &str, numbers: &CodeNumbers) -> Result<u32, TableError> {
    let code = Code::parse(text).map_err(|e| row.error(e.to_string()))?;
    match numbers.number(code) {
        CodeNumber::UNKNOWN => Err(row.error(format!("code '{text}' is in no code table"))),
        CodeNumber(number) => Ok(number),
    }
}

/// Reads a table whose first column is a code; `value` gives each row's span and the number of its value.
fn code_rows<S: Copy + PartialEq>(
    table: &Table<'_>,
    numbers: &CodeNumbers,
    mut value: impl FnMut(&Row<'_>) -> Result<(S, u16), TableError>,
) -> Result<CodeRows<S>, CompileError> {
    let mut rows = Vec::with_capacity(table.len());
    let mut last = None;
    for row in table.rows() {
        let (span, value) = value(&row)?;
        rows.push((number(&row, row.field(0), numbers)?, span, value));
        last = Some(row);
    }
    Ok(last.map_or_else(|| Ok(CodeRows::default()), |last| CodeRows::new(rows, &last))?)
}

/// Numbers the different values of a table, the first `T::default()`.
#[derive(Debug)]
struct Numbering<T> {
    values: Vec<T>,
    numbers: HashMap<T, u16>,
}

impl<T: Clone + Eq + std::hash::Hash + Default> Numbering<T> {
    fn new() -> Self {
        Self { values: vec![T::default()], numbers: HashMap::from([(T::default(), 0)]) }
    }

    /// The number of `value`; an error at `row` when there are too many different ones.
    fn number(&mut self, value: T, row: &Row<'_>) -> Result<u16, TableError> {
        if let Some(&number) = self.numbers.get(&value) {
            return Ok(number);
        }
        let number =
            u16::try_from(self.values.len()).map_err(|_| row.error("more than 65,535 different values"))?;
        self.values.push(value.clone());
        self.numbers.insert(value, number);
        Ok(number)
    }
}
