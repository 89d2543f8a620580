//! Cases as CSV: a header, then one row a case. The names are those of the case JSON; lists as in the module
//! `flat`. Columns may stand in any order, columns of other names are passed over, `pdx` and `discharge_date` must
//! be there.
//!
//! ```text
//! id,age,sex,discharge_status,discharge_date,los,pdx,sdx,procedures
//! 7,71,F,1,2026-11-03,4,I5021:Y,E1165:Y|N179:N,02HV33Z
//! ```

use std::io::{self, Read};

use codeset::CodeIndex;
use csv::{ByteRecord, Reader, ReaderBuilder, Trim};

use crate::field::CaseField;
use crate::{Batch, CaseFault, Claim, Place, Source, SourceError};

/// The longest row that is read, in bytes. An unclosed quote would else swallow the rest of the file.
pub const MAX_ROW_LEN: usize = 4 << 20;

/// Rows handed to a thread at a time.
const BATCH_ROWS: usize = 256;

/// An input of CSV.
#[derive(Debug)]
pub struct CsvCases<R> {
    reader: Reader<Metered<R>>,
    header: Vec<Option<CaseField>>,
}

/// Rows, not yet understood.
#[derive(Debug, Default)]
pub struct CsvBatch {
    /// The meaning of each column; nothing for a column passed over.
    header: Vec<Option<CaseField>>,
    rows: Vec<ByteRecord>,
    used: usize,
}

impl<R: Read> CsvCases<R> {
    /// Reads from `input`, the header at once.
    pub fn new(input: R) -> Result<Self, SourceError> {
        let metered = Metered {
            input,
            left: MAX_ROW_LEN,
        };
        let mut reader = ReaderBuilder::new()
            .flexible(true)
            .trim(Trim::Headers)
            .from_reader(metered);
        let header = understand(reader.headers()?.iter())?;
        Ok(Self { reader, header })
    }
}

/// The meaning of each column name, in any letter case.
pub(crate) fn understand<'n>(
    names: impl Iterator<Item = &'n str>,
) -> Result<Vec<Option<CaseField>>, SourceError> {
    let mut fields = Vec::new();
    for name in names {
        let field = CaseField::named(&name.to_ascii_lowercase());
        if field.is_some() && fields.contains(&field) {
            return Err(SourceError::Header(format!("has the column {name} twice")));
        }
        fields.push(field);
    }
    for needed in ["pdx", "discharge_date"] {
        if !fields.contains(&CaseField::named(needed)) {
            return Err(SourceError::Header(format!(
                "has no column {needed}; every case needs it"
            )));
        }
    }
    Ok(fields)
}

impl<R: Read + Send> Source for CsvCases<R> {
    type Batch = CsvBatch;

    fn fill(&mut self, batch: &mut CsvBatch) -> Result<bool, SourceError> {
        batch.header.clone_from(&self.header);
        batch.rows.resize_with(BATCH_ROWS, ByteRecord::new);
        batch.used = 0;
        for row in &mut batch.rows {
            self.reader.get_mut().left = MAX_ROW_LEN;
            if !self.reader.read_byte_record(row)? {
                break;
            }
            batch.used += 1;
        }
        Ok(batch.used > 0)
    }
}

impl Batch for CsvBatch {
    fn for_each(
        &self,
        codes: &CodeIndex,
        claim: &mut Claim,
        mut take: impl FnMut(Place, &Claim, Result<(), CaseFault>),
    ) {
        for row in &self.rows[..self.used] {
            let line = row.position().map_or(0, csv::Position::line);
            let read = read_row(&self.header, row, codes, claim);
            take(Place::Line(line), claim, read);
        }
    }
}

fn read_row(
    header: &[Option<CaseField>],
    row: &ByteRecord,
    codes: &CodeIndex,
    claim: &mut Claim,
) -> Result<(), CaseFault> {
    claim.clear();
    if row.len() != header.len() {
        return Err(CaseFault::FieldCount {
            found: row.len(),
            expected: header.len(),
        });
    }
    for (field, bytes) in header.iter().zip(row) {
        if let Some(field) = field {
            let text = std::str::from_utf8(bytes).map_err(|error| CaseFault::NotUtf8(error.valid_up_to() + 1))?;
            field.set_text(claim, text, codes)?;
        }
    }
    claim.require_essentials()
}

/// A reader that fails once more than `left` bytes are read; the limit is set anew for each row.
#[derive(Debug)]
struct Metered<R> {
    input: R,
    left: usize,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.left = self.left.checked_sub(read).ok_or_else(|| {
            io::Error::other(format!(
                "a row is longer than {MAX_ROW_LEN} bytes; is a quote left open?"
            ))
        })?;
        Ok(read)
    }
}
