//! Results as Parquet: the columns of the flat outputs, compressed with zstd.

use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::builder::{Decimal128Builder, Int32Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use grouper::Outcome;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use crate::result_csv::{COLUMNS, write_edits};
use crate::sink::{Block, Sink};
use crate::{Column, ColumnKind, Value};

/// Rows after which a group of them is written out, so that memory stays bounded.
const GROUP_ROWS: usize = 100_000;

/// Digits of a decimal column, of which [`ColumnKind::Decimal`] says how many stand after the point.
const DECIMAL_DIGITS: u8 = 18;

/// Results as rows of Parquet.
pub struct ParquetSink<W: Write + Send> {
    rows: ArrowWriter<W>,
    schema: SchemaRef,
}

/// Columns being filled.
#[derive(Debug)]
pub struct ParquetBlock {
    id: StringBuilder,
    /// Version, initial DRG and MDC, final DRG and MDC.
    numbers: [Int32Builder; 5],
    /// Return code, type of edits, edits.
    texts: [StringBuilder; 3],
    added: Vec<AddedBuilder>,
    edits: String,
}

/// A column of [`crate::CaseWork::columns`] being filled.
#[derive(Debug)]
enum AddedBuilder {
    Integer(Int64Builder),
    Decimal(Decimal128Builder, i8),
    Text(StringBuilder),
}

impl<W: Write + Send> ParquetSink<W> {
    /// Writes to `out`.
    pub fn new(out: W, columns: &[Column]) -> Result<Self, ParquetError> {
        let schema = schema(columns);
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_max_row_group_row_count(Some(GROUP_ROWS))
            .build();
        let rows = ArrowWriter::try_new(out, Arc::clone(&schema), Some(properties))?;
        Ok(Self { rows, schema })
    }
}

fn schema(columns: &[Column]) -> SchemaRef {
    let base = COLUMNS.iter().enumerate().map(|(position, name)| {
        let kind = if (1..=5).contains(&position) { DataType::Int32 } else { DataType::Utf8 };
        Field::new(*name, kind, false)
    });
    let added = columns.iter().map(|column| {
        let kind = match column.kind {
            ColumnKind::Integer => DataType::Int64,
            ColumnKind::Decimal(scale) => DataType::Decimal128(DECIMAL_DIGITS, scale),
            ColumnKind::Text => DataType::Utf8,
        };
        Field::new(column.flat_name(), kind, true)
    });
    Arc::new(Schema::new(base.chain(added).collect::<Vec<_>>()))
}

impl<W: Write + Send> Sink for ParquetSink<W> {
    type Block = ParquetBlock;

    fn write(&mut self, block: &mut ParquetBlock) -> io::Result<()> {
        let columns = block.finish();
        let rows = RecordBatch::try_new(Arc::clone(&self.schema), columns).map_err(io::Error::other)?;
        self.rows.write(&rows).map_err(to_io)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.rows.finish().map_err(to_io)?;
        self.rows.inner_mut().flush()
    }
}

/// The error of the file beneath, where there is one.
fn to_io(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(inner) => *inner,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}

impl Block for ParquetBlock {
    fn new(columns: &[Column]) -> Self {
        Self {
            id: StringBuilder::new(),
            numbers: Default::default(),
            texts: Default::default(),
            added: columns.iter().map(|column| AddedBuilder::new(column.kind)).collect(),
            edits: String::new(),
        }
    }

    fn add(&mut self, id: &str, outcome: &Outcome, _columns: &[Column], added: &[Value]) {
        let (initial, last) = (&outcome.grouping.initial, &outcome.grouping.last);
        let numbers =
            [outcome.version.0, initial.drg.0, initial.mdc.0.into(), last.drg.0, last.mdc.0.into()];
        write_edits(&outcome.edits, &mut self.edits);
        let texts = [last.return_code.name(), outcome.edits.kind().name(), &self.edits];
        self.id.append_value(id);
        self.numbers.iter_mut().zip(numbers).for_each(|(column, number)| column.append_value(number.into()));
        self.texts.iter_mut().zip(texts).for_each(|(column, text)| column.append_value(text));
        self.added.iter_mut().zip(added).for_each(|(column, value)| column.append(value));
    }
}

impl ParquetBlock {
    /// The filled columns; the block is empty again.
    fn finish(&mut self) -> Vec<ArrayRef> {
        let mut columns: Vec<ArrayRef> = vec![Arc::new(self.id.finish())];
        columns.extend(self.numbers.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef));
        columns.extend(self.texts.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef));
        columns.extend(self.added.iter_mut().map(AddedBuilder::finish));
        columns
    }
}

impl AddedBuilder {
    fn new(kind: ColumnKind) -> Self {
        match kind {
            ColumnKind::Integer => Self::Integer(Int64Builder::new()),
            ColumnKind::Decimal(scale) => {
                let kind = DataType::Decimal128(DECIMAL_DIGITS, scale);
                Self::Decimal(Decimal128Builder::new().with_data_type(kind), scale)
            }
            ColumnKind::Text => Self::Text(StringBuilder::new()),
        }
    }

    /// Appends `value`; a value of another kind than the column's counts as blank.
    fn append(&mut self, value: &Value) {
        match (self, value) {
            (Self::Integer(column), Value::Integer(number)) => column.append_value(*number),
            (Self::Decimal(column, scale), Value::Decimal(number)) => {
                let mut number = *number;
                number.rescale((*scale).unsigned_abs().into());
                column.append_value(number.mantissa());
            }
            (Self::Text(column), Value::Text(text)) => column.append_value(text),
            (Self::Integer(column), _) => column.append_null(),
            (Self::Decimal(column, _), _) => column.append_null(),
            (Self::Text(column), _) => column.append_null(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Integer(column) => Arc::new(column.finish()),
            Self::Decimal(column, _) => Arc::new(column.finish()),
            Self::Text(column) => Arc::new(column.finish()),
        }
    }
}
