//! Cases as Parquet, with the column names of the case JSON. Single values may be text, numbers, days or instants;
//! a list is either text as in CSV or a list of texts or of structures with `code` and `poa`.

use arrow_array::RecordBatch;
use codeset::CodeIndex;
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::errors::ParquetError;
use parquet::file::reader::ChunkReader;

use crate::case_csv::understand;
use crate::cell::Cell;
use crate::field::CaseField;
use crate::{Batch, CaseFault, Claim, Place, Source, SourceError};

/// Rows handed to a thread at a time.
const BATCH_ROWS: usize = 512;

/// An input of Parquet. It must be a file or memory, because Parquet is read from its end.
#[derive(Debug)]
pub struct ParquetCases {
    batches: ParquetRecordBatchReader,
    header: Vec<Option<CaseField>>,
    rows_read: u64,
}

/// Rows, not yet understood.
#[derive(Debug, Default)]
pub struct ParquetBatch {
    header: Vec<Option<CaseField>>,
    rows: Option<RecordBatch>,
    rows_before: u64,
}

impl ParquetCases {
    /// Reads from `input`, the description of its columns at once.
    pub fn new(input: impl ChunkReader + 'static) -> Result<Self, SourceError> {
        // The file's own types suffice; what the writing program called them only adds ways to say text.
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(input, options)?;
        let header = understand(builder.schema().fields().iter().map(|field| field.name().as_str()))?;
        let batches = builder.with_batch_size(BATCH_ROWS).build()?;
        Ok(Self { batches, header, rows_read: 0 })
    }
}

impl Source for ParquetCases {
    type Batch = ParquetBatch;

    fn fill(&mut self, batch: &mut ParquetBatch) -> Result<bool, SourceError> {
        let rows = self.batches.next().transpose().map_err(ParquetError::from)?;
        batch.header.clone_from(&self.header);
        batch.rows_before = self.rows_read;
        self.rows_read += rows.as_ref().map_or(0, RecordBatch::num_rows) as u64;
        batch.rows = rows;
        Ok(batch.rows.is_some())
    }
}

impl Batch for ParquetBatch {
    fn for_each(
        &self,
        codes: &CodeIndex,
        claim: &mut Claim,
        mut take: impl FnMut(Place, &Claim, Result<(), CaseFault>),
    ) {
        let Some(rows) = &self.rows else { return };
        for row in 0..rows.num_rows() {
            let read = self.read_row(rows, row, codes, claim);
            take(Place::Row(self.rows_before + row as u64 + 1), claim, read);
        }
    }
}

impl ParquetBatch {
    fn read_row(
        &self,
        rows: &RecordBatch,
        row: usize,
        codes: &CodeIndex,
        claim: &mut Claim,
    ) -> Result<(), CaseFault> {
        claim.clear();
        for (field, column) in self.header.iter().zip(rows.columns()) {
            if let Some(field) = field {
                let cell = Cell::new(column.as_ref(), row);
                cell.read_into(*field, claim, codes)?;
            }
        }
        claim.require_essentials()
    }
}
